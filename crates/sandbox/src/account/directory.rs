//! Things by name, where names differ by more than case.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Something with a name.
pub(crate) trait Named {
    fn name(&self) -> &str;
}

/// Entries in the order of their names. Two names that differ only in case are the same name (IAM
/// User Guide, "IAM identifiers": names are not distinguished by case).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Directory<T>(BTreeMap<String, T>);

impl<T> Default for Directory<T> {
    fn default() -> Self {
        Directory(BTreeMap::new())
    }
}

/// The key under which a name is kept.
pub(crate) fn key_of(name: &str) -> String {
    name.to_ascii_lowercase()
}

impl<T: Named> Directory<T> {
    pub(crate) fn get(&self, name: &str) -> Option<&T> {
        self.0.get(&key_of(name))
    }

    pub(crate) fn get_mut(&mut self, name: &str) -> Option<&mut T> {
        self.0.get_mut(&key_of(name))
    }

    /// Adds an entry, or replaces the one of that name.
    pub(crate) fn insert(&mut self, entry: T) {
        self.0.insert(key_of(entry.name()), entry);
    }

    pub(crate) fn remove(&mut self, name: &str) -> Option<T> {
        self.0.remove(&key_of(name))
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.values()
    }

    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.0.values_mut()
    }
}
