//! What operations do with the parts of their input.

use crate::Error;
use crate::error::FieldError;

/// A part that was read; a fault of it is put to the others, so that all are told at once.
pub(super) fn kept<T>(result: Result<T, FieldError>, faults: &mut Vec<FieldError>) -> Option<T> {
    result.map_err(|fault| faults.push(fault)).ok()
}

/// Refuses unless `typed` is the name of what goes; `how` asks for it.
pub(super) fn must_be_typed(typed: &str, name: &str, how: &str) -> Result<(), Error> {
    match typed.trim() == name {
        true => Ok(()),
        false => Err(Error::invalid("confirm", format!("{how}: `{name}`"))),
    }
}
