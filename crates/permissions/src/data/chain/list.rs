//! Lists of things with ids, of which a later release adds some and replaces others.

use crate::data::DataError;
use crate::data::checks::{missing, unique};
use crate::data::file::{FeatureFile, FixFile, ParameterFile, StatementFile};

pub(super) trait Listed {
    /// As errors name it, with its article.
    const WHAT: &'static str;

    fn id(&self) -> &String;

    /// The id of what it follows; the end of the list where there is none.
    fn after(&self) -> Option<&String> {
        None
    }
}

/// What has the id of something in the list takes its place; all else is new.
pub(super) fn put<T: Listed>(
    place: &str,
    list: &mut Vec<T>,
    news: Vec<T>,
) -> Result<(), DataError> {
    unique(place, T::WHAT, news.iter().map(Listed::id))?;
    for new in news {
        match list.iter_mut().find(|old| old.id() == new.id()) {
            Some(old) => *old = new,
            None => list.insert(position(place, list, &new)?, new),
        }
    }
    Ok(())
}

fn position<T: Listed>(place: &str, list: &[T], new: &T) -> Result<usize, DataError> {
    let Some(after) = new.after() else {
        return Ok(list.len());
    };
    match list.iter().position(|old| old.id() == after) {
        Some(before) => Ok(before + 1),
        None => Err(missing(place, T::WHAT.trim_start_matches("the "), after)),
    }
}

impl Listed for FeatureFile {
    const WHAT: &'static str = "the feature";

    fn id(&self) -> &String {
        &self.id
    }

    fn after(&self) -> Option<&String> {
        self.after.as_ref()
    }
}

impl Listed for StatementFile {
    const WHAT: &'static str = "the statement";

    fn id(&self) -> &String {
        &self.id
    }

    fn after(&self) -> Option<&String> {
        self.after.as_ref()
    }
}

impl Listed for ParameterFile {
    const WHAT: &'static str = "the parameter";

    fn id(&self) -> &String {
        &self.id
    }
}

impl Listed for FixFile {
    const WHAT: &'static str = "the fix";

    fn id(&self) -> &String {
        &self.id
    }
}
