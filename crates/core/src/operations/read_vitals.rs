//! Read how the installation stands.

use super::Commissary;
use super::people::IDLE_LIFE;
use crate::domain::Vitals;
use crate::people::Actor;
use crate::{Action, Error, authorize};

impl Commissary {
    /// The numbers that an operator watches.
    ///
    /// # Errors
    /// The actor does not see every workspace, or the store cannot be read.
    pub async fn read_vitals(&self, actor: &Actor) -> Result<Vitals, Error> {
        authorize(actor, Action::ReadVitals, None)?;
        let now = self.clock.now();
        Ok(self.store.vitals(now, now - IDLE_LIFE).await?)
    }
}
