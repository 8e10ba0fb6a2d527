//! Replace the root key that seals the secrets, without downtime.

use super::Commissary;
use crate::domain::RootKeyState;
use crate::people::Actor;
use crate::{Action, Error, authorize};

/// How many secrets are wrapped anew in one transaction: few enough that nobody
/// else waits for long.
const AT_ONCE: u32 = 100;

impl Commissary {
    /// Which root keys there are, and what each still wraps.
    ///
    /// # Errors
    /// The actor may not, or the store cannot be read.
    pub async fn show_root_keys(&self, actor: &Actor) -> Result<RootKeyState, Error> {
        authorize(actor, Action::ReadRootKey, None)?;
        Ok(self.store.root_keys().await?)
    }

    /// Begins to replace the root key. Where that was begun and not finished,
    /// nothing happens, and it can be gone on with.
    ///
    /// # Errors
    /// The actor may not, the key file cannot be replaced, or the store cannot
    /// be written.
    pub async fn begin_key_rotation(&self, actor: &Actor) -> Result<RootKeyState, Error> {
        authorize(actor, Action::RotateRootKey, None)?;
        let now = self.store.root_keys().await?;
        let audit = self.audit(actor, "rootKey.rotate", now.root_key);
        Ok(self.store.begin_key_rotation(&audit).await?)
    }

    /// Wraps some of the secrets by the new root key; once none is left, retires
    /// the old one. Called until nothing is left, killed and called again at
    /// will.
    ///
    /// # Errors
    /// The actor may not, a secret does not open, or the store or the key file
    /// cannot be written.
    pub async fn continue_key_rotation(&self, actor: &Actor) -> Result<RootKeyState, Error> {
        authorize(actor, Action::RotateRootKey, None)?;
        let now = self.store.root_keys().await?;
        if now.older.is_empty() {
            return Ok(now);
        }
        let action = match now.left() {
            0 => "rootKey.retire",
            _ => "rootKey.rewrap",
        };
        let audit = self.audit(actor, action, now.root_key);
        Ok(self.store.continue_key_rotation(AT_ONCE, &audit).await?)
    }
}
