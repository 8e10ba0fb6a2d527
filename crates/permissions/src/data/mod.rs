//! The data files: what is written in them, and what they become.

mod build;
mod chain;
mod checks;
mod file;
mod tables;
#[cfg(test)]
mod tests;

use crate::release::Release;
pub(crate) use tables::{dns_suffix, node_roles, ownership, partition_of};

/// One file per release, in the order to show them: each after the one that it builds on. A further
/// release is a further line.
const RELEASES: &[&str] = &[
    include_str!("../../data/releases/kommander-2.2.json"),
    include_str!("../../data/releases/capa-0.7.json"),
    include_str!("../../data/releases/capa-1.1.json"),
    include_str!("../../data/releases/capa-1.4.json"),
    include_str!("../../data/releases/capa-1.5.json"),
    include_str!("../../data/releases/capa-2.0.json"),
    include_str!("../../data/releases/capa-2.1.json"),
    include_str!("../../data/releases/capa-2.1.1.json"),
    include_str!("../../data/releases/capa-2.2.2.json"),
    include_str!("../../data/releases/capa-2.3.json"),
    include_str!("../../data/releases/capa-2.4.2.json"),
    include_str!("../../data/releases/capa-2.5.json"),
    include_str!("../../data/releases/capa-2.7.json"),
    include_str!("../../data/releases/capa-2.8.4.json"),
    include_str!("../../data/releases/capa-2.9.json"),
    include_str!("../../data/releases/capa-2.10.json"),
    include_str!("../../data/releases/capa-2.11.json"),
];

/// Every release, checked against the tables.
pub(crate) fn builtin() -> Result<Vec<Release>, DataError> {
    let tables = tables::Tables::builtin()?;
    load(RELEASES, &tables)
}

/// The releases of some files, each checked and put together with those before it.
fn load(texts: &[&str], tables: &tables::Tables) -> Result<Vec<Release>, DataError> {
    let mut known: Vec<chain::Whole> = Vec::new();
    for text in texts {
        let file = file::parse("a release", text)?;
        known.push(chain::whole(file, &known)?);
    }
    let known = known.into_iter();
    known.map(|whole| build::release(whole, tables)).collect()
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
    #[error("{place} names the action `{name}` as a place, and it stands there more than once")]
    Ambiguous { place: String, name: String },
    #[error("{place} must have both alternatives and a doubt, or neither")]
    Undoubted { place: String },
}
