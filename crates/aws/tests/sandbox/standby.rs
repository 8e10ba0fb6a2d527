//! Somebody who stands by while a user is made.

use std::sync::Mutex;

use async_trait::async_trait;
use commissary_core::domain::{AccessKey, BootstrapEvent, KnownKey, Planned, Words};
use commissary_core::ports::{BootstrapError, Keeper};

/// The command line's own words for its choices.
pub(crate) const WORDS: Words = Words {
    undo: "`--undo`",
    change_others: "`--change-others`",
    user_name: "`--user-name`",
    another_key: "`--new-key`",
    replace_key: ["`--replace-key ", "`"],
    kept_key: "is kept",
};

/// Remembers what it is told, and refuses to keep the key if so made.
#[derive(Default)]
pub(crate) struct Standby {
    pub(crate) events: Mutex<Vec<BootstrapEvent>>,
    pub(crate) refuses: bool,
}

impl Standby {
    pub(crate) fn events(&self) -> Vec<BootstrapEvent> {
        self.events.lock().expect("no panic elsewhere").clone()
    }
}

#[async_trait]
impl Keeper for Standby {
    async fn planned(&self, _: &Planned) -> Result<(), BootstrapError> {
        Ok(())
    }

    async fn about_to_make_key(&self, _: &[KnownKey]) -> Result<(), String> {
        Ok(())
    }

    async fn made_key(&self, _: &AccessKey) -> Result<(), String> {
        match self.refuses {
            true => Err("there is no room".to_owned()),
            false => Ok(()),
        }
    }

    fn tell(&self, event: BootstrapEvent) {
        self.events.lock().expect("no panic elsewhere").push(event);
    }
}
