//! Remove an infrastructure provider.

use super::Commissary;
use super::deliveries::DeliveryStatus;
use super::input::{Removal, in_use, must_be_typed};
use super::read_providers::not_there;
use crate::domain::Provider;
use crate::people::Actor;
use crate::ports::StoreError;
use crate::{Action, Error};

impl Commissary {
    /// Removes a provider with its sealed key and its reports. The account and
    /// its user in AWS stay as they are. What was delivered of it is taken out of the management
    /// clusters, so that it takes force while clusters there use it.
    ///
    /// # Errors
    /// It is not there, its name was not typed, it is in use, or the actor may not.
    pub async fn delete_provider(
        &self,
        actor: &Actor,
        workspace: &str,
        name: &str,
        removal: &Removal,
    ) -> Result<(), Error> {
        let workspace = self
            .workspace_for(actor, Action::DeleteProvider, workspace)
            .await?;
        let provider = self.find_provider(&workspace, name).await?;
        let how = "to delete the provider, type its name";
        must_be_typed(&removal.typed, provider.name.as_str(), how)?;
        if !removal.force {
            self.must_be_unused(&provider).await?;
        }
        let target = format!("{}/{}", workspace.name, provider.name);
        let audit = self.audit_in(actor, "provider.delete", workspace.id, target);
        match self.store.delete_provider(provider.id, &audit).await {
            Err(StoreError::Gone) => Err(not_there(&provider)),
            other => Ok(other?),
        }
    }

    async fn must_be_unused(&self, provider: &Provider) -> Result<(), Error> {
        let statuses = self.statuses(provider).await?;
        let users: Vec<String> = statuses.iter().flat_map(DeliveryStatus::uses).collect();
        if users.is_empty() {
            return Ok(());
        }
        Err(in_use(&users, |users| {
            format!(
                "the provider `{}` is in use, and what uses it could not be reconciled or deleted any more: {users}; delete these first, or take it away all the same with `--force`",
                provider.name
            )
        }))
    }
}
