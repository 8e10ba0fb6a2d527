//! API tokens: who asks, make, list, revoke.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::Listed;
use super::sessions::NOTED_EVERY;
use super::sign_in::Refusal;
use crate::domain::{ONE_LINE, Page, PageRequest};
use crate::error::FieldError;
use crate::people::{
    Actor, ApiToken, NewToken, Origin, PasswordInput, Role, Scope, SessionId, SignInFrom,
    TokenHash, TokenId, TokenKind, TokensOf, Who, shows_as_written,
};
use crate::ports::StoreError;
use crate::{Action, Commissary, Error, authorize};

/// How long a token works unless it is said otherwise.
const TOKEN_LIFE: SignedDuration = SignedDuration::from_hours(90 * 24);

/// When a token stops working.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Expiry {
    /// After 90 days.
    #[default]
    Usual,
    /// After so long.
    In(SignedDuration),
    /// Then.
    At(Timestamp),
    /// When it is revoked.
    Never,
}

/// A token as it is asked for.
#[derive(Debug, Clone, Default)]
pub struct NewApiToken {
    /// What it is called.
    pub name: String,
    /// Whether it may only read.
    pub read_only: bool,
    /// The highest role that it has in any workspace.
    pub most: Option<Role>,
    /// The only workspaces that it sees.
    pub workspaces: Option<Vec<String>>,
    /// When it stops working.
    pub expiry: Expiry,
}

impl NewApiToken {
    /// What a name looks like (ECMA-262).
    pub const PATTERN: &str = ONE_LINE;
    /// The most characters of a name.
    pub const MOST: usize = 64;
}

impl Commissary {
    /// Who an API token belongs to.
    ///
    /// # Errors
    /// [`Error::NotSignedIn`] when the token is unknown or over, or its owner may
    /// not sign in any more.
    pub async fn actor_of_token(&self, token: &str, origin: Origin) -> Result<Actor, Error> {
        let hash = TokenHash::presented(TokenKind::Api, token).ok_or(Error::NotSignedIn)?;
        let found = self.store.api_token(&hash).await?;
        let (token, owner) = found.ok_or(Error::NotSignedIn)?;
        let now = self.clock.now();
        let owner = owner.map(|owner| owner.at(now));
        let is_over = token.expires_at.is_some_and(|end| end <= now);
        if is_over || owner.as_ref().is_some_and(|o| o.disabled_at.is_some()) {
            return Err(Error::NotSignedIn);
        }
        let noted = token.used.as_ref().map(|(at, _)| *at);
        if noted.is_none_or(|at| at + NOTED_EVERY <= now) {
            let from = &origin.address;
            self.store.api_token_used(token.id, now, from).await?;
        }
        Ok(Actor::token(token, owner.as_ref(), origin))
    }

    /// Makes a token for the actor. One that is made with a token reaches no
    /// further and lives no longer than that.
    ///
    /// # Errors
    /// The name is none or taken, a workspace cannot be seen, the expiry is past
    /// or too late, the actor may not.
    pub async fn create_token(
        &self,
        actor: &Actor,
        new: NewApiToken,
    ) -> Result<(NewToken, Listed<ApiToken>), Error> {
        authorize(actor, Action::ChangeOwnAccount, None)?;
        let mut faults = Vec::new();
        let name = new.name.trim();
        let fits = !name.is_empty() && name.chars().count() <= NewApiToken::MOST;
        if !fits || !shows_as_written(name) {
            let most = NewApiToken::MOST;
            let message = format!("give the token a name of 1 to {most} characters");
            faults.push(FieldError::new("name", message));
        }
        let now = self.clock.now();
        let expires_at = match new.expiry {
            Expiry::Usual => now.checked_add(TOKEN_LIFE).ok(),
            Expiry::In(life) => now.checked_add(life).ok(),
            Expiry::At(at) => Some(at),
            Expiry::Never => None,
        };
        if expires_at.is_some_and(|at| at <= now) {
            let message = "this moment is past; choose a later one";
            faults.push(FieldError::new("expiresAt", message));
        }
        let (owner, outer, latest) = match actor.who() {
            Who::User { id, name, .. } => (Some((*id, name.clone())), Scope::default(), None),
            Who::Token {
                owner,
                scope,
                expires_at,
                ..
            } => (owner.clone(), scope.clone(), *expires_at),
            Who::Process(_) | Who::Anonymous => return Err(Error::NotSignedIn),
        };
        // Left open, it lives as long as the token that it is made with.
        let expires_at = match (new.expiry, expires_at, latest) {
            (Expiry::Usual, Some(at), Some(latest)) => Some(at.min(latest)),
            (_, at, _) => at,
        };
        if latest.is_some_and(|latest| expires_at.is_none_or(|at| at > latest)) {
            let message = "a token cannot live longer than the one that it is made with; choose an earlier moment, or make it in the console";
            faults.push(FieldError::new("expiresAt", message));
        }
        let workspaces = match &new.workspaces {
            None => None,
            Some(names) => Some(self.seen(actor, names, &mut faults).await?),
        };
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        let scope = Scope {
            read_only: new.read_only,
            most: new.most,
            workspaces,
        };
        let made = NewToken::generate(TokenKind::Api, self.random.as_ref());
        let token = ApiToken {
            id: TokenId(self.new_id()),
            hash: made.hash(),
            name: name.to_owned(),
            owner,
            scope: scope.within(&outer),
            created_at: now,
            expires_at,
            used: None,
        };
        let audit = self.audit(actor, "token.create", token.name.clone());
        match self.store.insert_api_token(&token, &audit).await {
            Ok(()) => Ok((made, self.named(vec![token], None).await?)),
            Err(StoreError::NameTaken) => Err(Error::NameTaken {
                what: "token",
                name: token.name,
            }),
            Err(error) => Err(error.into()),
        }
    }

