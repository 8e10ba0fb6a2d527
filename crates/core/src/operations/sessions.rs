//! Sign in, sign out, and find out who asks.

use jiff::SignedDuration;

use super::Commissary;
use crate::Error;
use crate::domain::{AuditEvent, AuditOutcome};
use crate::people::{
    Actor, NewToken, Origin, PasswordInput, Rights, Session, TokenHash, TokenKind, Who,
};

/// How long a browser stays signed in.
const SESSION_LIFE: SignedDuration = SignedDuration::from_hours(12);

impl Commissary {
    /// Signs a person in. A refusal does not tell whether the user exists.
    ///
    /// # Errors
    /// [`Error::Invalid`] at the field `password` when name and password do not
    /// belong together.
    pub async fn sign_in(
        &self,
        name: &str,
        password: PasswordInput,
        origin: Origin,
    ) -> Result<NewToken, Error> {
        let name = name.trim();
        let user = self.store.user(name).await?;
        let matches = password.matches(user.as_ref().map(|user| &user.password));
        let Some(user) = user.filter(|_| matches) else {
            self.store
                .append_audit(&self.refused_sign_in(name, origin))
                .await?;
            let message = "the user name or the password is wrong";
            return Err(Error::invalid("password", message));
        };
        let token = NewToken::generate(TokenKind::Session, self.random.as_ref());
        let now = self.clock.now();
        let session = Session {
            hash: token.hash(),
            user_id: user.id,
            created_at: now,
            expires_at: now + SESSION_LIFE,
        };
        let actor = Actor::user(&user, origin);
        let audit = self.audit(&actor, "session.begin", user.name);
        self.store.insert_session(&session, &audit).await?;
        Ok(token)
    }

    /// Ends a session.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn sign_out(&self, actor: &Actor, token: &str) -> Result<(), Error> {
        let audit = self.audit(actor, "session.end", actor.name().to_owned());
        Ok(self
            .store
            .delete_session(&TokenHash::of(token), &audit)
            .await?)
    }

    /// Who a session's token belongs to.
    ///
    /// # Errors
    /// [`Error::NotSignedIn`] when the session is unknown or over.
    pub async fn actor_of_session(&self, token: &str, origin: Origin) -> Result<Actor, Error> {
        let found = self.store.session(&TokenHash::of(token)).await?;
        match found {
            Some((session, user)) if session.expires_at > self.clock.now() => {
                Ok(Actor::user(&user, origin))
            }
            _ => Err(Error::NotSignedIn),
        }
    }

    /// Who an API token belongs to.
    ///
    /// # Errors
    /// [`Error::NotSignedIn`] when the token is unknown.
    pub async fn actor_of_token(&self, token: &str, origin: Origin) -> Result<Actor, Error> {
        let found = self.store.api_token(&TokenHash::of(token)).await?;
        let token = found.ok_or(Error::NotSignedIn)?;
        let who = Who::Token {
            name: token.name,
            owner: None,
        };
        Ok(Actor::new(who, Rights::administrator(), origin))
    }

    fn refused_sign_in(&self, name: &str, origin: Origin) -> AuditEvent {
        // What was typed as a name may be a password: only its beginning is kept.
        let shown: String = name.chars().take(3).collect();
        let nobody = Actor::anonymous(origin);
        AuditEvent {
            outcome: AuditOutcome::Refused,
            ..self.audit(&nobody, "session.begin", format!("{shown}…"))
        }
    }
}
