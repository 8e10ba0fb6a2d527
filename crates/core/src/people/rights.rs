//! What an actor may do and where, as far as it was given.

use std::collections::{BTreeMap, BTreeSet};

use super::Role;
use crate::domain::WorkspaceId;

/// The rights of an actor. [`crate::authorize`] is what asks them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rights {
    /// Whether it may do what concerns the whole installation.
    administrator: bool,
    reach: Reach,
    read_only: bool,
}

/// The workspaces that an actor sees, each with its role there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// Every workspace, those that will be made included, with this role.
    Everywhere(Role),
    /// These and no others.
    Only(BTreeMap<WorkspaceId, Role>),
}

/// What a token leaves of its owner's rights. The default leaves all of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scope {
    /// Whether it may only read.
    pub read_only: bool,
    /// The highest role that it has in any workspace; with one it is no global
    /// administrator's token.
    pub most: Option<Role>,
    /// The only workspaces that it sees; with these it is no global
    /// administrator's token.
    pub workspaces: Option<BTreeSet<WorkspaceId>>,
}

impl Scope {
    /// The scope of something made under the scope `outer`: never more than it.
    #[must_use]
    pub fn within(self, outer: &Self) -> Self {
        let workspaces = match (self.workspaces, &outer.workspaces) {
            (Some(own), Some(outer)) => Some(own.intersection(outer).copied().collect()),
            (own, outer) => own.or_else(|| outer.clone()),
        };
        Self {
            read_only: self.read_only || outer.read_only,
            most: [self.most, outer.most].into_iter().flatten().min(),
            workspaces,
        }
    }
}

impl Rights {
    /// No right at all.
    pub fn none() -> Self {
        Self::in_workspaces(BTreeMap::new())
    }

    /// The rights of a global administrator.
    pub fn administrator() -> Self {
        Self {
            administrator: true,
            reach: Reach::Everywhere(Role::Admin),
            read_only: false,
        }
    }

    /// A role in each of these workspaces.
    pub fn in_workspaces(roles: BTreeMap<WorkspaceId, Role>) -> Self {
        Self {
            administrator: false,
            reach: Reach::Only(roles),
            read_only: false,
        }
    }

    /// What is left of the rights under a token's scope: never more.
    #[must_use]
    pub fn narrowed(self, scope: &Scope) -> Self {
        let capped = |role: Role| scope.most.map_or(role, |most| role.min(most));
        let reach = match (self.reach, &scope.workspaces) {
            (Reach::Everywhere(role), None) => Reach::Everywhere(capped(role)),
            (Reach::Everywhere(role), Some(named)) => {
                let with_role = |workspace: &WorkspaceId| (*workspace, capped(role));
                Reach::Only(named.iter().map(with_role).collect())
            }
            (Reach::Only(roles), named) => {
                let kept = |workspace: &WorkspaceId| {
                    named.as_ref().is_none_or(|named| named.contains(workspace))
                };
                let left = roles.into_iter().filter(|(workspace, _)| kept(workspace));
                Reach::Only(left.map(|(at, role)| (at, capped(role))).collect())
            }
        };
        Self {
            administrator: self.administrator && scope.most.is_none() && scope.workspaces.is_none(),
            reach,
            read_only: self.read_only || scope.read_only,
        }
    }

    /// Whether these are the rights of a global administrator.
    pub fn is_administrator(&self) -> bool {
        self.administrator
    }

    /// Whether nothing may be changed with them.
    pub fn is_read_only(&self) -> bool {
        self.read_only
    }

    /// The workspaces that can be seen.
    pub fn reach(&self) -> &Reach {
        &self.reach
    }

    /// The role in a workspace; none where it cannot be seen.
    pub fn role_in(&self, workspace: WorkspaceId) -> Option<Role> {
        match &self.reach {
            Reach::Everywhere(role) => Some(*role),
            Reach::Only(roles) => roles.get(&workspace).copied(),
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const HERE: WorkspaceId = WorkspaceId(Uuid::from_u128(1));
    const THERE: WorkspaceId = WorkspaceId(Uuid::from_u128(2));

    fn only(workspace: WorkspaceId) -> Option<BTreeSet<WorkspaceId>> {
        Some(BTreeSet::from([workspace]))
    }

    #[test]
    fn a_scope_takes_rights_and_never_gives_any() {
        let operator = || Rights::in_workspaces(BTreeMap::from([(HERE, Role::Operator)]));
        let admin_scope = Scope {
            most: Some(Role::Admin),
            ..Scope::default()
        };
        assert_eq!(
            operator().narrowed(&admin_scope).role_in(HERE),
            Some(Role::Operator)
        );
        let elsewhere = Scope {
            workspaces: only(THERE),
            ..Scope::default()
        };
        let left = operator().narrowed(&elsewhere);
        assert_eq!((left.role_in(HERE), left.role_in(THERE)), (None, None));
        assert_eq!(operator().narrowed(&Scope::default()), operator());
    }

    #[test]
    fn an_administrators_token_with_limits_administrates_nothing() {
        let here = Scope {
            workspaces: only(HERE),
            ..Scope::default()
        };
        let left = Rights::administrator().narrowed(&here);
        assert!(!left.is_administrator());
        assert_eq!(left.role_in(HERE), Some(Role::Admin));
        assert_eq!(left.role_in(THERE), None);
        let viewer = Scope {
            most: Some(Role::Viewer),
            ..Scope::default()
        };
        let left = Rights::administrator().narrowed(&viewer);
        assert!(!left.is_administrator());
        assert_eq!(left.role_in(THERE), Some(Role::Viewer));
        let reading = Scope {
            read_only: true,
            ..Scope::default()
        };
        let left = Rights::administrator().narrowed(&reading);
        assert!(left.is_administrator() && left.is_read_only());
    }
}
