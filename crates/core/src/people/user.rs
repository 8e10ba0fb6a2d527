//! A person who may sign in.

use std::collections::BTreeMap;

use jiff::Timestamp;
use uuid::Uuid;

use super::{Elsewhere, GroupRights, PasswordHash, Rights, Role, shows_as_written};
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
    /// Whether the user was made a global administrator by hand.
    pub administrator: bool,
    /// The roles in single workspaces that were given by hand.
    pub roles: BTreeMap<WorkspaceId, Role>,
    /// How an identity provider knows the user, and what its groups give.
    pub elsewhere: Option<Elsewhere>,
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

    /// The user at `now`: what groups gave and nobody renewed since is gone.
    #[must_use]
    pub(crate) fn at(mut self, now: Timestamp) -> Self {
        if let Some(elsewhere) = self.elsewhere.as_mut().filter(|known| known.until <= now) {
            elsewhere.rights = GroupRights::default();
        }
        self
    }

    /// Whether the user is a global administrator, by hand or by a group.
    pub fn is_administrator(&self) -> bool {
        let by_group = self.elsewhere.as_ref();
        self.administrator || by_group.is_some_and(|known| known.rights.administrator)
    }

    /// The roles in single workspaces: of one given by hand and one of a group the
    /// higher. A global administrator needs none.
    pub fn effective_roles(&self) -> BTreeMap<WorkspaceId, Role> {
        let mut roles = self.roles.clone();
        let by_group = self.elsewhere.iter().flat_map(|known| &known.rights.roles);
        for (workspace, role) in by_group {
            let held = roles.entry(*workspace).or_insert(*role);
            *held = (*role).max(*held);
        }
        roles
    }

    /// What the user may do, and where.
    pub fn rights(&self) -> Rights {
        match (self.disabled_at, self.is_administrator()) {
            (Some(_), _) => Rights::none(),
            (None, true) => Rights::administrator(),
            (None, false) => Rights::in_workspaces(self.effective_roles()),
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
    /// What the user may do there: of the roles below the higher.
    pub role: Role,
    /// The role that a group of the identity provider gives.
    pub by_group: Option<Role>,
    /// Whether a role was given by hand.
    pub by_hand: bool,
    /// Whether the user may not sign in any more.
    pub disabled: bool,
}

/// The names of workspaces that something refers to.
pub type WorkspaceNames = BTreeMap<WorkspaceId, WorkspaceName>;

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: WorkspaceId = WorkspaceId(Uuid::from_u128(1));
    const THERE: WorkspaceId = WorkspaceId(Uuid::from_u128(2));

    fn user(by_hand: &[(WorkspaceId, Role)], rights: GroupRights) -> User {
        User {
            id: UserId(Uuid::from_u128(9)),
            name: "ada".to_owned(),
            password: None,
            administrator: false,
            roles: by_hand.iter().copied().collect(),
            elsewhere: Some(Elsewhere {
                issuer: "https://example.com".to_owned(),
                rights,
                until: Timestamp::UNIX_EPOCH,
            }),
            disabled_at: None,
            created_at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn what_a_group_gives_stands_beside_what_was_given_by_hand() {
        let rights = GroupRights {
            administrator: false,
            roles: BTreeMap::from([(HERE, Role::Operator), (THERE, Role::Viewer)]),
        };
        let user = user(&[(HERE, Role::Viewer), (THERE, Role::Admin)], rights);
        let roles = user.rights();
        assert_eq!(roles.role_in(HERE), Some(Role::Operator));
        assert_eq!(roles.role_in(THERE), Some(Role::Admin));
        // Once it was not renewed in time, what was given by hand is left.
        let later = user.at(Timestamp::UNIX_EPOCH);
        assert_eq!(later.rights().role_in(HERE), Some(Role::Viewer));
    }

    #[test]
    fn a_group_can_make_a_global_administrator_for_a_time() {
        let rights = GroupRights {
            administrator: true,
            roles: BTreeMap::new(),
        };
        let user = user(&[], rights);
        assert!(user.rights().is_administrator());
        let disabled = User {
            disabled_at: Some(Timestamp::UNIX_EPOCH),
            ..user.clone()
        };
        assert!(!disabled.rights().is_administrator());
        assert!(!user.at(Timestamp::UNIX_EPOCH).rights().is_administrator());
    }
}
