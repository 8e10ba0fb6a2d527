//! A person with a password.

use jiff::Timestamp;
use uuid::Uuid;

use super::PasswordHash;

/// The identity of a user, never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct UserId(pub Uuid);

/// A person who signs in with a password.
#[derive(Debug, Clone)]
pub struct User {
    /// The identity behind the name.
    pub id: UserId,
    /// The name to sign in with.
    pub name: String,
    /// The hash of the password.
    pub password: PasswordHash,
    /// When the user was made.
    pub created_at: Timestamp,
}
