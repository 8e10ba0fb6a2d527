//! The data files: what is written in them, and what they become.

mod build;
mod file;
mod tables;
#[cfg(test)]
mod tests;

use crate::release::Release;
pub(crate) use tables::dns_suffix;

/// One file per release, in the order to show them. A further release is a further line.
const RELEASES: &[&str] = &[include_str!("../../data/releases/kommander-2.2.json")];

/// Every release, checked against the tables.
pub(crate) fn builtin() -> Result<Vec<Release>, DataError> {
    let tables = tables::Tables::builtin()?;
    let releases = RELEASES.iter();
    releases.map(|text| build::release(text, &tables)).collect()
}

/// Data that contradicts itself.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum DataError {
    #[error("{file} cannot be read: {message}")]
    Unreadable { file: String, message: String },
    #[error("{place} names the {what} `{name}`, which is not there")]
    Missing {
        place: String,
        what: &'static str,
        name: String,
    },
    #[error("{place} has {what} `{name}` twice")]
    Twice {
        place: String,
        what: &'static str,
        name: String,
    },
    #[error("{place} has no {what}")]
    Empty { place: String, what: &'static str },
    #[error("{place} must have both alternatives and a doubt, or neither")]
    Undoubted { place: String },
}
