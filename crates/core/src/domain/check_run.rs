//! A check as a job: started, followed, ended, kept in the history.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{CheckOptions, CheckSummary, Provider, ProviderId, ReportChanges, WorkspaceId};
use crate::error::{Error, FieldError};

/// The identity of a check; ids of later checks sort later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CheckId(pub Uuid);

impl std::fmt::Display for CheckId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// How a check stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum CheckState {
    /// It is under way.
    Running,
    /// It ended with a report.
    Done,
    /// It could not come to a report.
    Failed,
    /// Somebody ended it.
    Cancelled,
    /// The server that ran it stopped; it can be started again.
    Interrupted,
}

impl CheckState {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Running,
        Self::Done,
        Self::Failed,
        Self::Cancelled,
        Self::Interrupted,
    ];

    /// The state's name in JSON and in the store.
    pub fn name(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::Interrupted => "interrupted",
        }
    }
}

/// Why a check came to no report, as its starter was told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CheckFailure {
    /// The code of the problem, for programs.
    pub code: String,
    /// One sentence for people.
    pub detail: String,
    /// The fields at fault, if any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
}

impl CheckFailure {
    /// The provider is another one by now than the one that is checked.
    pub fn overtaken(provider: &Provider) -> Self {
        Self {
            code: "conflict".to_owned(),
            detail: format!(
                "the infrastructure provider `{}` was changed while it was checked; check it again",
                provider.name
            ),
            errors: Vec::new(),
        }
    }

    /// What the starter of a check is told of an error. What went wrong in the
    /// store is for the log and not for the history.
    pub fn of(error: &Error) -> Self {
        let detail = match error {
            Error::Store(_) => "something went wrong on the server; its log tells more".to_owned(),
            error => error.to_string(),
        };
        Self {
            code: error.code().to_owned(),
            detail,
            errors: error.fields(),
        }
    }
}

/// A check of a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Its identity.
    pub id: CheckId,
    /// What is checked.
    pub provider_id: ProviderId,
    /// The workspace of that.
    pub workspace_id: WorkspaceId,
    /// The name of what is checked at its start, for example `team-a/prod`.
    pub target: String,
    /// How it stands.
    pub state: CheckState,
    /// How far it may go.
    pub options: CheckOptions,
    /// Whether an administrator's keys were lent, which are not kept: it can be
    /// started again only with such keys.
    pub administrator: bool,
    /// Whether it can be cancelled; not where it is a part of saving.
    pub cancellable: bool,
    /// Whether somebody asked to end it.
    pub cancelling: bool,
    /// Who started it.
    pub started_by: String,
    /// The request that started it.
    pub request_id: Option<String>,
    /// When it was started.
    pub started_at: Timestamp,
    /// Until when it is taken to be running if nobody says otherwise.
    pub lease_until: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// The counts of its report.
    pub summary: Option<CheckSummary>,
    /// What its report has otherwise than the one before; none for the first.
    pub changes: Option<ReportChanges>,
    /// Why it failed.
    pub failure: Option<CheckFailure>,
}

impl Check {
    /// The check as it stands at `now`: one whose lease ran out is interrupted,
    /// whatever the process that ran it could still say.
    #[must_use]
    pub fn at(mut self, now: Timestamp) -> Self {
        if self.state == CheckState::Running && self.lease_until < now {
            self.state = CheckState::Interrupted;
            self.ended_at = Some(self.lease_until);
        }
        self
    }
}