    /// Makes a token for whoever has the password, as the command line does.
    ///
    /// # Errors
    /// As [`Self::sign_in`] and [`Self::create_token`].
    pub async fn log_in(
        &self,
        name: &str,
        password: PasswordInput,
        new: NewApiToken,
        from: SignInFrom,
    ) -> Result<(NewToken, Listed<ApiToken>), Error> {
        let proven = self.prove(name, password, &from, Refusal::SIGN_IN).await?;
        let now = self.clock.now();
        let places = from.places();
        self.store
            .forgive(&proven.gates, proven.user.id, &places, now)
            .await?;
        let nothing = SessionId(uuid::Uuid::nil());
        let actor = Actor::user(&proven.user.at(now), nothing, from.origin);
        self.create_token(&actor, new).await
    }

    /// One's own tokens, or all for a global administrator, the oldest first.
    ///
    /// # Errors
    /// The actor may not, or the store cannot be read.
    pub async fn list_tokens(
        &self,
        actor: &Actor,
        page: &PageRequest,
    ) -> Result<Listed<ApiToken>, Error> {
        authorize(actor, Action::ReadOwnAccount, None)?;
        match whose(actor) {
            None => self.named(Vec::new(), None).await,
            Some(of) => {
                let page = self.store.api_tokens(of, page).await?;
                self.named(page.items, page.next).await
            }
        }
    }

    /// One's own tokens and nobody else's, whoever one is.
    ///
    /// # Errors
    /// The actor may not, or the store cannot be read.
    pub async fn list_own_tokens(&self, actor: &Actor) -> Result<Listed<ApiToken>, Error> {
        authorize(actor, Action::ReadOwnAccount, None)?;
        let Some(user) = actor.user_id() else {
            return self.named(Vec::new(), None).await;
        };
        let of = TokensOf::User(user);
        let mut page = self.store.api_tokens(of, &PageRequest::first()).await?;
        let mut tokens = std::mem::take(&mut page.items);
        while let Some(next) = page.following() {
            page = self.store.api_tokens(of, &next).await?;
            tokens.append(&mut page.items);
        }
        self.named(tokens, None).await
    }

    /// Revokes a token that the actor can see.
    ///
    /// # Errors
    /// There is none of that id, or the actor may not.
    pub async fn revoke_token(&self, actor: &Actor, id: TokenId) -> Result<(), Error> {
        authorize(actor, Action::ChangeOwnAccount, None)?;
        let missing = || Error::NotFound {
            what: "token",
            name: id.0.to_string(),
        };
        let of = whose(actor).ok_or_else(missing)?;
        let audit = self.audit(actor, "token.revoke", id.0.to_string());
        match self.store.delete_api_token(id, of, &audit).await {
            Err(StoreError::Gone) => Err(missing()),
            other => Ok(other?),
        }
    }

    /// Revokes the token that the request came with, whatever its scope.
    ///
    /// # Errors
    /// The request came without one.
    pub async fn log_out(&self, actor: &Actor) -> Result<(), Error> {
        authorize(actor, Action::ReadOwnAccount, None)?;
        let Who::Token { id, name, .. } = actor.who() else {
            let message = "there is no token to revoke: you are signed in with the console";
            return Err(Error::Conflict(message.to_owned()));
        };
        let audit = self.audit(actor, "token.revoke", name.clone());
        let deleted = self.store.delete_api_token(*id, TokensOf::Anybody, &audit);
        match deleted.await {
            Err(StoreError::Gone) => Ok(()),
            other => Ok(other?),
        }
    }

    /// The workspaces that a scope names, which the actor must see.
    async fn seen(
        &self,
        actor: &Actor,
        names: &[String],
        faults: &mut Vec<FieldError>,
    ) -> Result<BTreeSet<crate::domain::WorkspaceId>, Error> {
        let mut found = BTreeSet::new();
        for name in names {
            match self.workspace_for(actor, Action::ReadWorkspace, name).await {
                Ok(workspace) => {
                    found.insert(workspace.id);
                }
                Err(error @ Error::NotFound { .. }) => {
                    faults.push(FieldError::new("workspaces", error.to_string()));
                }
                Err(error) => return Err(error),
            }
        }
        if names.is_empty() {
            let message = "name a workspace, or leave the limit out";
            faults.push(FieldError::new("workspaces", message));
        }
        Ok(found)
    }

    async fn named(
        &self,
        items: Vec<ApiToken>,
        next: Option<String>,
    ) -> Result<Listed<ApiToken>, Error> {
        let workspaces = self
            .names(&items, |token| token.scope.workspaces.iter().flatten())
            .await?;
        let page = Page { items, next };
        Ok(Listed { page, workspaces })
    }
}

/// Whose tokens an actor sees.
fn whose(actor: &Actor) -> Option<TokensOf> {
    match actor.rights().is_administrator() {
        true => Some(TokensOf::Anybody),
        false => actor.user_id().map(TokensOf::User),
    }
}
