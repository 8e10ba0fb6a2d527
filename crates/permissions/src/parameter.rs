//! Names that people choose for what a release's policy grants by name.

use crate::release::{Release, comma_list};

/// A name that a release's policy hangs on, such as the prefix of a KMS alias.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) feature: String,
    /// Such as `${KmsAliasPrefix}`.
    pub(crate) placeholder: String,
    pub(crate) default: String,
}

/// A name that cannot be chosen.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// The release has no such parameter.
    #[error("unknown parameter `{asked}` of release `{release}`; known: {known}")]
    Unknown {
        /// What was asked for.
        asked: String,
        /// The release's id.
        release: String,
        /// The parameters that it has.
        known: String,
    },
    /// A wildcard or a quote would make the policy say something else.
    #[error(
        "`{value}` cannot be the value of `{parameter}`; use 1 to 200 letters, digits and `-._/`"
    )]
    Unfit {
        /// The parameter's id.
        parameter: String,
        /// The value.
        value: String,
    },
}

/// The longest name.
const LONGEST: usize = 200;

impl Parameter {
    /// The name that programs use, such as `kms-alias-prefix`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The name that people read.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The feature that it belongs to, by id.
    #[must_use]
    pub fn feature(&self) -> &str {
        &self.feature
    }

    /// The value where none is chosen.
    #[must_use]
    pub fn default(&self) -> &str {
        &self.default
    }
}

/// The names in effect, by placeholder.
#[derive(Clone, Debug)]
pub(crate) struct Names(Vec<(String, String)>);

impl Names {
    pub(crate) fn defaults(release: &Release) -> Self {
        let parameters = release.parameters.iter();
        let names = parameters.map(|p| (p.placeholder.clone(), p.default.clone()));
        Self(names.collect())
    }

    pub(crate) fn set(
        &mut self,
        release: &Release,
        id: &str,
        value: &str,
    ) -> Result<(), NameError> {
        let mut parameters = release.parameters.iter();
        let parameter = parameters.find(|p| p.id == id);
        let parameter = parameter.ok_or_else(|| NameError::Unknown {
            asked: id.to_owned(),
            release: release.id.clone(),
            known: comma_list(release.parameters.iter().map(Parameter::id)),
        })?;
        if !fits(value) {
            return Err(NameError::Unfit {
                parameter: id.to_owned(),
                value: value.to_owned(),
            });
        }
        let mut names = self.0.iter_mut();
        if let Some((_, name)) = names.find(|(key, _)| *key == parameter.placeholder) {
            value.clone_into(name);
        }
        Ok(())
    }

    pub(crate) fn fill(&self, text: &mut String) {
        for (placeholder, name) in &self.0 {
            if text.contains(placeholder) {
                *text = text.replace(placeholder, name);
            }
        }
    }

    pub(crate) fn filled(&self, text: &str) -> String {
        let mut text = text.to_owned();
        self.fill(&mut text);
        text
    }
}

fn fits(value: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._/".contains(c);
    !value.is_empty() && value.len() <= LONGEST && value.chars().all(plain)
}
