//! The problem that each error of core is: core names its kind, the table of codes
//! has the status.

use commissary_core::Error;

use super::{Code, Problem};

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let code = match &error {
            Error::Store(store) => return Self::internal(store),
            error => Code::named(error.code()),
        };
        let Some(code) = code else {
            return Self::internal(&format!("`{}` is not a code of problems", error.code()));
        };
        let retry_after = match &error {
            Error::TooManyAttempts { seconds } => Some(*seconds),
            _ => None,
        };
        Self {
            errors: error.fields(),
            retry_after,
            ..Self::new(code, error.to_string())
        }
    }
}
