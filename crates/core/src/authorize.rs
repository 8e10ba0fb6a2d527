//! Who may do what: the one place that decides.

use crate::domain::Workspace;
use crate::error::Error;
use crate::people::{Actor, Reach, Role, Who};

/// What an operation is about to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Add a workspace.
    CreateWorkspace,
    /// See which workspaces there are, as far as one has a role in them.
    ListWorkspaces,
    /// See a workspace.
    ReadWorkspace,
    /// Remove a workspace.
    DeleteWorkspace,
    /// Add an infrastructure provider to a workspace.
    AddProvider,
    /// See the infrastructure providers of a workspace and their reports.
    ReadProvider,
    /// Change the settings or the keys of an infrastructure provider.
    UpdateProvider,
    /// Run the verification ladder for a provider.
    CheckProvider,
    /// Remove an infrastructure provider.
    DeleteProvider,
    /// Read the whole audit log.
    ReadAudit,
    /// Read what the audit log has of a workspace.
    ReadWorkspaceAudit,
    /// See how the installation stands, in numbers that name nobody.
    ReadVitals,
    /// Send a request again and hear what was answered.
    RepeatRequests,
    /// See the management clusters and how they stand.
    ReadClusters,
    /// Have an infrastructure provider delivered to a management cluster, in another way or at
    /// once.
    DeliverProvider,
    /// Add, change, check and remove management clusters.
    ManageClusters,
    /// See which namespaces of management clusters are a workspace's.
    ReadNamespaces,
    /// Say which namespaces of management clusters are a workspace's.
    SetNamespaces,
    /// See which root keys seal the secrets.
    ReadRootKey,
    /// Replace the root key that seals the secrets.
    RotateRootKey,
    /// See all users.
    ListUsers,
    /// Invite, disable, enable and delete users; say who is a global administrator.
    ManageUsers,
    /// See who has a role in a workspace.
    ReadMembers,
    /// Give and take roles in a workspace, and invite people to it.
    ManageMembers,
    /// See the invitations that one made; a global administrator sees all.
    ListInvitations,
    /// Take back an invitation that one may see.
    RevokeInvitation,
    /// See one's own sessions and tokens; a global administrator sees all tokens.
    ReadOwnAccount,
    /// Change one's password, end one's sessions, make and revoke one's tokens.
    ChangeOwnAccount,
}

/// Who may do an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Needs {
    /// Everybody who is signed in.
    SignedIn,
    /// Whoever has this role, or a higher one, in the workspace.
    Role(Role),
    /// Whoever sees every workspace: global administrators, and their tokens
    /// without their other rights.
    Everywhere,
    /// Global administrators.
    Administrator,
}

/// What an action does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    /// It only reads.
    Reads,
    /// It changes something, or has something done in the world.
    Changes,
}

impl Action {
    /// The table: the action as a verb phrase, who may, and what it does.
    fn row(self) -> (&'static str, Needs, Effect) {
        use Effect::{Changes, Reads};
        use Needs::{Administrator, Everywhere, SignedIn};
        const VIEWER: Needs = Needs::Role(Role::Viewer);
        const OPERATOR: Needs = Needs::Role(Role::Operator);
        const ADMIN: Needs = Needs::Role(Role::Admin);
        match self {
            Self::CreateWorkspace => ("create workspaces", Administrator, Changes),
            Self::ListWorkspaces => ("list workspaces", SignedIn, Reads),
            Self::ReadWorkspace => ("see this workspace", VIEWER, Reads),
            Self::DeleteWorkspace => ("delete workspaces", Administrator, Changes),
            Self::AddProvider => ("add infrastructure providers", OPERATOR, Changes),
            Self::ReadProvider => ("see infrastructure providers", VIEWER, Reads),
            Self::UpdateProvider => ("change infrastructure providers", OPERATOR, Changes),
            Self::CheckProvider => ("check infrastructure providers", OPERATOR, Changes),
            Self::DeleteProvider => ("delete infrastructure providers", OPERATOR, Changes),
            Self::DeliverProvider => ("deliver infrastructure providers", OPERATOR, Changes),
            Self::ReadAudit => ("read the whole audit log", Administrator, Reads),
            Self::ReadVitals => ("read the metrics", Everywhere, Reads),
            Self::RepeatRequests => ("send requests again", SignedIn, Reads),
            Self::ReadClusters => ("see management clusters", Everywhere, Reads),
            Self::ManageClusters => ("decide about management clusters", Administrator, Changes),
            Self::ReadNamespaces => ("see the namespaces of this workspace", VIEWER, Reads),
            Self::SetNamespaces => ("decide about namespaces", Administrator, Changes),
            Self::ReadRootKey => ("see the root keys", Administrator, Reads),
            Self::RotateRootKey => ("replace the root key", Administrator, Changes),
            Self::ReadWorkspaceAudit => ("read this workspace's audit log", ADMIN, Reads),
            Self::ListUsers => ("see all users", Administrator, Reads),
            Self::ManageUsers => ("decide about users", Administrator, Changes),
            Self::ReadMembers => ("see the people of this workspace", VIEWER, Reads),
            Self::ManageMembers => ("decide about people here", ADMIN, Changes),
            Self::ListInvitations => ("list invitations", SignedIn, Reads),
            Self::RevokeInvitation => ("take back invitations", SignedIn, Changes),
            Self::ReadOwnAccount => ("see your account", SignedIn, Reads),
            Self::ChangeOwnAccount => ("change your account", SignedIn, Changes),
        }
    }

