//! The parameters in paths.

use commissary_core::domain::{ClusterName, ProviderName, WorkspaceName};
use commissary_core::people::User;
use serde_json::{Value, json};

use super::Field;
use crate::api::providers::given;

static PARAMETERS: [Field; 7] = [
    Field::new("workspace", "The name of the workspace.")
        .pattern(WorkspaceName::PATTERN, WorkspaceName::MOST)
        .example("team-a"),
    Field::new(
        "name",
        "The name of the infrastructure provider; upper and lower case are the same.",
    )
    .pattern(ProviderName::PATTERN, ProviderName::MOST)
    .example("prod"),
    Field::new("cluster", "The name of the management cluster.")
        .pattern(ClusterName::PATTERN, ClusterName::MOST)
        .example("capi-eu"),
    Field::new("check", "The id of the check.").formats(&["uuid"]),
    Field::new("user", "The name of the user.")
        .length(1, User::MOST)
        .example("ada"),
    Field::new("id", "The id.").formats(&["uuid"]),
    Field::new("release", "The id of the release.")
        .words(given::release_ids)
        .example("kommander-2.2"),
];

/// The parameters of a path's template, in their order.
pub(super) fn parameters(template: &str) -> Vec<Value> {
    let names = template.split('{').skip(1);
    let names = names.filter_map(|rest| rest.split('}').next());
    names.map(parameter).collect()
}

fn parameter(name: &str) -> Value {
    let known = PARAMETERS.iter().find(|field| field.name == name);
    let field = known.copied().unwrap_or(Field::new("", ""));
    let mut written = json!({
        "name": name,
        "in": "path",
        "required": true,
        "description": field.about(),
        "schema": field.text(),
    });
    if let (Some(example), Some(written)) = (field.sample(), written.as_object_mut()) {
        written.insert("example".to_owned(), json!(example));
    }
    written
}
