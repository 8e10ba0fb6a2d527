//! Sign in with an identity provider: away to it, and back.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use zeroize::Zeroizing;

use crate::domain::{AuditEvent, AuditOutcome};
use crate::people::throttle::Gate;
use crate::people::{
    Actor, CameBack, Challenge, GroupRule, NewToken, Origin, ProviderAnswer, RefusedElsewhere,
    SentAway, SignInFrom, SignInUnderWay, SignedIn, TokenHash, TokenKind,
};
use crate::ports::{IdentityProvider, SignInRefusal};
use crate::{Commissary, Error};

/// How long somebody may take at the provider.
const AWAY: SignedDuration = SignedDuration::from_mins(10);
/// The longest address that is kept to go on to.
const LONGEST_NEXT: usize = 2048;

/// The identity provider that people may sign in with, and what its groups give.
pub struct SignInElsewhere {
    /// The provider.
    pub provider: Arc<dyn IdentityProvider>,
    /// Which group gives which role.
    pub rules: Vec<GroupRule>,
    /// How long what groups gave counts unless the user signs in again.
    pub lasting: SignedDuration,
}

impl SignInElsewhere {
    pub(super) fn until(&self, now: Timestamp) -> Timestamp {
        now.checked_add(self.lasting).unwrap_or(Timestamp::MAX)
    }
}

impl Commissary {
    /// The same product with an identity provider.
    #[must_use]
    pub fn with_identity_provider(mut self, elsewhere: SignInElsewhere) -> Self {
        self.elsewhere = Some(Arc::new(elsewhere));
        self
    }

    /// What the identity provider is called, if there is one.
    pub fn identity_provider(&self) -> Option<&str> {
        let elsewhere = self.elsewhere.as_ref();
        elsewhere.map(|elsewhere| elsewhere.provider.name())
    }

    pub(super) fn elsewhere(&self) -> Result<&SignInElsewhere, Error> {
        self.elsewhere.as_deref().ok_or_else(|| Error::NotFound {
            what: "identity provider",
            name: "to sign in with".to_owned(),
        })
    }

    /// Begins a sign-in: where to send the browser, and the cookie that it must come back
    /// with. Everything about it is kept in the store, so that it may end at another
    /// process than where it began.
    ///
    /// # Errors
    /// There is no provider, or it cannot be asked.
    pub async fn begin_sign_in_elsewhere(
        &self,
        next: &str,
        from: &SignInFrom,
    ) -> Result<SentAway, Error> {
        let provider = &self.elsewhere()?.provider;
        let random = self.random.as_ref();
        let state = NewToken::generate(TokenKind::SignIn, random).hand_over();
        let browser = NewToken::generate(TokenKind::SignIn, random);
        let now = self.clock.now();
        let under_way = SignInUnderWay {
            state: TokenHash::of(&state),
            browser: browser.hash(),
            next: next.get(..LONGEST_NEXT).map_or(next, |_| "/").to_owned(),
            replaces: from.replaces.as_ref().map(|token| TokenHash::of(token)),
            expires_at: now + AWAY,
        };
        let shown = browser.shown();
        let challenge = Challenge::of(&state, &shown);
        let address = provider.address(&challenge).await;
        let address = address.map_err(RefusedElsewhere::Provider)?;
        self.store.insert_sign_in(&under_way, now).await?;
        Ok(SentAway { address, browser })
    }

    /// Ends a sign-in: the session, and where the person wanted to go.
    ///
    /// # Errors
    /// [`Error::SignInElsewhere`] with the reason, [`Error::TooManyAttempts`].
    pub async fn end_sign_in_elsewhere(
        &self,
        back: CameBack,
        from: SignInFrom,
    ) -> Result<(SignedIn, String), Error> {
        let elsewhere = self.elsewhere()?;
        let provider = &elsewhere.provider;
        let refuse = |refusal| self.refuse_elsewhere(&from.origin, None, refusal);
        let Some(under_way) = self.taken(&back).await? else {
            self.count_stale(&from.origin).await?;
            return Err(refuse(RefusedElsewhere::Stale).await);
        };
        let challenge = Challenge::of(&back.state, &back.browser);
        let issuer = back.issuer.as_deref();
        if issuer.is_some_and(|issuer| issuer != provider.issuer()) {
            return Err(refuse(RefusedElsewhere::OtherProvider).await);
        }
        let code = match back.answer {
            ProviderAnswer::Code(code) => code,
            ProviderAnswer::Error { code, .. } if code == "access_denied" => {
                return Err(refuse(RefusedElsewhere::Declined).await);
            }
            ProviderAnswer::Error { code, description } => {
                return Err(refuse(RefusedElsewhere::Ended { code, description }).await);
            }
        };
        let identity = match provider.identify(code, &challenge).await {
            Ok(identity) => identity,
            Err(error) => return Err(refuse(RefusedElsewhere::Provider(error)).await),
        };
        let user = self.user_of(elsewhere, &identity, &from.origin).await?;
        let target = format!("{} by {}", user.name, provider.name());
        let replaces = under_way.replaces.as_ref();
        let session = self.insert_session(&user, from, replaces, target).await?;
        let begun = SignedIn {
            session,
            mark: None,
        };
        Ok((begun, under_way.next))
    }

    /// The sign-in that a browser comes back from, if it is its own and not over.
    async fn taken(&self, back: &CameBack) -> Result<Option<SignInUnderWay>, Error> {
        let hash = |token: &Zeroizing<String>| TokenHash::presented(TokenKind::SignIn, token);
        let (Some(state), Some(browser)) = (hash(&back.state), hash(&back.browser)) else {
            return Ok(None);
        };
        let found = self.store.take_sign_in(&state, &browser).await?;
        Ok(found.filter(|under_way| under_way.expires_at > self.clock.now()))
    }

    /// Slows down who comes back from nowhere, as each time is an entry of the audit log.
    async fn count_stale(&self, origin: &Origin) -> Result<(), Error> {
        let gate = Gate::of_strangers(&origin.address);
        self.pass(&[gate]).await
    }

    /// Notes a refusal, and tells it.
    pub(super) async fn refuse_elsewhere(
        &self,
        origin: &Origin,
        who: Option<&str>,
        refusal: RefusedElsewhere,
    ) -> Error {
        let name = self.identity_provider().unwrap_or_default();
        let who = who.map_or_else(String::new, |who| format!("{who} "));
        let target = format!("{who}by {name}: {}", refusal.word());
        let actor = Actor::anonymous(origin.clone());
        let audit = AuditEvent {
            outcome: AuditOutcome::Refused,
            ..self.audit(&actor, "session.begin", target)
        };
        self.refuse_sign_in(SignInRefusal::Unproven);
        match self.store.append_audit(&audit).await {
            Ok(()) => refusal.into(),
            Err(error) => error.into(),
        }
    }
}
