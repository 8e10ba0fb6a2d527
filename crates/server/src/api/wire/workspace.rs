//! A workspace in JSON.

use commissary_core::domain::Workspace;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

/// A workspace as it is written.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Workspace")]
#[serde(rename_all = "camelCase")]
pub(crate) struct WorkspaceJson {
    name: String,
    created_at: Timestamp,
}

impl WorkspaceJson {
    pub(crate) fn of(workspace: &Workspace) -> Self {
        Self {
            name: workspace.name.to_string(),
            created_at: workspace.created_at,
        }
    }
}
