//! The port: which steps make up which transaction.
//!
//! Everything that changes something begins with [`SqlStore::begin`] and ends
//! with [`finish`], which adds the audit event and commits. Whatever happens in
//! between, a kill included, leaves the data as it was.

use async_trait::async_trait;
use commissary_core::domain::{
    AccessKey, AuditEntry, AuditEvent, AuditFilter, AuditHead, AuditVerification, Identity, Page,
    PageRequest, PermissionReport, Provider, ProviderId, ProviderName, RootKeyState, Workspace,
    WorkspaceId, WorkspaceName,
};
use commissary_core::people::Reach;
use commissary_core::ports::{Store, StoreError};

use crate::errors::unavailable;
use crate::open::SqlStore;
use crate::writing::Writing;
use crate::{audit, providers, reports, rotation, secrets, workspaces};

type Result<T> = std::result::Result<T, StoreError>;

impl SqlStore {
    pub(crate) async fn begin(&self) -> Result<Writing<'_>> {
        Writing::begin(&self.pool, &self.anchor).await
    }
}

pub(crate) async fn finish(tx: Writing<'_>, event: &AuditEvent) -> Result<()> {
    tx.finish(event).await
}

#[async_trait]
impl Store for SqlStore {
    async fn insert_workspace(&self, workspace: &Workspace, event: &AuditEvent) -> Result<()> {
        let mut tx = self.begin().await?;
        workspaces::insert(&mut tx, workspace).await?;
        finish(tx, event).await
    }

    async fn workspace(&self, name: &WorkspaceName) -> Result<Option<Workspace>> {
        workspaces::by_name(&self.pool, name).await
    }

    async fn workspaces(&self, reach: &Reach, page: &PageRequest) -> Result<Page<Workspace>> {
        workspaces::page(&self.pool, reach, page).await
    }

    async fn delete_workspace(&self, id: WorkspaceId, event: &AuditEvent) -> Result<()> {
        let mut tx = self.begin().await?;
        workspaces::delete(&mut tx, id).await?;
        finish(tx, event).await
    }

    async fn insert_provider(
        &self,
        provider: &Provider,
        key: &AccessKey,
        event: &AuditEvent,
    ) -> Result<()> {
        let mut tx = self.begin().await?;
        providers::insert(&mut tx, provider).await?;
        secrets::insert(&mut tx, &self.keys.sealer(), provider.id, key).await?;
        finish(tx, event).await
    }

    async fn provider(
        &self,
        workspace: WorkspaceId,
        name: &ProviderName,
    ) -> Result<Option<Provider>> {
        providers::by_name(&self.pool, workspace, name).await
    }

    async fn providers(
        &self,
        workspace: WorkspaceId,
        page: &PageRequest,
    ) -> Result<Page<Provider>> {
        providers::page(&self.pool, workspace, page).await
    }

    async fn update_provider(
        &self,
        provider: &Provider,
        key: Option<&AccessKey>,
        event: &AuditEvent,
    ) -> Result<()> {
        let mut tx = self.begin().await?;
        providers::update(&mut tx, provider).await?;
        if let Some(key) = key {
            secrets::delete(&mut tx, provider.id).await?;
            secrets::insert(&mut tx, &self.keys.sealer(), provider.id, key).await?;
        }
        finish(tx, event).await
    }

    async fn delete_provider(&self, id: ProviderId, event: &AuditEvent) -> Result<()> {
        let mut tx = self.begin().await?;
        secrets::delete(&mut tx, id).await?;
        providers::delete(&mut tx, id).await?;
        finish(tx, event).await
    }

    async fn access_key(&self, id: ProviderId) -> Result<AccessKey> {
        secrets::access_key(&self.pool, &self.keys, id).await
    }

    async fn save_report(
        &self,
        provider: &Provider,
        report: &PermissionReport,
        event: &AuditEvent,
    ) -> Result<()> {
        let mut tx = self.begin().await?;
        providers::must_be(&mut tx, provider).await?;
        providers::set_identity(&mut tx, provider.id, &report.identity, event.at).await?;
        providers::set_summary(&mut tx, provider.id, &report.summary()).await?;
        reports::insert(&mut tx, event.id, provider.id, report).await?;
        finish(tx, event).await
    }

    async fn save_refusal(
        &self,
        provider: &Provider,
        refusal: &str,
        event: &AuditEvent,
    ) -> Result<()> {
        let mut tx = self.begin().await?;
        providers::must_be(&mut tx, provider).await?;
        providers::set_refusal(&mut tx, provider.id, refusal, event.at).await?;
        finish(tx, event).await
    }

    async fn save_identity(
        &self,
        provider: &Provider,
        identity: &Identity,
        event: &AuditEvent,
    ) -> Result<()> {
        let mut tx = self.begin().await?;
        providers::must_be(&mut tx, provider).await?;
        providers::set_identity(&mut tx, provider.id, identity, event.at).await?;
        finish(tx, event).await
    }

    async fn latest_report(&self, id: ProviderId) -> Result<Option<PermissionReport>> {
        reports::latest(&self.pool, id).await
    }

    async fn append_audit(&self, event: &AuditEvent) -> Result<()> {
        finish(self.begin().await?, event).await
    }

    async fn audit_events(
        &self,
        filter: &AuditFilter,
        page: &PageRequest,
    ) -> Result<Page<AuditEntry>> {
        audit::page(&self.pool, filter, page).await
    }

    async fn verify_audit(&self, known: &[AuditHead]) -> Result<AuditVerification> {
        audit::verify(&self.pool, self.dir.path(), known).await
    }

    async fn root_keys(&self) -> Result<RootKeyState> {
        rotation::state(self).await
    }

    async fn begin_key_rotation(&self, event: &AuditEvent) -> Result<RootKeyState> {
        rotation::begin(self, event).await
    }

    async fn continue_key_rotation(&self, most: u32, event: &AuditEvent) -> Result<RootKeyState> {
        rotation::go_on(self, most, event).await
    }

    async fn ready(&self) -> Result<()> {
        sqlx::query("SELECT id FROM root_keys LIMIT 1")
            .fetch_one(&self.pool)
            .await
            .map(|_| ())
            .map_err(unavailable)
    }
}
