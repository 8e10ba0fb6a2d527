//! What operations do with the parts of their input.

use crate::Error;
use crate::error::FieldError;

/// A part that was read; a fault of it is put to the others, so that all are told at once.
pub(super) fn kept<T>(result: Result<T, FieldError>, faults: &mut Vec<FieldError>) -> Option<T> {
    result.map_err(|fault| faults.push(fault)).ok()
}

/// How something is removed.
#[derive(Debug, Clone, Default)]
pub struct Removal {
    /// What was typed as its name.
    pub typed: String,
    /// Whether it goes although something still depends on it.
    pub force: bool,
}

impl Removal {
    /// One that lets itself be held up.
    pub fn typed(name: impl Into<String>) -> Self {
        Self {
            typed: name.into(),
            force: false,
        }
    }
}

/// How many of a list a sentence names.
const NAMED: usize = 10;

/// The first of a list, and how many more there are.
pub(super) fn some_of(mut all: Vec<String>) -> String {
    let more = all.len().saturating_sub(NAMED);
    all.truncate(NAMED);
    if more > 0 {
        all.push(format!("and {more} more"));
    }
    all.join(", ")
}

/// Refuses unless `typed` is the name of what goes; `how` asks for it.
pub(super) fn must_be_typed(typed: &str, name: &str, how: &str) -> Result<(), Error> {
    match typed.trim() == name {
        true => Ok(()),
        false => Err(Error::invalid("confirm", format!("{how}: `{name}`"))),
    }
}
