//! The people of a workspace.

use super::users::no_user;
use crate::domain::{Page, PageRequest};
use crate::people::{Actor, Member, Role};
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
        Ok(self.store.members(workspace.id, page).await?)
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
        let found = self.find_user(user).await?;
        let target = format!("{}/{} as {role}", workspace.name, found.name);
        let audit = self.audit_in(actor, "member.set", workspace.id, target);
        match self
            .store
            .set_role(workspace.id, found.id, Some(role), &audit)
            .await
        {
            Ok(()) => Ok(Member {
                name: found.name,
                role,
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
            Err(StoreError::Gone) => Err(missing()),
            other => Ok(other?),
        }
    }
}
