//! Who did what.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::WorkspaceId;

/// How an attempt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AuditOutcome {
    /// It was done.
    Done,
    /// It was refused.
    Refused,
}

/// One entry of the audit log. It never carries a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEvent {
    /// The entry's identity; ids of later entries sort later.
    pub id: Uuid,
    /// When it happened.
    pub at: Timestamp,
    /// Who did it, for example `admin` or `token admin.token`.
    pub actor: String,
    /// Where the request came from: an address, or `local`.
    pub from: String,
    /// What was done, for example `provider.add`.
    pub action: String,
    /// What it was done to, for example `team-a/prod`.
    pub target: String,
    /// The workspace concerned, if any.
    pub workspace_id: Option<WorkspaceId>,
    /// How it ended.
    pub outcome: AuditOutcome,
}
