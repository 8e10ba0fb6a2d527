//! What the store keeps while a user is made.

use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;

use super::HOLD;
use super::input::Wanted;
use super::plan::in_the_way;
use crate::FieldError;
use crate::domain::{
    AccessKey, BootstrapEvent, Interrupted, KnownKey, Planned, Provider, UserEvent, UserHold,
    Workspace,
};
use crate::operations::Commissary;
use crate::people::Actor;
use crate::ports::{BootstrapError, Keeper, StoreError, UserProgress};

/// Notes in the store that a key is about to be made, and seals it as a provider.
pub(super) struct InStore<'a> {
    pub(super) product: &'a Commissary,
    pub(super) actor: &'a Actor,
    pub(super) workspace: &'a Workspace,
    pub(super) wanted: &'a Wanted,
    pub(super) hold: &'a UserHold,
    pub(super) existing: Option<&'a Provider>,
    pub(super) progress: &'a dyn UserProgress,
    pub(super) kept: Mutex<Kept>,
}

/// What came of it.
#[derive(Default)]
pub(super) struct Kept {
    /// What stood in the way, which an error of the port has no field for.
    pub(super) unwanted: Option<FieldError>,
    /// What was noted before the key was to be made.
    pub(super) noted: Option<Interrupted>,
    /// The provider that was saved.
    pub(super) provider: Option<Provider>,
}

impl InStore<'_> {
    fn keep(&self, change: impl FnOnce(&mut Kept)) {
        change(&mut self.kept.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// The hold as it is once it is prolonged.
    fn prolonged(&self) -> UserHold {
        UserHold {
            until: self.product.clock.now() + HOLD,
            ..self.hold.clone()
        }
    }

    fn provider(&self, key: &AccessKey) -> Provider {
        let wanted = self.wanted;
        let needs = (wanted.release.clone(), wanted.features.clone());
        let region = wanted.lent.region.clone();
        self.product
            .unsaved(self.workspace, wanted.name.clone(), key, region, needs)
    }
}

#[async_trait]
impl Keeper for InStore<'_> {
    async fn planned(&self, planned: &Planned) -> Result<(), BootstrapError> {
        let Some(fault) = in_the_way(planned, self.existing) else {
            return Ok(());
        };
        let said = fault.message.clone();
        self.keep(|kept| kept.unwanted = Some(fault));
        Err(BootstrapError::Unwanted(said))
    }

    async fn about_to_make_key(&self, known: &[KnownKey]) -> Result<(), String> {
        let now = Interrupted {
            known: known.iter().map(|key| key.id.to_string()).collect(),
            replaces: self.wanted.key.replaces().map(ToString::to_string),
            at: self.product.clock.now(),
        };
        let hold = self.prolonged();
        let noted = self.product.store.note_key(&hold, Some(&now));
        noted.await.map_err(|error| match error {
            StoreError::Gone => "it took too long, and another run took over".to_owned(),
            other => other.to_string(),
        })?;
        self.keep(|kept| kept.noted = Some(now));
        Ok(())
    }

    async fn made_key(&self, key: &AccessKey) -> Result<(), String> {
        let provider = self.provider(key);
        let target = format!("{}/{}", self.workspace.name, provider.name);
        let product = self.product;
        let audit = product.audit_in(self.actor, "provider.add", self.workspace.id, target);
        let hold = self.prolonged();
        let kept = product
            .store
            .insert_made_provider(&hold, &provider, key, &audit);
        kept.await.map_err(|error| match error {
            StoreError::NameTaken => format!(
                "an infrastructure provider `{}` was added meanwhile; choose another name",
                provider.name
            ),
            StoreError::Gone => {
                format!(
                    "the workspace `{}` was deleted meanwhile",
                    self.workspace.name
                )
            }
            other => other.to_string(),
        })?;
        self.progress.tell(UserEvent::Saved {
            provider: provider.name.to_string(),
            access_key_id: key.id.to_string(),
        });
        self.keep(|kept| kept.provider = Some(provider));
        Ok(())
    }

    fn tell(&self, event: BootstrapEvent) {
        self.progress.tell(event.into());
    }
}
