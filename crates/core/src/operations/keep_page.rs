//! Keep the page that a form was answered with, so that it can be looked at by an address that
//! changes nothing: a browser that reloads it or goes back to it sends nothing again.

use jiff::SignedDuration;
use uuid::Uuid;

use super::Commissary;
use super::repeat_request::caller;
use crate::domain::{KeptPage, PageKept, PageToKeep};
use crate::people::{Actor, Origin};
use crate::{Action, Error, authorize};

/// How long a page is kept.
const KEPT: SignedDuration = SignedDuration::from_hours(1);
/// How many are kept for somebody who is signed in.
const MOST: u32 = 100;
/// How many are kept for all who are not, together: whoever fills that up with wrong passwords
/// takes from others no more than the sight of theirs.
const MOST_ANONYMOUS: u32 = 500;

impl Commissary {
    /// Keeps a page for whom it was made; who is not signed in is known by its id alone.
    ///
    /// # Errors
    /// The actor may not, or the store cannot be written.
    pub async fn keep_page(&self, actor: Option<&Actor>, page: KeptPage) -> Result<Uuid, Error> {
        let now = self.clock.now();
        let kept = PageToKeep {
            id: self.new_id(),
            caller: asking(actor)?,
            page,
            made_at: now,
            expires_at: now + KEPT,
            most: actor.map_or(MOST_ANONYMOUS, |_| MOST),
        };
        self.store.keep_page(&kept).await?;
        Ok(kept.id)
    }

    /// A page that was kept for the actor; none where there is none, or not any more. One that is
    /// shown once is gone then.
    ///
    /// # Errors
    /// The actor may not, or the store cannot be read.
    pub async fn kept_page(
        &self,
        actor: Option<&Actor>,
        id: Uuid,
    ) -> Result<Option<PageKept>, Error> {
        let caller = asking(actor)?;
        Ok(self.store.kept_page(&caller, id, self.clock.now()).await?)
    }
}

/// For whom a page is kept, who may have requests sent again.
fn asking(actor: Option<&Actor>) -> Result<String, Error> {
    match actor {
        Some(actor) => {
            authorize(actor, Action::RepeatRequests, None)?;
            Ok(caller(actor))
        }
        None => Ok(caller(&Actor::anonymous(Origin::at("")))),
    }
}
