//! Decision tests as data: policies, a request, and the answer that is expected.
//!
//! A file is `{"documents": {NAME: POLICY}, "cases": [CASE]}`. A case is `{"name", "policies":
//! [POLICY or NAME], "groupPolicies"?, "boundary"?, "session"?, "scp"?: [[POLICY or NAME]] (one
//! list per level, root first), "resourcePolicy"?, "principal"?, "request": {"action",
//! "resource", "context"?}, "expected": "allowed" | "implicitDeny" | "explicitDeny"}`. Other keys
//! are carried along.

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
    /// The name of the case.
    pub name: String,
    /// The policies, or why they cannot be read: such a case fails and the others still run.
    pub policies: Result<PolicySet, ParseError>,
    /// What is asked.
    pub request: Request,
    /// The answer that is expected.
    pub expected: Outcome,
    /// All keys of the case that have no meaning here, such as a reason or a source.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

impl CaseFile {
    /// Reads a file of cases.
    ///
    /// A case with a resource policy needs a principal. When it names none, in `principal` or in
    /// the context key `aws:PrincipalArn`, it is asked for
    /// `arn:aws:iam::123456789012:user/Kommander`.
    ///
    /// # Errors
    /// When the text is longer than 64 MiB, is not JSON, has a duplicate key, or is not in the
    /// form of the [module](self). A policy that cannot be read fails only the cases that use it.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        parse::file(text)
    }
}
