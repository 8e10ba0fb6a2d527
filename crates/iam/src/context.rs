//! The request context: what AWS knows about a request beyond action and resource.

use std::collections::BTreeMap;
use std::fmt;

/// Context keys and their values.
///
/// Key names ignore case. A key that is present with an empty list is not the same as a key that
/// is absent. Source: "AWS global condition context keys".
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Context {
    /// By folded name, so that a look-up with a folded name needs no allocation.
    entries: BTreeMap<String, Entry>,
}

#[derive(Clone, PartialEq, Eq)]
struct Entry {
    key: String,
    values: Vec<String>,
}

impl Context {
    /// A context without keys.
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives a key its values, in place of any it had.
    pub fn set(
        &mut self,
        key: impl Into<String>,
        values: impl IntoIterator<Item = impl Into<String>>,
    ) -> &mut Self {
        let key = key.into();
        let values = values.into_iter().map(Into::into).collect();
        self.entries.insert(fold(&key), Entry { key, values });
        self
    }

    /// The same context with one more single-valued key.
    #[must_use]
    pub fn with(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.set(key, [value.into()]);
        self
    }

    /// Takes a key away.
    pub fn remove(&mut self, key: &str) -> &mut Self {
        self.entries.remove(&fold(key));
        self
    }

    /// The values of a key; `None` when the key is absent.
    pub fn get(&self, key: &str) -> Option<&[String]> {
        self.get_folded(&fold(key))
    }

    /// The keys, as they were given, with their values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.entries
            .values()
            .map(|entry| (entry.key.as_str(), entry.values.as_slice()))
    }

    pub(crate) fn get_folded(&self, folded: &str) -> Option<&[String]> {
        self.entries
            .get(folded)
            .map(|entry| entry.values.as_slice())
    }
}

impl fmt::Debug for Context {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_map().entries(self.iter()).finish()
    }
}

impl<K: Into<String>, V: Into<String>> FromIterator<(K, V)> for Context {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Self {
        pairs
            .into_iter()
            .fold(Self::new(), |context, (key, value)| {
                context.with(key, value)
            })
    }
}

/// The form in which texts are compared when case does not matter: character by character, so
/// that a text folds the same way in pieces as it does whole.
pub(crate) fn fold(text: &str) -> String {
    folded(text).collect()
}

/// The characters of [`fold`].
pub(crate) fn folded(text: &str) -> impl Iterator<Item = char> + Clone {
    text.chars().flat_map(char::to_lowercase)
}

/// A context key named in a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Key {
    pub(crate) written: Box<str>,
    pub(crate) folded: Box<str>,
}

impl Key {
    pub(crate) fn new(written: &str) -> Self {
        Self {
            written: written.into(),
            folded: fold(written).into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_ignore_case_and_empty_is_not_absent() {
        let mut context = Context::new().with("aws:SourceIp", "203.0.113.7");
        context.set("aws:TagKeys", Vec::<String>::new());
        assert_eq!(context.get("AWS:sourceIP").unwrap(), ["203.0.113.7"]);
        assert_eq!(context.get("aws:tagkeys"), Some(&[][..]));
        assert_eq!(context.get("aws:username"), None);
        context.remove("AWS:TAGKEYS");
        assert_eq!(context.get("aws:TagKeys"), None);
    }

    #[test]
    fn a_key_written_twice_has_its_last_values() {
        let context = Context::new().with("a:B", "1").with("A:b", "2");
        assert_eq!(context.iter().collect::<Vec<_>>().len(), 1);
        assert_eq!(context.get("a:b").unwrap(), ["2"]);
    }
}
