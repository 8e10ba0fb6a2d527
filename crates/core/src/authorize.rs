//! Who may do what: the one place that decides.

use crate::domain::WorkspaceId;
use crate::error::Error;
use crate::people::{Actor, ActorKind};

/// What an operation is about to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Add a workspace.
    CreateWorkspace,
    /// See workspaces.
    ReadWorkspace,
    /// Remove a workspace.
    DeleteWorkspace,
    /// Add an infrastructure provider to a workspace.
    AddProvider,
    /// See the infrastructure providers of a workspace and their reports.
    ReadProvider,
    /// Run the verification ladder for a provider.
    CheckProvider,
    /// Remove an infrastructure provider.
    DeleteProvider,
    /// Read the audit log.
    ReadAudit,
}

impl Action {
    /// The action as a verb phrase, for sentences and the audit log.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::CreateWorkspace => "create workspaces",
            Self::ReadWorkspace => "see workspaces",
            Self::DeleteWorkspace => "delete workspaces",
            Self::AddProvider => "add infrastructure providers",
            Self::ReadProvider => "see infrastructure providers",
            Self::CheckProvider => "check infrastructure providers",
            Self::DeleteProvider => "delete infrastructure providers",
            Self::ReadAudit => "read the audit log",
        }
    }
}

/// Decides whether `actor` may do `action`, in `workspace` where the action has one.
///
/// # Errors
/// [`Error::Forbidden`] when it may not.
pub fn authorize(
    actor: &Actor,
    action: Action,
    _workspace: Option<WorkspaceId>,
) -> Result<(), Error> {
    match actor.kind() {
        // The only person there is: the administrator of the whole installation.
        ActorKind::Administrator => Ok(()),
        // Signing in and out is all the product does on its own behalf.
        ActorKind::Anonymous => Err(Error::Forbidden {
            action: action.phrase(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_anonymous_may_read_even_a_list() {
        let refused = authorize(&Actor::anonymous(), Action::ReadWorkspace, None);
        assert!(matches!(refused, Err(Error::Forbidden { .. })));
    }
}