    /// What it takes, for example `a global administrator`.
    pub fn takes(self) -> &'static str {
        self.row().1.phrase()
    }

    /// Whether somebody who sees what it is about may be refused it.
    pub fn may_be_forbidden(self) -> bool {
        let (_, needs, effect) = self.row();
        let read_by_all = matches!(needs, Needs::SignedIn | Needs::Role(Role::Viewer));
        effect == Effect::Changes || !read_by_all
    }
}

impl Needs {
    fn phrase(self) -> &'static str {
        match self {
            Self::SignedIn => "somebody who is signed in",
            Self::Role(Role::Viewer) => "the role viewer in the workspace",
            Self::Role(Role::Operator) => "the role operator in the workspace",
            Self::Role(Role::Admin) => "the role admin in the workspace",
            Self::Everywhere => "a role in every workspace",
            Self::Administrator => "a global administrator",
        }
    }
}

/// Decides whether `actor` may do `action`, in `workspace` where the action has one.
///
/// # Errors
/// [`Error::NotSignedIn`] for nobody in particular; [`Error::NotFound`] for a
/// workspace that the actor has no role in, which is then not told from one that
/// is not there; [`Error::Forbidden`] for what it sees and may not do.
pub fn authorize(
    actor: &Actor,
    action: Action,
    workspace: Option<&Workspace>,
) -> Result<(), Error> {
    if *actor.who() == Who::Anonymous {
        return Err(Error::NotSignedIn);
    }
    let rights = actor.rights();
    let role = match workspace {
        None => None,
        Some(workspace) => match rights.role_in(workspace.id) {
            None => return Err(Error::no_workspace(workspace.name.as_str())),
            role => role,
        },
    };
    let (phrase, needs, effect) = action.row();
    let forbidden = |takes| {
        Err(Error::Forbidden {
            action: phrase,
            takes,
        })
    };
    match needs {
        // Without a workspace there is no role in it: the answer is no.
        Needs::Role(least) if role < Some(least) => forbidden(needs.phrase()),
        Needs::Everywhere if !matches!(rights.reach(), Reach::Everywhere(_)) => {
            forbidden(needs.phrase())
        }
        Needs::Administrator if !rights.is_administrator() => forbidden(needs.phrase()),
        _ if effect == Effect::Changes && rights.is_read_only() => {
            forbidden("a token that may do more than read")
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use jiff::Timestamp;
    use uuid::Uuid;

    use super::*;
    use crate::domain::{WorkspaceId, WorkspaceName};
    use crate::people::{Origin, Rights, Scope, SessionId, UserId};

    fn workspace(id: u128) -> Workspace {
        Workspace {
            id: WorkspaceId(Uuid::from_u128(id)),
            name: WorkspaceName::parse("team-a").unwrap(),
            created_at: Timestamp::UNIX_EPOCH,
        }
    }

    fn with(rights: Rights) -> Actor {
        let who = Who::User {
            id: UserId(Uuid::from_u128(9)),
            name: "ada".to_owned(),
            session: SessionId(Uuid::from_u128(8)),
        };
        Actor::new(who, rights, Origin::local())
    }

    fn member(role: Role) -> Actor {
        with(Rights::in_workspaces(BTreeMap::from([(
            workspace(1).id,
            role,
        )])))
    }

    #[test]
    fn nobody_anonymous_may_read_even_a_list() {
        let nobody = Actor::anonymous(Origin::local());
        for at in [None, Some(&workspace(1))] {
            let refused = authorize(&nobody, Action::ListWorkspaces, at);
            assert!(matches!(refused, Err(Error::NotSignedIn)));
        }
    }

    #[test]
    fn a_workspace_without_a_role_is_not_found_whatever_is_asked() {
        for action in [
            Action::ReadProvider,
            Action::DeleteWorkspace,
            Action::ListWorkspaces,
        ] {
            for role in Role::ALL {
                let refused = authorize(&member(role), action, Some(&workspace(2)));
                assert!(matches!(refused, Err(Error::NotFound { .. })), "{action:?}");
            }
        }
    }

    #[test]
    fn a_role_may_do_what_those_before_it_may() {
        for (action, least) in [
            (Action::ReadProvider, Role::Viewer),
            (Action::AddProvider, Role::Operator),
            (Action::ReadWorkspaceAudit, Role::Admin),
        ] {
            for role in Role::ALL {
                let answer = authorize(&member(role), action, Some(&workspace(1)));
                assert_eq!(answer.is_ok(), role >= least, "{action:?} {role}");
                assert!(!matches!(answer, Err(Error::NotFound { .. })));
            }
        }
    }

    #[test]
    fn a_role_counts_in_its_workspace_and_nowhere_else() {
        let admin = member(Role::Admin);
        for action in [
            Action::ReadProvider,
            Action::CreateWorkspace,
            Action::ReadAudit,
        ] {
            let refused = authorize(&admin, action, None);
            assert!(
                matches!(refused, Err(Error::Forbidden { .. })),
                "{action:?}"
            );
        }
    }

    #[test]
    fn a_token_that_only_reads_reads_all_and_changes_nothing() {
        let reading = Scope {
            read_only: true,
            ..Scope::default()
        };
        let actor = with(Rights::administrator().narrowed(&reading));
        let at = workspace(1);
        assert!(authorize(&actor, Action::ReadAudit, None).is_ok());
        assert!(authorize(&actor, Action::ReadProvider, Some(&at)).is_ok());
        for action in [Action::CheckProvider, Action::DeleteWorkspace] {
            let refused = authorize(&actor, action, Some(&at));
            assert!(
                matches!(refused, Err(Error::Forbidden { .. })),
                "{action:?}"
            );
        }
    }
}
