//! See workspaces.

use super::Commissary;
use crate::domain::{Page, PageRequest, Workspace};
use crate::people::Actor;
use crate::{Action, Error, authorize};

impl Commissary {
    /// The workspaces that the actor may see, by name.
    ///
    /// # Errors
    /// The actor may not, or the store cannot be read.
    pub async fn list_workspaces(
        &self,
        actor: &Actor,
        page: &PageRequest,
    ) -> Result<Page<Workspace>, Error> {
        authorize(actor, Action::ListWorkspaces, None)?;
        Ok(self.store.workspaces(actor.rights().reach(), page).await?)
    }

    /// One workspace.
    ///
    /// # Errors
    /// There is none of that name, or the actor may not see it.
    pub async fn show_workspace(&self, actor: &Actor, name: &str) -> Result<Workspace, Error> {
        self.workspace_for(actor, Action::ReadWorkspace, name).await
    }
}
