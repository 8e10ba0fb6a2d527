//! The form of the data files. Each field is told in `data/README.md`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::DataError;
use crate::kind::ResourceKind;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct ReleaseFile {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) consumer: String,
    pub(super) source: String,
    pub(super) version: String,
    pub(super) features: Vec<FeatureFile>,
    pub(super) statements: Vec<StatementFile>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct FeatureFile {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) default: bool,
    #[serde(default)]
    pub(super) requires: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct StatementFile {
    pub(super) id: String,
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
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ConditionFile {
    pub(super) operator: String,
    pub(super) key: String,
    pub(super) value: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TargetsFile {
    pub(super) every: Vec<TargetFile>,
    #[serde(default)]
    pub(super) alternatives: Vec<TargetFile>,
    pub(super) doubt: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum TargetFile {
    Always(String),
    ForFeatures(ForFeatures),
}

#[derive(Deserialize)]
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
