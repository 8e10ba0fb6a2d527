//! What this machine keeps while a user is made.

use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use commissary_core::domain::{
    AccessKey, AccessKeyId, BootstrapEvent, Interrupted, KnownKey, Planned,
};
use commissary_core::ports::{BootstrapError, Clock as _, Keeper};

use crate::commands::aws::pending::{Note, Pending};
use crate::commands::serve::SystemClock;
use crate::output::say;

/// Writes notes and keys into this person's state folder, and tells standard error.
pub(super) struct CommandLine<'a> {
    note: &'a Note,
    replaces: Option<AccessKeyId>,
    noted: Mutex<Option<Interrupted>>,
}

impl<'a> CommandLine<'a> {
    pub(super) fn new(note: &'a Note, replaces: Option<AccessKeyId>) -> Self {
        Self {
            note,
            replaces,
            noted: Mutex::default(),
        }
    }

    /// What was noted before the key was to be made.
    pub(super) fn noted(self) -> Option<Interrupted> {
        self.noted
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Keeper for CommandLine<'_> {
    /// The plan was shown and confirmed before.
    async fn planned(&self, _: &Planned) -> Result<(), BootstrapError> {
        Ok(())
    }

    async fn about_to_make_key(&self, known: &[KnownKey]) -> Result<(), String> {
        let now = Interrupted {
            known: known.iter().map(|key| key.id.to_string()).collect(),
            replaces: self.replaces.as_ref().map(ToString::to_string),
            at: SystemClock.now(),
        };
        self.note.write(&now)?;
        *self.noted.lock().unwrap_or_else(PoisonError::into_inner) = Some(now);
        Ok(())
    }

    async fn made_key(&self, key: &AccessKey) -> Result<(), String> {
        Pending::keep(key).map_err(|failure| failure.message().to_owned())
    }

    fn tell(&self, event: BootstrapEvent) {
        say(&event.line());
    }
}
