//! What happens often, for who counts it.

use crate::domain::{CheckState, CheckSummary};

/// How a call to the cloud ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallOutcome {
    /// The cloud did as asked.
    Done,
    /// The cloud said no.
    Refused,
    /// The cloud asks to slow down.
    Throttled,
    /// No answer came, or none that can be read.
    Unanswered,
}

impl CallOutcome {
    /// Its name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Throttled => "throttled",
            Self::Unanswered => "unanswered",
        }
    }
}

/// Why somebody was not signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInRefusal {
    /// What was presented proves nobody, or somebody who may not sign in.
    Unproven,
    /// It was tried too often.
    TooManyAttempts,
}

impl SignInRefusal {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Unproven, Self::TooManyAttempts];

    /// Its name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unproven => "unproven",
            Self::TooManyAttempts => "too-many-attempts",
        }
    }
}

/// Something that happened once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happening {
    /// A call to a service of the cloud was sent; each attempt of a call counts.
    CloudCall {
        /// The service as the cloud calls it, for example `EC2`.
        service: &'static str,
        /// How it ended.
        outcome: CallOutcome,
    },
    /// A check ended.
    CheckEnded {
        /// How.
        state: CheckState,
        /// The counts of its report, if it came to one.
        summary: Option<CheckSummary>,
    },
    /// Somebody was not signed in.
    SignInRefused(SignInRefusal),
}

/// Counts what happens in this process.
pub trait Meter: std::fmt::Debug + Send + Sync {
    /// Something happened.
    fn count(&self, happening: Happening);
}

impl Meter for super::Silent {
    fn count(&self, _happening: Happening) {}
}
