//! Remove an infrastructure provider.

use super::Commissary;
use super::input::must_be_typed;
use super::read_providers::not_there;
use crate::people::Actor;
use crate::ports::StoreError;
use crate::{Action, Error};

impl Commissary {
    /// Removes a provider with its sealed key and its reports. The account and
    /// its user in AWS stay as they are.
    ///
    /// # Errors
    /// It is not there, `confirmation` is not its name, or the actor may not.
    pub async fn delete_provider(
        &self,
        actor: &Actor,
        workspace: &str,
        name: &str,
        confirmation: &str,
    ) -> Result<(), Error> {
        let workspace = self
            .workspace_for(actor, Action::DeleteProvider, workspace)
            .await?;
        let provider = self.find_provider(&workspace, name).await?;
        let how = "to delete the provider, type its name";
        must_be_typed(confirmation, provider.name.as_str(), how)?;
        let target = format!("{}/{}", workspace.name, provider.name);
        let audit = self.audit_in(actor, "provider.delete", workspace.id, target);
        match self.store.delete_provider(provider.id, &audit).await {
            Err(StoreError::Gone) => Err(not_there(&provider)),
            other => Ok(other?),
        }
    }
}
