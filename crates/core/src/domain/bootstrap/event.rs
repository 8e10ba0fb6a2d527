//! What happens while a user is made or taken back, for people who wait.

use schemars::JsonSchema;
use serde::Serialize;

use super::{BootstrapEvent, BootstrapState, BootstrapStep};
use crate::domain::CheckEvent;

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(
    tag = "event",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum UserEvent {
    /// The account is being looked at.
    Looking,
    /// A line of the plan was done.
    Done {
        /// What it is about.
        step: BootstrapStep,
        /// What became of it.
        state: BootstrapState,
        /// One sentence for people.
        detail: String,
    },
    /// The key was sealed as an infrastructure provider.
    Saved {
        /// The provider's name.
        provider: String,
        /// The public half of its key.
        access_key_id: String,
    },
    /// The cloud does not know the new key everywhere yet.
    Waiting {
        /// For how long it has been waited.
        seconds: u64,
    },
    /// What the user was given may not count everywhere yet: it is checked again.
    CheckingAgain {
        /// Which time this is.
        turn: u32,
        /// How often at most.
        of: u32,
    },
    /// The provider is being checked.
    Checking {
        /// What happened there.
        check: CheckEvent,
    },
}

impl From<BootstrapEvent> for UserEvent {
    fn from(event: BootstrapEvent) -> Self {
        Self::Done {
            step: event.step,
            state: event.state,
            detail: event.detail,
        }
    }
}
