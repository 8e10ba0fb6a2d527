//! Tokens for the REST API.

use jiff::Timestamp;
use uuid::Uuid;

use super::{Scope, TokenHash, UserId};

/// The identity of an API token, by which it can be revoked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TokenId(pub Uuid);

/// A token for the REST API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiToken {
    /// The identity, which is no secret.
    pub id: TokenId,
    /// The hash of the token.
    pub hash: TokenHash,
    /// What it is called; unique among its owner's.
    pub name: String,
    /// Whose it is, by identity and name; none for a token of the installation
    /// itself.
    pub owner: Option<(UserId, String)>,
    /// What it leaves of its owner's rights.
    pub scope: Scope,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it stops working; none for one that does not.
    pub expires_at: Option<Timestamp>,
    /// When and from where it was last used, to the minute.
    pub used: Option<(Timestamp, String)>,
}

/// Whose tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokensOf {
    /// All there are.
    Anybody,
    /// One user's.
    User(UserId),
}
