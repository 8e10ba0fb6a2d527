//! The problem that each error of core is: core names its kind, the table of codes
//! has the status.

use commissary_core::domain::CheckFailure;
use commissary_core::{Error, FieldError};

use super::{Code, Problem};

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        if let Error::Store(store) = &error {
            return Self::internal(store);
        }
        let retry_after = match &error {
            Error::TooManyAttempts { seconds } => Some(*seconds),
            _ => None,
        };
        Self {
            retry_after,
            ..of_kind(error.code(), error.to_string(), error.fields())
        }
    }
}

/// A check that failed is told as it is noted.
impl From<CheckFailure> for Problem {
    fn from(failure: CheckFailure) -> Self {
        of_kind(&failure.code, failure.detail, failure.errors)
    }
}

fn of_kind(kind: &str, detail: String, errors: Vec<FieldError>) -> Problem {
    match Code::named(kind) {
        Some(code) => Problem {
            errors,
            ..Problem::new(code, detail)
        },
        None => Problem::internal(&format!("`{kind}` is not a code of problems")),
    }
}
