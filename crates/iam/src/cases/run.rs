//! Running a case.

use std::fmt;

use super::{Case, CaseFile, Test};
use crate::explain::Relevance;
use crate::{Decision, Mismatch, Outcome, ParseError, decide, explain};

/// What became of a case.
#[derive(Debug, Clone)]
pub struct CaseResult {
    /// The name of the case.
    pub name: String,
    /// Why it failed; `None` when it passed.
    pub failure: Option<Failure>,
}

/// Why a case failed. Displays as one sentence for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The case or one of its policies cannot be read.
    Unreadable(ParseError),
    /// The decision is another one.
    Differs {
        /// The outcome the case expects.
        expected: Outcome,
        /// The decision that was made.
        actual: Decision,
        /// Statements on the same action that nearly applied, and why they did not.
        near: Vec<String>,
    },
}

impl CaseResult {
    /// Whether the case passed.
    pub fn passed(&self) -> bool {
        self.failure.is_none()
    }
}

impl CaseFile {
    /// Runs all cases in their order.
    pub fn run(&self) -> Vec<CaseResult> {
        self.cases.iter().map(Case::run).collect()
    }
}

impl Case {
    /// Decides the request and compares.
    pub fn run(&self) -> CaseResult {
        CaseResult {
            name: self.name.clone(),
            failure: self.failure(),
        }
    }

    fn failure(&self) -> Option<Failure> {
        match &self.test {
            Ok(test) => test.failure(),
            Err(error) => Some(Failure::Unreadable(error.clone())),
        }
    }
}

impl Test {
    fn failure(&self) -> Option<Failure> {
        let actual = decide(&self.policies, &self.request);
        if actual.outcome == self.expected {
            return None;
        }
        let explained = explain(&self.policies, &self.request).into_iter();
        let near = explained.filter_map(|one| match &one.relevance {
            Relevance::Applies | Relevance::No(Mismatch::Action) => None,
            other => Some(format!("{} {} {other}", one.effect, one.statement)),
        });
        Some(Failure::Differs {
            expected: self.expected,
            actual,
            near: near.collect(),
        })
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (expected, actual, near) = match self {
            Self::Unreadable(error) => {
                return write!(formatter, "the case cannot be read: {error}");
            }
            Self::Differs {
                expected,
                actual,
                near,
            } => (expected, actual, near),
        };
        write!(formatter, "expected {expected}, got {}", actual.outcome)?;
        if let Some(layer) = actual.layer {
            write!(formatter, " by the {layer}")?;
        }
        for statement in &actual.statements {
            write!(formatter, "; {statement} applies")?;
        }
        for statement in near {
            write!(formatter, "; {statement}")?;
        }
        Ok(())
    }
}
