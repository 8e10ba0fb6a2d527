//! An audit entry in JSON.

use commissary_core::domain::{AuditEvent, AuditOutcome};
use jiff::Timestamp;
use serde::Serialize;

/// An audit entry as it is written.
#[derive(Serialize)]
pub(crate) struct AuditEventJson {
    id: String,
    at: Timestamp,
    actor: String,
    from: String,
    action: String,
    target: String,
    outcome: AuditOutcome,
}

impl AuditEventJson {
    pub(crate) fn of(event: &AuditEvent) -> Self {
        Self {
            id: event.id.to_string(),
            at: event.at,
            actor: event.actor.clone(),
            from: event.from.clone(),
            action: event.action.clone(),
            target: event.target.clone(),
            outcome: event.outcome,
        }
    }
}
