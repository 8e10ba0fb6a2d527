//! Users in cloud accounts: made, and taken back, with an administrator's key that is lent.

use async_trait::async_trait;

use super::{BootstrapError, CloudError, Silent};
use crate::domain::{
    AccessKey, BootstrapEvent, BootstrapOutcome, BootstrapRequest, Identity, KnownKey, Planned,
    Region, UndoRequest, UserEvent,
};

/// An administrator's access key, lent for one operation, and where it is used.
#[derive(Debug, Clone)]
pub struct Lent {
    /// The key; it is used and not kept.
    pub key: AccessKey,
    /// Where the cloud is asked.
    pub region: Region,
}

/// Hears how the making of a user, or the way back, goes on.
pub trait UserProgress: Send + Sync {
    /// Something happened.
    fn tell(&self, event: UserEvent);
}

impl UserProgress for Silent {
    fn tell(&self, _event: UserEvent) {}
}

/// Stands by while a user is made, and keeps what must not be lost.
#[async_trait]
pub trait Keeper: Send + Sync {
    /// The account was looked at, and this would be done now.
    ///
    /// # Errors
    /// It is not wanted. Nothing was changed.
    async fn planned(&self, planned: &Planned) -> Result<(), BootstrapError>;

    /// The next call makes an access key, or deletes the one that it replaces. What is noted here
    /// lets the next run find a key whose secret was lost.
    ///
    /// # Errors
    /// It could not be noted, in a sentence. No key is made then.
    async fn about_to_make_key(&self, known: &[KnownKey]) -> Result<(), String>;

    /// A key was made; the cloud shows its secret this once.
    ///
    /// # Errors
    /// It could not be kept, in a sentence. The key is deleted again then.
    async fn made_key(&self, key: &AccessKey) -> Result<(), String>;

    /// A line of the plan was done.
    fn tell(&self, event: BootstrapEvent);
}

/// Makes users in accounts of a cloud. Each call uses the key that is lent and keeps nothing of
/// it. What is made, and in which order, lets a run that was killed at any point go on when it is
/// done again.
#[async_trait]
pub trait Accounts: Send + Sync {
    /// Looks at the account and plans; nothing is changed.
    ///
    /// # Errors
    /// The request is at fault, something stands in the way, or the cloud does not answer.
    async fn plan_user(
        &self,
        lent: &Lent,
        request: BootstrapRequest,
    ) -> Result<Planned, BootstrapError>;

    /// Looks at the account, plans and does it.
    ///
    /// # Errors
    /// As for the plan; `keeper` does not agree; the cloud refuses or does not answer. What was
    /// made until then stays, and the next run uses it.
    async fn make_user(
        &self,
        lent: &Lent,
        request: BootstrapRequest,
        keeper: &dyn Keeper,
    ) -> Result<BootstrapOutcome, BootstrapError>;

    /// Looks at the account and plans the way back; nothing is changed.
    ///
    /// # Errors
    /// A name is none, or the cloud does not answer.
    async fn plan_undo(&self, lent: &Lent, request: UndoRequest)
    -> Result<Planned, BootstrapError>;

    /// Looks at the account, and removes what a bootstrap made. Returns the lines.
    ///
    /// # Errors
    /// The cloud refuses or does not answer. The next run goes on.
    async fn undo(
        &self,
        lent: &Lent,
        request: UndoRequest,
        tell: &(dyn Fn(BootstrapEvent) + Send + Sync),
    ) -> Result<Planned, BootstrapError>;

    /// Waits, within bounds, until a new access key works everywhere, telling for how many
    /// seconds it has been waited.
    ///
    /// # Errors
    /// The cloud does not know the key in that time, or cannot be asked.
    async fn wait_until_usable(
        &self,
        key: &AccessKey,
        region: &Region,
        tell: &(dyn Fn(u64) + Send + Sync),
    ) -> Result<Identity, CloudError>;

    /// Waits for a moment, in which what was made may become known everywhere.
    async fn let_settle(&self);
}
