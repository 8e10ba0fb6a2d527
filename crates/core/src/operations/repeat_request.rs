//! Do a request once, however often it is sent.

use jiff::SignedDuration;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::Commissary;
use crate::domain::{KeptAnswer, RepeatableRequest, Repeated};
use crate::hex::hex;
use crate::people::{Actor, Who};
use crate::{Action, Error, authorize};

/// How long an answer is kept.
const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// How long a request is taken to be under way after its process last said so. A
/// process says so several times within it.
pub const REQUEST_LEASE: SignedDuration = SignedDuration::from_secs(30);

/// A request that was begun and is to be done by whoever holds this.
#[derive(Debug, Clone, Copy)]
pub struct BegunRequest(Uuid);

impl Commissary {
    /// Notes a request under the key that its caller gave it, unless it is noted:
    /// then says what is known of it. `parts` is all that makes it another request.
    ///
    /// # Errors
    /// Nobody is signed in, or the store cannot be written.
    pub async fn begin_request(
        &self,
        actor: &Actor,
        key: &str,
        parts: &[&[u8]],
    ) -> Result<(BegunRequest, Repeated), Error> {
        authorize(actor, Action::RepeatRequests, None)?;
        let now = self.clock.now();
        let request = RepeatableRequest {
            id: self.new_id(),
            caller: caller(actor),
            key: key.to_owned(),
            content: hash(parts).into(),
            began_at: now,
            lease_until: now + REQUEST_LEASE,
            expires_at: now + KEPT,
        };
        let repeated = self.store.begin_request(&request).await?;
        Ok((BegunRequest(request.id), repeated))
    }

    /// Says that a request is still being done.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn beat_request(&self, begun: BegunRequest) -> Result<(), Error> {
        let until = self.clock.now() + REQUEST_LEASE;
        Ok(self.store.renew_request(begun.0, until).await?)
    }

    /// Keeps the answer to a request that was done.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn keep_answer(&self, begun: BegunRequest, answer: &KeptAnswer) -> Result<(), Error> {
        Ok(self.store.keep_answer(begun.0, answer).await?)
    }

    /// Forgets a request that changed nothing, so that it can be sent again.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn forget_request(&self, begun: BegunRequest) -> Result<(), Error> {
        Ok(self.store.forget_request(begun.0).await?)
    }
}

/// Whose keys are told apart from whose: each token's, since a narrower one of the
/// same user may not hear what a wider one was answered, and each user's in browsers.
/// The installation's own tokens are made anew at each start and go by their names.
pub(super) fn caller(actor: &Actor) -> String {
    match actor.who() {
        Who::User { id, .. } => format!("user:{}", id.0),
        Who::Token {
            name, owner: None, ..
        } => format!("installation:{name}"),
        Who::Token { id, .. } => format!("token:{}", id.0),
        Who::Process(name) => format!("process:{name}"),
        Who::Anonymous => "anonymous".to_owned(),
    }
}

/// A hash of the parts, each with its length, so that none runs into the next.
fn hash(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_be_bytes());
        hash.update(part);
    }
    hex(&hash.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_do_not_run_into_each_other() {
        assert_eq!(hash(&[b"a", b"b"]), hash(&[b"a", b"b"]));
        assert_ne!(hash(&[b"a", b"b"]), hash(&[b"ab", b""]));
        assert_ne!(hash(&[b"a", b"b"]), hash(&[b"a", b"c"]));
    }
}
