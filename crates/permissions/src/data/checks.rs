//! What must hold of names in the data files.

use std::collections::BTreeSet;

use crate::data::DataError;

pub(super) fn all_known(
    place: &str,
    features: &[String],
    known: &BTreeSet<&str>,
) -> Result<(), DataError> {
    let mut features = features.iter();
    match features.find(|id| !known.contains(id.as_str())) {
        Some(id) => Err(missing(place, "feature", id)),
        None => Ok(()),
    }
}

pub(super) fn unique<'a>(
    place: &str,
    what: &'static str,
    mut names: impl Iterator<Item = &'a String>,
) -> Result<(), DataError> {
    let mut seen = BTreeSet::new();
    match names.find(|name| !seen.insert(name.as_str())) {
        Some(name) => Err(DataError::Twice {
            place: place.to_owned(),
            what,
            name: name.clone(),
        }),
        None => Ok(()),
    }
}

pub(super) fn missing(place: &str, what: &'static str, name: &str) -> DataError {
    DataError::Missing {
        place: place.to_owned(),
        what,
        name: name.to_owned(),
    }
}
