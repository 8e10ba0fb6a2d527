//! What kept the account from being changed, at the field at fault.

use crate::Error;
use crate::domain::blueprint_fault;
use crate::operations::add_provider::credential_error;
use crate::operations::check_provider::of_lender;
use crate::ports::BootstrapError;

pub(super) fn of_bootstrap(error: BootstrapError) -> Error {
    let said = error.to_string();
    match error {
        BootstrapError::Cloud(error) => match credential_error(error) {
            Error::InvalidCredentials(fault) => Error::InvalidCredentials(of_lender(fault)),
            other => other,
        },
        BootstrapError::Blueprint(error) => Error::Invalid(vec![blueprint_fault(&error)]),
        BootstrapError::OtherCase { .. } => Error::invalid("userName", said),
        BootstrapError::NoSuchKey { .. } => Error::invalid("replaceKey", said),
        BootstrapError::KeyLimit { .. } => Error::invalid("newKey", said),
        BootstrapError::KeyUncertain(_) | BootstrapError::KeyLeft { .. } => Error::Unfinished(said),
        BootstrapError::NotNoted(_)
        | BootstrapError::NotKept(_)
        | BootstrapError::Unwanted(_)
        | BootstrapError::Other { .. }
        | BootstrapError::NotBounded { .. }
        | BootstrapError::OtherRole { .. }
        | BootstrapError::Taken { .. } => Error::Conflict(said),
    }
}
