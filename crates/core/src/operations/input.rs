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
/// How many of what depends on something a refusal lists.
const LISTED: usize = 100;

/// The first of a list, and how many more there are.
fn some_of(all: &[String], most: usize) -> Vec<String> {
    let more = all.len().saturating_sub(most);
    let more = (more > 0).then(|| format!("and {more} more"));
    all.iter().take(most).cloned().chain(more).collect()
}

/// Refuses because of what depends on what is to go; `told` makes a sentence of some of it.
pub(super) fn in_use(by: &[String], told: impl FnOnce(&str) -> String) -> Error {
    Error::InUse {
        message: told(&some_of(by, NAMED).join(", ")),
        by: some_of(by, LISTED),
    }
}

/// Refuses unless `typed` is the name of what goes; `how` asks for it.
pub(super) fn must_be_typed(typed: &str, name: &str, how: &str) -> Result<(), Error> {
    match typed.trim() == name {
        true => Ok(()),
        false => Err(Error::invalid("confirm", format!("{how}: `{name}`"))),
    }
}
