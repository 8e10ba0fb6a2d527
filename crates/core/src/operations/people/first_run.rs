//! The first run: the setup link, the first administrator, the local token.

use std::collections::BTreeMap;

use jiff::SignedDuration;

use crate::people::{
    Actor, ApiToken, NewToken, Origin, PasswordInput, Scope, SignInFrom, SignedIn, TokenHash,
    TokenId, TokenKind, User, UserId,
};
use crate::ports::{SetupLink, StoreError};
use crate::{Commissary, Error};

/// How long a setup link works; a restart of `serve` makes a new one.
const SETUP_LINK_LIFE: SignedDuration = SignedDuration::from_hours(24);

impl Commissary {
    /// Makes a new setup link if nobody can sign in yet. Called when the server
    /// starts, by nobody but the process itself.
    ///
    /// # Errors
    /// The store cannot be read or written.
    pub async fn open_setup(&self) -> Result<Option<NewToken>, Error> {
        if self.store.has_user().await? {
            return Ok(None);
        }
        let token = NewToken::generate(TokenKind::Setup, self.random.as_ref());
        let link = SetupLink {
            hash: token.hash(),
            expires_at: self.clock.now() + SETUP_LINK_LIFE,
        };
        self.store.replace_setup_link(&link).await?;
        Ok(Some(token))
    }

    /// Whether a setup link works just now.
    ///
    /// # Errors
    /// [`Error::NotSignedIn`] if it does not.
    pub async fn check_setup(&self, token: &str) -> Result<(), Error> {
        let presented = TokenHash::presented(TokenKind::Setup, token).ok_or(Error::NotSignedIn)?;
        match self.store.setup_link().await? {
            Some(link) if link.hash == presented && link.expires_at > self.clock.now() => Ok(()),
            _ => Err(Error::NotSignedIn),
        }
    }

    /// Makes the first administrator and signs in; the link works no more.
    ///
    /// # Errors
    /// The link does not work, the name or the password is at fault.
    pub async fn complete_setup(
        &self,
        token: &str,
        from: SignInFrom,
        name: &str,
        password: PasswordInput,
    ) -> Result<SignedIn, Error> {
        self.check_setup(token).await?;
        let user = self.new_user(User::parse_name(name), password)?;
        let user = User {
            administrator: true,
            ..user
        };
        let actor = Actor::process("setup link", from.origin.clone());
        let audit = self.audit(&actor, "user.create", user.name.clone());
        match self
            .store
            .complete_setup(&TokenHash::of(token), &user, &audit)
            .await
        {
            Ok(()) => self.begin_session(&user, from, Vec::new(), None).await,
            Err(StoreError::Gone) => Err(Error::NotSignedIn),
            Err(error) => Err(error.into()),
        }
    }

    /// Makes the administrator token for the command line on the same machine,
    /// in place of any before it.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn renew_local_token(&self, name: &str) -> Result<NewToken, Error> {
        let token = NewToken::generate(TokenKind::Api, self.random.as_ref());
        let kept = ApiToken {
            id: TokenId(self.new_id()),
            hash: token.hash(),
            name: name.to_owned(),
            owner: None,
            scope: Scope::default(),
            created_at: self.clock.now(),
            expires_at: None,
            used: None,
        };
        let actor = Actor::process("serve", Origin::local());
        let audit = self.audit(&actor, "token.renew", name.to_owned());
        self.store.replace_api_token(&kept, &audit).await?;
        Ok(token)
    }

    /// A user without any right; both faults are told at once.
    pub(super) fn new_user(
        &self,
        name: Result<String, crate::FieldError>,
        password: PasswordInput,
    ) -> Result<User, Error> {
        match (name, password.into_hash(self.random.as_ref())) {
            (Ok(name), Ok(password)) => Ok(User {
                id: UserId(self.new_id()),
                name,
                password: Some(password),
                administrator: false,
                roles: BTreeMap::new(),
                elsewhere: None,
                disabled_at: None,
                created_at: self.clock.now(),
            }),
            (name, password) => {
                let faults = name.err().into_iter().chain(password.err());
                Err(Error::Invalid(faults.collect()))
            }
        }
    }
}
