//! What the packages lack, as a table with a reason for each line.

use std::sync::Arc;

use serde::Deserialize;

use super::model::{ActionResource, ConditionKey};
use super::parse::key_type;
use super::{Reference, ReferenceError};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Overrides {
    actions: Vec<ActionOverride>,
    keys: Vec<KeyOverride>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ActionOverride {
    action: String,
    /// Types that AWS does not document for the action and that are seen to work.
    #[serde(default)]
    undocumented_resource_types: Vec<String>,
    #[serde(default)]
    keys: Vec<String>,
    #[serde(default)]
    dependents: Vec<String>,
    #[serde(rename = "source")]
    _source: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct KeyOverride {
    /// The service that has the key, or none for a global one.
    service: Option<String>,
    key: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(rename = "source")]
    _source: String,
}

pub(super) fn apply(reference: &mut Reference, text: &str) -> Result<(), ReferenceError> {
    let overrides: Overrides =
        serde_json::from_str(text).map_err(|error| ReferenceError::Overrides(error.to_string()))?;
    for key in overrides.keys {
        add_key(reference, key).map_err(ReferenceError::Overrides)?;
    }
    for action in overrides.actions {
        let name = action.action.clone();
        add_to_action(reference, action).ok_or_else(|| {
            ReferenceError::Overrides(format!("there is no `{name}`, or not what is said of it"))
        })?;
    }
    Ok(())
}

fn add_key(reference: &mut Reference, given: KeyOverride) -> Result<(), String> {
    let (kind, multivalued) = key_type(&given.kind)?;
    let key = ConditionKey {
        name: given.key.into(),
        kind,
        multivalued,
    };
    match given.service {
        None => reference.global_keys.push(key),
        Some(prefix) => match reference.services.get_mut(&prefix) {
            Some(service) => service.keys.push(key),
            None => return Err(format!("there is no service `{prefix}`")),
        },
    }
    Ok(())
}

/// `None` when the action, or a type or key that is added to it, does not exist.
fn add_to_action(reference: &mut Reference, given: ActionOverride) -> Option<()> {
    let (prefix, name) = given.action.split_once(':')?;
    let service = reference.services.get_mut(prefix)?;
    let mut resources = Vec::new();
    for name in &given.undocumented_resource_types {
        let kind = service
            .types
            .iter()
            .find(|kind| &*kind.name == name.as_str())?;
        resources.push(ActionResource {
            resource_type: Arc::clone(&kind.name),
            required: false,
            documented: false,
            keys: Vec::new(),
        });
    }
    let mut keys = Vec::new();
    for name in &given.keys {
        let key = service
            .keys
            .iter()
            .find(|key| &*key.name == name.as_str())?;
        keys.push(Arc::clone(&key.name));
    }
    let action = service.actions.get_mut(&name.to_ascii_lowercase())?;
    let shape = Arc::make_mut(&mut action.shape);
    shape.resources.extend(resources);
    shape.keys.extend(keys);
    let dependents = given.dependents.iter().map(|name| Arc::from(name.as_str()));
    shape.dependents.extend(dependents);
    Some(())
}
