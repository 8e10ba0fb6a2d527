//! An audit entry in JSON.

use commissary_core::domain::{AuditEntry, AuditOutcome};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

/// An audit entry as it is written.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AuditEvent")]
#[serde(rename_all = "camelCase")]
pub(crate) struct AuditEventJson {
    sequence: u64,
    id: String,
    at: Timestamp,
    actor: String,
    from: String,
    request_id: Option<String>,
    action: String,
    target: String,
    workspace_id: Option<String>,
    outcome: AuditOutcome,
    hash: String,
}

impl AuditEventJson {
    pub(crate) fn of(entry: &AuditEntry) -> Self {
        let event = &entry.event;
        Self {
            sequence: entry.sequence,
            id: event.id.to_string(),
            at: event.at,
            actor: event.actor.clone(),
            from: event.from.clone(),
            request_id: event.request_id.clone(),
            action: event.action.clone(),
            target: event.target.clone(),
            workspace_id: event.workspace_id.map(|id| id.0.to_string()),
            outcome: event.outcome,
            hash: entry.hash.to_string(),
        }
    }
}
