//! Remove a workspace.

use super::Commissary;
use crate::domain::{NamespaceName, Workspace};
use crate::people::Actor;
use crate::ports::StoreError;
use crate::{Action, Error};

impl Commissary {
    /// Removes a workspace that has no providers and no namespaces any more.
    ///
    /// # Errors
    /// It is not there, it still has providers or namespaces, or the actor may not.
    pub async fn delete_workspace(&self, actor: &Actor, name: &str) -> Result<(), Error> {
        let workspace = self
            .workspace_for(actor, Action::DeleteWorkspace, name)
            .await?;
        let target = workspace.name.to_string();
        let audit = self.audit_in(actor, "workspace.delete", workspace.id, target);
        match self.store.delete_workspace(workspace.id, &audit).await {
            Err(StoreError::NotEmpty) => Err(self.not_empty(&workspace).await?),
            Err(StoreError::Gone) => Err(Error::no_workspace(name)),
            other => Ok(other?),
        }
    }

    /// What stands in the way, and what to do about it.
    async fn not_empty(&self, workspace: &Workspace) -> Result<Error, Error> {
        let counts = self.store.provider_counts(workspace.id).await?;
        let has_providers = counts.iter().any(|(_, count)| *count > 0);
        let providers =
            has_providers.then(|| "has infrastructure providers; delete them first".to_owned());
        let namespaces = self.store.namespaces(workspace.id).await?;
        let places: Vec<String> = namespaces
            .iter()
            .map(|at| {
                format!(
                    "{} in the management cluster `{}`",
                    quoted(&at.namespaces),
                    at.cluster
                )
            })
            .collect();
        let namespaces = (!places.is_empty()).then(|| {
            format!(
                "has the namespaces {}; take them away first",
                places.join(", ")
            )
        });
        let reasons: Vec<String> = providers.into_iter().chain(namespaces).collect();
        Ok(Error::Conflict(format!(
            "the workspace `{}` still {}",
            workspace.name,
            reasons.join(", and ")
        )))
    }
}

fn quoted(names: &[NamespaceName]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}
