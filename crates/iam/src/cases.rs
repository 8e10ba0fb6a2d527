//! Decision tests as data: policies, a request, and the answer that is expected.
//!
//! A file is `{"documents": {NAME: POLICY}, "cases": [CASE]}`. A case is `{"name", "policies":
//! [POLICY or NAME], "groupPolicies"?, "boundary"?, "session"?, "scp"?: [[POLICY or NAME]] (one
//! list per level, root first), "resourcePolicy"?, "principal"?, "request": {"action",
//! "resource", "context"?}, "expected": "allowed" | "implicitDeny" | "explicitDeny"}`. Where a list
//! is expected, a single policy or level may stand for itself; the principal is an ARN, or what a
//! `Principal` element would say of it, such as `{"Service": "ec2.amazonaws.com"}`. Other keys are
//! carried along.

mod parse;
mod run;

use crate::{Outcome, ParseError, PolicySet, Request};

pub use run::{CaseResult, Failure};

/// A file of cases.
#[derive(Debug, Clone)]
pub struct CaseFile {
    /// The cases in their order.
    pub cases: Vec<Case>,
}

/// One expected decision.
#[derive(Debug, Clone)]
pub struct Case {
    /// The name of the case, or its number when it has none.
    pub name: String,
    /// What is tested, or why it cannot be read: such a case fails and the others still run.
    pub test: Result<Test, ParseError>,
    /// All keys of the case that have no meaning here, such as a reason or a source.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

/// A decision and what it should be.
#[derive(Debug, Clone)]
pub struct Test {
    /// The policies.
    pub policies: PolicySet,
    /// What is asked.
    pub request: Request,
    /// The answer that is expected.
    pub expected: Outcome,
}

impl CaseFile {
    /// Reads a file of cases.
    ///
    /// A case with a resource policy needs a principal. When it names none, in `principal` or in
    /// the context key `aws:PrincipalArn`, it is asked for
    /// `arn:aws:iam::123456789012:user/Kommander`.
    ///
    /// # Errors
    /// When the text is longer than 64 MiB, is not JSON, has a duplicate key, or has no list of
    /// `cases`. A case or policy that is not in the form of the [module](self) fails the cases
    /// that it concerns.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        parse::file(text)
    }
}
