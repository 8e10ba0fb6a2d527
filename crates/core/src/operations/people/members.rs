//! The people of a workspace.

use super::users::no_user;
use crate::domain::{Page, PageRequest, WorkspaceId};
use crate::people::{Actor, Member, Role, User};
use crate::ports::StoreError;
use crate::{Action, Commissary, Error};

impl Commissary {
    /// Who has a role in a workspace, by name. Global administrators are not
    /// among them unless they were given one.
    ///
    /// # Errors
    /// The workspace is not there, or the actor may not.
    pub async fn list_members(
        &self,
        actor: &Actor,
        workspace: &str,
        page: &PageRequest,
    ) -> Result<Page<Member>, Error> {
        let workspace = self
            .workspace_for(actor, Action::ReadMembers, workspace)
            .await?;
        let now = self.clock.now();
        Ok(self.store.members(workspace.id, page, now).await?)
    }

    /// Gives a user a role in a workspace, in place of any before it.
    ///
    /// # Errors
    /// The workspace or the user is not there, or the actor may not.
    pub async fn set_member(
        &self,
        actor: &Actor,
        workspace: &str,
        user: &str,
        role: Role,
    ) -> Result<Member, Error> {
        let workspace = self
            .workspace_for(actor, Action::ManageMembers, workspace)
            .await?;
        let found = self.find_user(user).await?.at(self.clock.now());
        let by_group = by_group(&found, workspace.id);
        let target = format!("{}/{} as {role}", workspace.name, found.name);
        let audit = self.audit_in(actor, "member.set", workspace.id, target);
        match self
            .store
            .set_role(workspace.id, found.id, Some(role), &audit)
            .await
        {
            Ok(()) => Ok(Member {
                role: by_group.map_or(role, |by_group| by_group.max(role)),
                by_group,
                by_hand: true,
                name: found.name,
                disabled: found.disabled_at.is_some(),
            }),
            Err(StoreError::Gone) => Err(no_user(user)),
            Err(error) => Err(error.into()),
        }
    }

    /// Takes a user's role in a workspace.
    ///
    /// # Errors
    /// The workspace is not there, the user has no role in it, or the actor may not.
    pub async fn remove_member(
        &self,
        actor: &Actor,
        workspace: &str,
        user: &str,
    ) -> Result<(), Error> {
        let workspace = self
            .workspace_for(actor, Action::ManageMembers, workspace)
            .await?;
        let missing = || Error::NotFound {
            what: "member",
            name: user.to_owned(),
        };
        let found = self.store.user(user.trim()).await?.ok_or_else(missing)?;
        let target = format!("{}/{}", workspace.name, found.name);
        let audit = self.audit_in(actor, "member.remove", workspace.id, target);
        match self
            .store
            .set_role(workspace.id, found.id, None, &audit)
            .await
        {
            Err(StoreError::Gone) => match by_group(&found.at(self.clock.now()), workspace.id) {
                Some(role) => Err(Error::Conflict(format!(
                    "the role {role} of `{user}` comes from a group of the identity provider; take them out of the group there, or disable the user"
                ))),
                None => Err(missing()),
            },
            other => Ok(other?),
        }
    }
}

/// The role that a group gives to a user in a workspace.
fn by_group(user: &User, workspace: WorkspaceId) -> Option<Role> {
    let known = user.elsewhere.as_ref()?;
    known.rights.roles.get(&workspace).copied()
}
