//! Add a workspace.

use super::Commissary;
use crate::domain::{Workspace, WorkspaceId, WorkspaceName};
use crate::people::Actor;
use crate::ports::StoreError;
use crate::{Action, Error, authorize};

impl Commissary {
    /// Adds an empty workspace.
    ///
    /// # Errors
    /// The name is not one or is taken; the actor may not.
    pub async fn create_workspace(&self, actor: &Actor, name: &str) -> Result<Workspace, Error> {
        authorize(actor, Action::CreateWorkspace, None)?;
        let name = WorkspaceName::parse(name).map_err(|fault| Error::Invalid(vec![fault]))?;
        let workspace = Workspace {
            id: WorkspaceId(self.new_id()),
            name,
            created_at: self.clock.now(),
        };
        let target = workspace.name.to_string();
        let audit = self.audit_in(actor, "workspace.create", workspace.id, target);
        match self.store.insert_workspace(&workspace, &audit).await {
            Ok(()) => Ok(workspace),
            Err(StoreError::NameTaken) => Err(Error::NameTaken {
                what: "workspace",
                name: workspace.name.to_string(),
            }),
            Err(error) => Err(error.into()),
        }
    }
}
