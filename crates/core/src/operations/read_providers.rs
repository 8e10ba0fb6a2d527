//! See infrastructure providers and their reports.

use super::Commissary;
use crate::domain::{Page, PageRequest, PermissionReport, Provider, ProviderName, Workspace};
use crate::people::Actor;
use crate::{Action, Error};

impl Commissary {
    /// The providers of a workspace, by name.
    ///
    /// # Errors
    /// The workspace is not there, or the actor may not.
    pub async fn list_providers(
        &self,
        actor: &Actor,
        workspace: &str,
        page: &PageRequest,
    ) -> Result<Page<Provider>, Error> {
        let workspace = self.readable(actor, workspace).await?;
        Ok(self.store.providers(workspace.id, page).await?)
    }

    /// One provider.
    ///
    /// # Errors
    /// It is not there, or the actor may not see it.
    pub async fn show_provider(
        &self,
        actor: &Actor,
        workspace: &str,
        name: &str,
    ) -> Result<Provider, Error> {
        let workspace = self.readable(actor, workspace).await?;
        self.find_provider(&workspace, name).await
    }

    /// The newest report of a provider; none if it was never checked.
    ///
    /// # Errors
    /// The provider is not there, or the actor may not see it.
    pub async fn latest_report(
        &self,
        actor: &Actor,
        workspace: &str,
        name: &str,
    ) -> Result<Option<PermissionReport>, Error> {
        let provider = self.show_provider(actor, workspace, name).await?;
        Ok(self.store.latest_report(provider.id).await?)
    }

    async fn readable(&self, actor: &Actor, workspace: &str) -> Result<Workspace, Error> {
        self.workspace_for(actor, Action::ReadProvider, workspace)
            .await
    }

    /// The provider that a request names; a name that cannot be one is simply not there.
    pub(super) async fn find_provider(
        &self,
        workspace: &Workspace,
        name: &str,
    ) -> Result<Provider, Error> {
        let missing = || Error::NotFound {
            what: "infrastructure provider",
            name: name.to_owned(),
        };
        let parsed = ProviderName::parse(name).map_err(|_| missing())?;
        let found = self.store.provider(workspace.id, &parsed).await?;
        found.ok_or_else(missing)
    }
}

/// The provider went away between two steps.
pub(super) fn not_there(provider: &Provider) -> Error {
    Error::NotFound {
        what: "infrastructure provider",
        name: provider.name.to_string(),
    }
}
