//! Remove a workspace.

use super::Commissary;
use crate::people::Actor;
use crate::ports::StoreError;
use crate::{Action, Error};

impl Commissary {
    /// Removes a workspace that has no providers any more.
    ///
    /// # Errors
    /// It is not there, it still has providers, or the actor may not.
    pub async fn delete_workspace(&self, actor: &Actor, name: &str) -> Result<(), Error> {
        let workspace = self
            .workspace_for(actor, Action::DeleteWorkspace, name)
            .await?;
        let target = workspace.name.to_string();
        let audit = self.audit_in(actor, "workspace.delete", workspace.id, target);
        match self.store.delete_workspace(workspace.id, &audit).await {
            Err(StoreError::NotEmpty) => Err(Error::Conflict(format!(
                "the workspace `{name}` still has infrastructure providers; delete them first"
            ))),
            Err(StoreError::Gone) => Err(Error::no_workspace(name)),
            other => Ok(other?),
        }
    }
}
