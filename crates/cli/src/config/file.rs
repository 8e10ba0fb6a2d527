//! The file itself: one table of TOML, whose keys are the flags' names.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

use crate::failure::Failure;

/// How alike two names must be for one to be meant by the other.
const ALIKE: f64 = 0.7;

/// What a file sets.
pub(crate) struct Settings {
    path: PathBuf,
    values: BTreeMap<String, Vec<String>>,
}

impl Settings {
    /// Reads a file.
    ///
    /// # Errors
    /// It cannot be read, is no TOML, or has a value that no setting can have.
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        let shown = path.display();
        let text = std::fs::read_to_string(path).map_err(|error| {
            Failure::usage(format!(
                "the configuration `{shown}` cannot be read: {error}"
            ))
        })?;
        // The error would repeat the line, which may hold anything.
        let table: Table = text.parse().map_err(|error: toml::de::Error| {
            let line = error.span().and_then(|span| text.get(..span.start));
            let line = line.map_or(1, |before| before.lines().count().max(1));
            let message = error.message();
            Failure::usage(format!(
                "the configuration `{shown}` is no TOML: line {line}: {message}"
            ))
        })?;
        let mut values = BTreeMap::new();
        for (key, value) in table {
            let read = texts(&value).ok_or_else(|| {
                Failure::usage(format!(
                    "`{key}` in the configuration `{shown}` has a value that no setting has; give a text, a number, true or false, or a list of texts"
                ))
            })?;
            values.insert(key.replace('_', "-"), read);
        }
        Ok(Self {
            path: path.to_owned(),
            values,
        })
    }

    /// Refuses a key that is not known, with the one that was probably meant.
    pub(super) fn must_be_known(&self, known: &[String]) -> Result<(), Failure> {
        let unknown = self.values.keys().find(|key| !known.contains(key));
        let Some(unknown) = unknown else {
            return Ok(());
        };
        let shown = self.path.display();
        let failure = Failure::usage(format!(
            "the configuration `{shown}` has the key `{unknown}`, which is not known"
        ));
        let alike = |name: &&String| strsim::jaro_winkler(name, unknown);
        let nearest = known
            .iter()
            .max_by(|one, other| alike(one).total_cmp(&alike(other)));
        Err(match nearest.filter(|name| alike(name) >= ALIKE) {
            Some(name) => failure.with_hint(format!("did you mean `{name}`?")),
            None => failure.with_hint(format!("known: {}", known.join(", "))),
        })
    }

    /// What a setting has, if it is in the file.
    pub(super) fn get(&self, name: &str) -> Option<&[String]> {
        self.values.get(name).map(Vec::as_slice)
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

/// A value as it would have been typed.
fn texts(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::String(text) => Some(vec![text.clone()]),
        Value::Integer(number) => Some(vec![number.to_string()]),
        Value::Boolean(yes) => Some(vec![yes.to_string()]),
        Value::Array(items) => {
            let items: Option<Vec<Vec<String>>> = items.iter().map(texts).collect();
            Some(items?.concat())
        }
        Value::Float(_) | Value::Datetime(_) | Value::Table(_) => None,
    }
}
