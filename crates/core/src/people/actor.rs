//! Who asks.

use jiff::Timestamp;

use super::{ApiToken, Origin, Rights, Scope, SessionId, TokenId, User, UserId};

/// Who somebody is, and how that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// A person who signed in to the console.
    User {
        /// The identity behind the name.
        id: UserId,
        /// The user's name.
        name: String,
        /// The session that it is known by.
        session: SessionId,
    },
    /// A program with an API token.
    Token {
        /// The token's identity.
        id: TokenId,
        /// What the token is called.
        name: String,
        /// Whose it is: a user's identity and name; none for a token of the
        /// installation itself.
        owner: Option<(UserId, String)>,
        /// What it leaves of its owner's rights.
        scope: Scope,
        /// When it stops working; none for one that does not.
        expires_at: Option<Timestamp>,
    },
    /// The product on its own behalf, for example `serve` or `setup link`.
    Process(&'static str),
    /// Somebody who has not signed in.
    Anonymous,
}

/// Who asks for an operation, with which rights, and from where. Every operation
/// takes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    who: Who,
    name: String,
    rights: Rights,
    origin: Origin,
}

impl Actor {
    /// Somebody with the rights that were found.
    pub fn new(who: Who, rights: Rights, origin: Origin) -> Self {
        let name = match &who {
            Who::User { name, .. } => name.clone(),
            Who::Token {
                name, owner: None, ..
            } => format!("token {name}"),
            Who::Token {
                name,
                owner: Some((_, owner)),
                ..
            } => format!("{owner} (token {name})"),
            Who::Process(name) => (*name).to_owned(),
            Who::Anonymous => "anonymous".to_owned(),
        };
        Self {
            who,
            name,
            rights,
            origin,
        }
    }

    /// A user who signed in.
    pub fn user(user: &User, session: SessionId, origin: Origin) -> Self {
        let who = Who::User {
            id: user.id,
            name: user.name.clone(),
            session,
        };
        Self::new(who, user.rights(), origin)
    }

    /// A program with a token; `owner` is the user whose it is.
    pub fn token(token: ApiToken, owner: Option<&User>, origin: Origin) -> Self {
        let rights = owner.map_or_else(Rights::administrator, User::rights);
        let rights = rights.narrowed(&token.scope);
        let who = Who::Token {
            id: token.id,
            name: token.name,
            owner: token.owner,
            scope: token.scope,
            expires_at: token.expires_at,
        };
        Self::new(who, rights, origin)
    }

    /// The product on its own behalf, with every right.
    pub fn process(name: &'static str, origin: Origin) -> Self {
        Self::new(Who::Process(name), Rights::administrator(), origin)
    }

    /// Somebody who has not signed in.
    pub fn anonymous(origin: Origin) -> Self {
        Self::new(Who::Anonymous, Rights::none(), origin)
    }

    /// Who it is.
    pub fn who(&self) -> &Who {
        &self.who
    }

    /// The user behind it: who signed in, or the owner of the token.
    pub fn user_id(&self) -> Option<UserId> {
        match &self.who {
            Who::User { id, .. }
            | Who::Token {
                owner: Some((id, _)),
                ..
            } => Some(*id),
            Who::Token { owner: None, .. } | Who::Process(_) | Who::Anonymous => None,
        }
    }

    /// The name of the user behind it.
    pub fn user_name(&self) -> Option<&str> {
        match &self.who {
            Who::User { name, .. }
            | Who::Token {
                owner: Some((_, name)),
                ..
            } => Some(name),
            Who::Token { owner: None, .. } | Who::Process(_) | Who::Anonymous => None,
        }
    }

    /// The session that it is known by.
    pub fn session_id(&self) -> Option<SessionId> {
        match &self.who {
            Who::User { session, .. } => Some(*session),
            Who::Token { .. } | Who::Process(_) | Who::Anonymous => None,
        }
    }

    /// The name that the audit log shows.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it may do, and where.
    pub fn rights(&self) -> &Rights {
        &self.rights
    }

    /// Where the request came from.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }
}
