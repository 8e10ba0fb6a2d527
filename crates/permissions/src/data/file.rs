//! The form of the data files. Each field is told in `data/README.md`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::DataError;
use crate::kind::ResourceKind;
use crate::release::Form;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct ReleaseFile {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) consumer: String,
    pub(super) source: String,
    /// The release that this one builds on.
    pub(super) base: Option<String>,
    /// The consumer's first and last version that it holds for.
    pub(super) versions: Versions,
    /// The policy language; a release that builds on another has that one's.
    pub(super) version: Option<String>,
    /// The form that is meant where none is named.
    #[serde(default)]
    pub(super) form: Form,
    #[serde(default)]
    pub(super) features: Vec<FeatureFile>,
    #[serde(default)]
    pub(super) parameters: Vec<ParameterFile>,
    #[serde(default)]
    pub(super) statements: Vec<StatementFile>,
    #[serde(default)]
    pub(super) changes: BTreeMap<String, ChangeFile>,
    #[serde(default)]
    pub(super) fixes: Vec<FixFile>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Versions {
    pub(super) first: String,
    pub(super) last: String,
}

/// What a release does to a statement of the one that it builds on, in this order.
#[derive(Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct ChangeFile {
    #[serde(default)]
    pub(super) remove: Vec<String>,
    #[serde(default)]
    pub(super) insert: Vec<InsertFile>,
    /// Places where the release lists an action a second time.
    #[serde(default)]
    pub(super) repeat: Vec<InsertFile>,
    pub(super) resources: Option<Vec<String>>,
    #[serde(default)]
    pub(super) features_of: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub(super) targets: BTreeMap<String, TargetsFile>,
}

/// Actions and the one that they follow; at the start where none is named.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct InsertFile {
    pub(super) after: Option<String>,
    pub(super) actions: Vec<String>,
    /// Those that need them, where it is not those of the statement.
    pub(super) features: Option<Vec<String>>,
}

/// A mended defect of the release's policy.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FixFile {
    pub(super) id: String,
    pub(super) why: String,
    pub(super) changes: BTreeMap<String, ChangeFile>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ParameterFile {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) feature: String,
    pub(super) placeholder: String,
    pub(super) default: String,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct FeatureFile {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) default: bool,
    #[serde(default)]
    pub(super) requires: Vec<String>,
    /// The feature that it is shown after.
    pub(super) after: Option<String>,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct StatementFile {
    pub(super) id: String,
    /// The statement that it stands after.
    pub(super) after: Option<String>,
    pub(super) features: Vec<String>,
    pub(super) actions: Vec<String>,
    pub(super) resources: Vec<String>,
    pub(super) condition: Option<ConditionFile>,
    #[serde(default)]
    pub(super) features_of: BTreeMap<String, Vec<String>>,
    pub(super) kinds: Option<Vec<ResourceKind>>,
    #[serde(default)]
    pub(super) context: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub(super) targets: BTreeMap<String, TargetsFile>,
    pub(super) decided_elsewhere: Option<String>,
    #[serde(skip)]
    pub(super) repeat: Vec<InsertFile>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ConditionFile {
    pub(super) operator: String,
    pub(super) key: String,
    pub(super) value: String,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TargetsFile {
    pub(super) every: Vec<TargetFile>,
    #[serde(default)]
    pub(super) alternatives: Vec<TargetFile>,
    pub(super) doubt: Option<String>,
}

#[derive(Clone, Deserialize)]
#[serde(untagged)]
pub(super) enum TargetFile {
    Always(String),
    ForFeatures(ForFeatures),
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ForFeatures {
    pub(super) resource: String,
    pub(super) features: Vec<String>,
}

impl TargetFile {
    pub(super) fn resource(&self) -> &str {
        match self {
            Self::Always(resource) | Self::ForFeatures(ForFeatures { resource, .. }) => resource,
        }
    }

    pub(super) fn features(&self) -> &[String] {
        match self {
            Self::Always(_) => &[],
            Self::ForFeatures(ForFeatures { features, .. }) => features,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ArnFormat {
    pub(super) arn: String,
    pub(super) assumes: Option<String>,
}

pub(super) fn parse<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, DataError> {
    serde_json::from_str(text).map_err(|error| DataError::Unreadable {
        file: file.to_owned(),
        message: error.to_string(),
    })
}
