//! Links that make somebody a user, once.

use commissary_core::Error;

use crate::problem::{Code, Problem};

/// A link that does not work is no reason to ask for sign-in: whoever has it has no
/// account yet. `why` says what else may have become of it.
pub(super) fn or_else(error: Error, why: &str) -> Problem {
    match error {
        Error::NotSignedIn => Problem::new(Code::Forbidden, why),
        other => other.into(),
    }
}
