//! A person who may sign in.

use std::collections::BTreeMap;

use jiff::Timestamp;
use uuid::Uuid;

use super::{PasswordHash, Rights, Role, shows_as_written};
use crate::domain::{ONE_LINE, WorkspaceId, WorkspaceName};
use crate::error::FieldError;

/// The identity of a user, never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UserId(pub Uuid);

/// A person who may sign in.
#[derive(Debug, Clone)]
pub struct User {
    /// The identity behind the name.
    pub id: UserId,
    /// The name to sign in with.
    pub name: String,
    /// The hash of the password; none for who signs in elsewhere.
    pub password: Option<PasswordHash>,
    /// Whether the user is a global administrator.
    pub administrator: bool,
    /// The roles in single workspaces; a global administrator needs none.
    pub roles: BTreeMap<WorkspaceId, Role>,
    /// Since when the user may not sign in any more.
    pub disabled_at: Option<Timestamp>,
    /// When the user was made.
    pub created_at: Timestamp,
}

impl User {
    /// What a name looks like (ECMA-262); `.` and `..` are none.
    pub const PATTERN: &str = ONE_LINE;
    /// The most characters of a name.
    pub const MOST: usize = 64;

    /// What the user may do, and where.
    pub fn rights(&self) -> Rights {
        match (self.disabled_at, self.administrator) {
            (Some(_), _) => Rights::none(),
            (None, true) => Rights::administrator(),
            (None, false) => Rights::in_workspaces(self.roles.clone()),
        }
    }

    /// Takes a name as typed; surrounding white space does not count.
    ///
    /// # Errors
    /// A fault of the field `name` that says what a name may be.
    pub fn parse_name(text: &str) -> Result<String, FieldError> {
        let name = text.trim();
        let fits = !name.is_empty() && name.chars().count() <= Self::MOST;
        // These have a meaning of their own in addresses.
        if fits && shows_as_written(name) && name != "." && name != ".." {
            return Ok(name.to_owned());
        }
        let most = Self::MOST;
        let message = format!("choose a user name of 1 to {most} characters");
        Err(FieldError::new("name", message))
    }
}

/// What can be changed about a user.
#[derive(Debug, Clone)]
pub enum UserChange {
    /// May not sign in any more, from this moment on; every session ends.
    Disable(Timestamp),
    /// May sign in again.
    Enable,
    /// Is a global administrator, or not.
    Administrator(bool),
    /// Has a new password; every session ends.
    Password(PasswordHash),
}

/// Somebody with a role in a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The user's name.
    pub name: String,
    /// What the user may do there.
    pub role: Role,
    /// Whether the user may not sign in any more.
    pub disabled: bool,
}

/// The names of workspaces that something refers to.
pub type WorkspaceNames = BTreeMap<WorkspaceId, WorkspaceName>;
