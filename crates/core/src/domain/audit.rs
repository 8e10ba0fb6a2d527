//! Who did what.

mod chain;
mod filter;
mod verification;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use chain::{AuditHead, ChainFault, EntryHash, NotAHead};
pub use filter::{AuditFilter, AuditFilterInput, AuditOrder, TextFilter};
pub use verification::AuditVerification;

use super::WorkspaceId;

/// How an attempt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum AuditOutcome {
    /// It was done.
    Done,
    /// It was refused.
    Refused,
}

impl AuditOutcome {
    /// Every outcome.
    pub const ALL: [Self; 2] = [Self::Done, Self::Refused];

    /// The outcome in a word, as it is stored and written.
    pub fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Refused => "refused",
        }
    }
}

/// What happened, as it goes into the audit log. It never carries a secret.
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
    /// The request that caused it, as its answer and the log name it; none where
    /// no request did.
    pub request_id: Option<String>,
    /// What was done, for example `provider.add`.
    pub action: String,
    /// What it was done to, for example `team-a/prod`.
    pub target: String,
    /// The workspace concerned, if any.
    pub workspace_id: Option<WorkspaceId>,
    /// How it ended.
    pub outcome: AuditOutcome,
}

/// An event with its place in the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// Its number: 1, 2, 3, … without a gap.
    pub sequence: u64,
    /// The hash over the event, its number and the hash of the entry before.
    pub hash: EntryHash,
    /// What happened.
    pub event: AuditEvent,
}
