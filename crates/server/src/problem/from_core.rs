//! The problem that each error of core is.

use commissary_core::Error;
use commissary_core::ports::CloudError;

use super::{Code, Problem};

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let detail = error.to_string();
        match error {
            Error::NotSignedIn => Self::new(Code::NotSignedIn, detail),
            Error::Forbidden { .. } => Self::new(Code::Forbidden, detail),
            Error::TooManyAttempts { seconds } => Self {
                retry_after: Some(seconds),
                ..Self::new(Code::TooManyAttempts, detail)
            },
            Error::NotFound { .. } => Self::new(Code::NotFound, detail),
            Error::NameTaken { .. } => Self {
                errors: vec![commissary_core::FieldError::new("name", detail.clone())],
                ..Self::new(Code::NameTaken, detail)
            },
            Error::Changed { .. } => Self::new(Code::PreconditionFailed, detail),
            Error::CheckRunning { .. } => Self::new(Code::CheckRunning, detail),
            Error::Conflict(_) => Self::new(Code::Conflict, detail),
            Error::Invalid(faults) => Self::invalid(faults),
            Error::InvalidCredentials(fault) => Self {
                errors: vec![fault],
                ..Self::new(Code::InvalidCredentials, detail)
            },
            Error::CloudUnavailable(cloud) => Self::new(cloud_code(&cloud), detail),
            Error::Store(store) => Self::internal(&store),
        }
    }
}

fn cloud_code(error: &CloudError) -> Code {
    match error {
        CloudError::Unreachable { .. }
        | CloudError::TimedOut { .. }
        | CloudError::Throttled { .. } => Code::AwsUnavailable,
        CloudError::Nonsense { .. } => Code::AwsNonsense,
        CloudError::UnknownAccessKey { .. }
        | CloudError::WrongSecret
        | CloudError::BadSessionToken
        | CloudError::Administrator { .. }
        | CloudError::Denied { .. }
        | CloudError::Refused { .. } => Code::AwsRefused,
    }
}
