//! The first run: the setup link, the first administrator, the local token.

use std::collections::BTreeMap;

use jiff::SignedDuration;

use super::Commissary;
use crate::Error;
use crate::error::FieldError;
use crate::people::{
    Actor, ApiToken, NewToken, Origin, PasswordInput, TokenHash, TokenKind, User, UserId,
};
use crate::ports::{SetupLink, StoreError};

/// How long a setup link works; a restart of `serve` makes a new one.
const SETUP_LINK_LIFE: SignedDuration = SignedDuration::from_hours(24);
/// The most characters of a user's name.
const MAX_USER_NAME: usize = 64;

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
        let presented = TokenHash::of(token);
        match self.store.setup_link().await? {
            Some(link) if link.hash == presented && link.expires_at > self.clock.now() => Ok(()),
            _ => Err(Error::NotSignedIn),
        }
    }

    /// Makes the first administrator; the link works no more.
    ///
    /// # Errors
    /// The link does not work, the name or the password is at fault.
    pub async fn complete_setup(
        &self,
        token: &str,
        origin: Origin,
        name: &str,
        password: PasswordInput,
    ) -> Result<(), Error> {
        self.check_setup(token).await?;
        let mut faults = Vec::new();
        let name = name.trim();
        if name.is_empty()
            || name.chars().count() > MAX_USER_NAME
            || name.contains(char::is_control)
        {
            let message = format!("choose a user name of 1 to {MAX_USER_NAME} characters");
            faults.push(FieldError::new("name", message));
        }
        let password = password.into_hash(self.random.as_ref());
        let password = password.map_err(|fault| faults.push(fault)).ok();
        let (Some(password), true) = (password, faults.is_empty()) else {
            return Err(Error::Invalid(faults));
        };
        let user = User {
            id: UserId(self.new_id()),
            name: name.to_owned(),
            password,
            administrator: true,
            roles: BTreeMap::new(),
            created_at: self.clock.now(),
        };
        let actor = Actor::process("setup link", origin);
        let audit = self.audit(&actor, "user.create", user.name.clone());
        match self
            .store
            .complete_setup(&TokenHash::of(token), &user, &audit)
            .await
        {
            Err(StoreError::Gone) => Err(Error::NotSignedIn),
            other => Ok(other?),
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
            hash: token.hash(),
            name: name.to_owned(),
            created_at: self.clock.now(),
        };
        let actor = Actor::process("serve", Origin::local());
        let audit = self.audit(&actor, "token.renew", name.to_owned());
        self.store.replace_api_token(&kept, &audit).await?;
        Ok(token)
    }
}
