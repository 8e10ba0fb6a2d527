//! A person with a password.

use std::collections::BTreeMap;

use jiff::Timestamp;
use uuid::Uuid;

use super::{PasswordHash, Rights, Role};
use crate::domain::WorkspaceId;

/// The identity of a user, never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    /// Whether the user is a global administrator.
    pub administrator: bool,
    /// The roles in single workspaces; a global administrator needs none.
    pub roles: BTreeMap<WorkspaceId, Role>,
    /// When the user was made.
    pub created_at: Timestamp,
}

impl User {
    /// What the user may do, and where.
    pub fn rights(&self) -> Rights {
        match self.administrator {
            true => Rights::administrator(),
            false => Rights::in_workspaces(self.roles.clone()),
        }
    }
}
