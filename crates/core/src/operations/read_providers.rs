//! See infrastructure providers and their reports.

use super::Commissary;
use crate::domain::{
    Page, PageRequest, PermissionReport, Provider, ProviderName, ProviderPlace, ProviderQueryInput,
    ProviderStatus, Workspace,
};
use crate::people::Actor;
use crate::{Action, Error};

impl Commissary {
    /// The providers of a workspace that a query asks for.
    ///
    /// # Errors
    /// The workspace is not there, the query is at fault, or the actor may not.
    pub async fn list_providers(
        &self,
        actor: &Actor,
        workspace: &str,
        query: &ProviderQueryInput,
        page: &PageRequest,
    ) -> Result<Page<Provider>, Error> {
        let workspace = self.readable(actor, workspace).await?;
        let query = query.parse().map_err(Error::Invalid)?;
        let after = page
            .after()
            .map(|key| ProviderPlace::parse(key, query.order));
        let after = after
            .transpose()
            .map_err(|fault| Error::Invalid(vec![fault]))?;
        let list = self
            .store
            .providers(workspace.id, &query, after.as_ref(), page.limit());
        Ok(list.await?)
    }

    /// How many providers of a workspace stand how, the most urgent first. What
    /// none stands like is left out.
    ///
    /// # Errors
    /// The workspace is not there, or the actor may not.
    pub async fn count_providers(
        &self,
        actor: &Actor,
        workspace: &str,
    ) -> Result<Vec<(ProviderStatus, u64)>, Error> {
        let workspace = self.readable(actor, workspace).await?;
        Ok(self.store.provider_counts(workspace.id).await?)
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
