//! See workspaces.

use super::Commissary;
use crate::domain::{Page, PageRequest, Workspace, given};
use crate::people::Actor;
use crate::{Action, Error, authorize};

impl Commissary {
    /// The workspaces that the actor may see, by name; those with `search` in their name, if
    /// something is searched.
    ///
    /// # Errors
    /// The actor may not, or the store cannot be read.
    pub async fn list_workspaces(
        &self,
        actor: &Actor,
        search: Option<&str>,
        page: &PageRequest,
    ) -> Result<Page<Workspace>, Error> {
        authorize(actor, Action::ListWorkspaces, None)?;
        let reach = actor.rights().reach();
        Ok(self.store.workspaces(reach, given(search), page).await?)
    }

    /// One workspace.
    ///
    /// # Errors
    /// There is none of that name, or the actor may not see it.
    pub async fn show_workspace(&self, actor: &Actor, name: &str) -> Result<Workspace, Error> {
        self.workspace_for(actor, Action::ReadWorkspace, name).await
    }
}
