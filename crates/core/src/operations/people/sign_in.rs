//! Sign in.

use jiff::SignedDuration;

use crate::domain::{AuditEvent, AuditOutcome};
use crate::people::throttle::{Gate, PLACE_MEMORY, Places};
use crate::people::{
    Actor, NewToken, Origin, PasswordInput, Session, SessionId, SignInFrom, SignedIn, TokenHash,
    TokenKind, User,
};
use crate::ports::{Happening, SignInRefusal};
use crate::{Commissary, Error};

/// How long a browser stays signed in.
const SESSION_LIFE: SignedDuration = SignedDuration::from_hours(12);

/// Somebody whose password was right.
pub(super) struct Proven {
    pub(super) user: User,
    /// The gates that were passed.
    pub(super) gates: Vec<Gate>,
    /// The place that the account knew.
    pub(super) known: Option<String>,
}

impl Commissary {
    /// Signs a person in. A refusal does not tell whether the user exists.
    ///
    /// # Errors
    /// [`Error::Invalid`] at the field `password` when name and password do not
    /// belong together or the user is disabled; [`Error::TooManyAttempts`].
    pub async fn sign_in(
        &self,
        name: &str,
        password: PasswordInput,
        from: SignInFrom,
    ) -> Result<SignedIn, Error> {
        let proven = self.prove(name, password, &from, Refusal::SIGN_IN).await?;
        self.begin_session(&proven.user, from, proven.gates, proven.known)
            .await
    }

    /// Finds out whether a name and a password belong together, as often as it
    /// may be tried ([`crate::people::throttle`]).
    pub(super) async fn prove(
        &self,
        name: &str,
        password: PasswordInput,
        from: &SignInFrom,
        refusal: Refusal,
    ) -> Result<Proven, Error> {
        let name = name.trim();
        let now = self.clock.now();
        let places = from.places();
        let since = now - PLACE_MEMORY;
        let known = self.store.known_place(name, &places, since).await?;
        let gates = places.gates(name, known.as_deref());
        self.pass(&gates).await?;
        let user = self.store.user(name).await?;
        let hash = user.as_ref().and_then(|user| user.password.as_ref());
        let matches = password.matches(hash);
        match user.filter(|user| matches && user.disabled_at.is_none()) {
            Some(user) => Ok(Proven { user, gates, known }),
            None => {
                self.refuse_sign_in(SignInRefusal::Unproven);
                let audit = self.refused(name, from.origin.clone(), refusal.action);
                self.store.append_audit(&audit).await?;
                Err(Error::invalid(refusal.field, refusal.message))
            }
        }
    }

    /// Counts an attempt at every gate, if all are open.
    pub(super) async fn pass(&self, gates: &[Gate]) -> Result<(), Error> {
        let now = self.clock.now();
        if let Err(opens_at) = self.store.attempt(gates, now).await? {
            self.refuse_sign_in(SignInRefusal::TooManyAttempts);
            let seconds = (opens_at - now).get_seconds();
            // What is left of a second is a second to wait.
            return Err(Error::TooManyAttempts {
                seconds: u64::try_from(seconds).unwrap_or_default() + 1,
            });
        }
        Ok(())
    }

    /// Begins a session for somebody who was proven to be `user`, and makes the
    /// places that the request comes from known.
    pub(super) async fn begin_session(
        &self,
        user: &User,
        from: SignInFrom,
        gates: Vec<Gate>,
        known: Option<String>,
    ) -> Result<SignedIn, Error> {
        let now = self.clock.now();
        let mut places = from.places();
        let mark = if known.is_some() && places.browser == known {
            None
        } else {
            // A mark that somebody else may have put there is not taken over.
            let mark = NewToken::generate(TokenKind::Browser, self.random.as_ref());
            places.browser = Places::browser_of(&mark.hash());
            Some(mark)
        };
        self.store.forgive(&gates, user.id, &places, now).await?;
        let replaces = from.replaces.as_ref().map(|token| TokenHash::of(token));
        let session = self
            .insert_session(user, from, replaces.as_ref(), user.name.clone())
            .await?;
        Ok(SignedIn { session, mark })
    }

    /// Begins a session in place of another one; `target` is what the audit log tells.
    pub(super) async fn insert_session(
        &self,
        user: &User,
        from: SignInFrom,
        replaces: Option<&TokenHash>,
        target: String,
    ) -> Result<NewToken, Error> {
        let now = self.clock.now();
        let token = NewToken::generate(TokenKind::Session, self.random.as_ref());
        let session = Session {
            id: SessionId(self.new_id()),
            hash: token.hash(),
            user_id: user.id,
            address: from.origin.address.clone(),
            browser: from.browser(),
            created_at: now,
            seen_at: now,
            expires_at: now + SESSION_LIFE,
        };
        let actor = Actor::user(user, session.id, from.origin);
        let audit = self.audit(&actor, "session.begin", target);
        self.store
            .insert_session(&session, replaces, &audit)
            .await?;
        Ok(token)
    }

    pub(super) fn refuse_sign_in(&self, why: SignInRefusal) {
        self.meter.count(Happening::SignInRefused(why));
    }

    fn refused(&self, name: &str, origin: Origin, action: &str) -> AuditEvent {
        // What was typed as a name may be a password: only its beginning is kept.
        let shown: String = name.chars().take(3).collect();
        AuditEvent {
            outcome: AuditOutcome::Refused,
            ..self.audit(&Actor::anonymous(origin), action, format!("{shown}…"))
        }
    }
}

/// How a wrong password is told.
#[derive(Debug, Clone, Copy)]
pub(super) struct Refusal {
    pub(super) action: &'static str,
    pub(super) field: &'static str,
    pub(super) message: &'static str,
}

impl Refusal {
    pub(super) const SIGN_IN: Self = Self {
        action: "session.begin",
        field: "password",
        message: "the user name or the password is wrong",
    };
}
