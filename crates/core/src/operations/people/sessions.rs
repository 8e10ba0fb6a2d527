//! Sessions: who asks, which there are, and their end.

use jiff::SignedDuration;

use crate::people::{Actor, Origin, Session, SessionId, TokenHash, TokenKind, Who};
use crate::ports::StoreError;
use crate::{Action, Commissary, Error, authorize};

/// How long a session that nobody uses lasts.
pub(in crate::operations) const IDLE_LIFE: SignedDuration = SignedDuration::from_hours(2);
/// How often it is noted that something is in use.
pub(super) const NOTED_EVERY: SignedDuration = SignedDuration::from_mins(1);

impl Commissary {
    /// Who a session's token belongs to.
    ///
    /// # Errors
    /// [`Error::NotSignedIn`] when the session is unknown or over.
    pub async fn actor_of_session(&self, token: &str, origin: Origin) -> Result<Actor, Error> {
        let hash = TokenHash::presented(TokenKind::Session, token).ok_or(Error::NotSignedIn)?;
        let found = self.store.session(&hash).await?;
        let (session, user) = found.ok_or(Error::NotSignedIn)?;
        let now = self.clock.now();
        if self.is_over(&session) || user.disabled_at.is_some() {
            return Err(Error::NotSignedIn);
        }
        if session.seen_at + NOTED_EVERY <= now {
            self.store.session_seen(session.id, now).await?;
        }
        Ok(Actor::user(&user.at(now), session.id, origin))
    }

    /// One's own sessions that are not over, the newest first.
    ///
    /// # Errors
    /// Nobody is signed in.
    pub async fn list_sessions(&self, actor: &Actor) -> Result<Vec<Session>, Error> {
        authorize(actor, Action::ReadOwnAccount, None)?;
        let Some(user) = actor.user_id() else {
            return Ok(Vec::new());
        };
        let mut sessions = self.store.sessions(user).await?;
        sessions.retain(|session| !self.is_over(session));
        Ok(sessions)
    }

    /// Ends one of one's own sessions.
    ///
    /// # Errors
    /// There is none of that id, or the actor may not.
    pub async fn end_session(&self, actor: &Actor, id: SessionId) -> Result<(), Error> {
        authorize(actor, Action::ChangeOwnAccount, None)?;
        let missing = || Error::NotFound {
            what: "session",
            name: id.0.to_string(),
        };
        let user = actor.user_id().ok_or_else(missing)?;
        let audit = self.audit(actor, "session.end", actor.name().to_owned());
        match self.store.delete_session(id, user, &audit).await {
            Err(StoreError::Gone) => Err(missing()),
            other => Ok(other?),
        }
    }

    /// Ends the session that the actor is known by; nothing happens without one.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn sign_out(&self, actor: &Actor) -> Result<(), Error> {
        match actor.who() {
            Who::User { session, .. } => match self.end_session(actor, *session).await {
                Err(Error::NotFound { .. }) => Ok(()),
                other => other,
            },
            _ => Ok(()),
        }
    }

    fn is_over(&self, session: &Session) -> bool {
        let now = self.clock.now();
        session.expires_at <= now || session.seen_at + IDLE_LIFE <= now
    }
}
