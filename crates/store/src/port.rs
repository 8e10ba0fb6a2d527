//! The port: which steps make up which transaction.
//!
//! Everything that changes something begins with [`SqlStore::begin`] and ends
//! with [`finish`], which adds the audit event and commits. Whatever happens in
//! between, a kill included, leaves the data as it was.

use async_trait::async_trait;
use commissary_core::domain::{
    AccessKey, AuditEntry, AuditEvent, AuditFilter, AuditHead, AuditVerification, Check,
    CheckEvent, CheckFailure, CheckId, CheckState, Identity, Interrupted, KeptAnswer, Page,
    PageKept, PageRequest, PageToKeep, PermissionReport, Provider, ProviderId, ProviderName,
    ProviderPlace, ProviderQuery, ProviderStatus, RepeatableRequest, Repeated, ReportChanges,
    RootKeyState, UserHold, Vitals, Workspace, WorkspaceId, WorkspaceName,
};
use commissary_core::people::Reach;
use commissary_core::ports::{Begun, Store, StoreError};
use jiff::Timestamp;
use uuid::Uuid;

use crate::errors::unavailable;
use crate::open::SqlStore;
use crate::wanted_deliveries::{Changed, follow};
use crate::writing::Writing;
use crate::{
    audit, check_events, checks, kept_pages, provider_lists, providers, repeatable, reports,
    rotation, secrets, user_holds, vitals, workspaces,
};

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

    async fn workspaces(
        &self,
        reach: &Reach,
        search: Option<&str>,
        page: &PageRequest,
    ) -> Result<Page<Workspace>> {
        workspaces::page(&self.pool, reach, search, page).await
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
        follow(&mut tx, Changed::Provider(provider.id), event.at).await?;
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
        query: &ProviderQuery,
        after: Option<&ProviderPlace>,
        limit: u32,
    ) -> Result<Page<Provider>> {
        provider_lists::page(&self.pool, workspace, query, after, limit).await
    }

    async fn provider_counts(&self, workspace: WorkspaceId) -> Result<Vec<(ProviderStatus, u64)>> {
        provider_lists::counts(&self.pool, workspace).await
    }

    async fn update_provider(
        &self,
        provider: &Provider,
        key: Option<&AccessKey>,
        event: &AuditEvent,
    ) -> Result<()> {
        let mut tx = self.begin().await?;
        providers::update(&mut tx, provider).await?;
        let overtaken = CheckFailure::overtaken(provider);
        checks::overtake(&mut tx, provider.id, &overtaken, event.at).await?;
        if let Some(key) = key {
            secrets::delete(&mut tx, provider.id.0).await?;
            secrets::insert(&mut tx, &self.keys.sealer(), provider.id, key).await?;
        }
        follow(&mut tx, Changed::Provider(provider.id), event.at).await?;
        finish(tx, event).await
    }

    async fn delete_provider(&self, id: ProviderId, event: &AuditEvent) -> Result<()> {
        let mut tx = self.begin().await?;
        secrets::delete(&mut tx, id.0).await?;
        providers::delete(&mut tx, id).await?;
        follow(&mut tx, Changed::Provider(id), event.at).await?;
        finish(tx, event).await
    }

    async fn access_key(&self, id: ProviderId) -> Result<AccessKey> {
        secrets::access_key(&self.pool, &self.keys, id).await
    }

    async fn begin_check(&self, check: &Check, event: &AuditEvent) -> Result<Begun> {
        let mut tx = self.begin().await?;
        let begun = checks::begin(&mut tx, check).await?;
        if begun == Begun::Began {
            finish(tx, event).await?;
        }
        Ok(begun)
    }

    async fn renew_check(&self, id: CheckId, until: Timestamp) -> Result<Option<bool>> {
        checks::renew(&self.pool, id, until).await
    }

    async fn append_check_events(
        &self,
        id: CheckId,
        first: u32,
        events: &[CheckEvent],
    ) -> Result<()> {
        let mut tx = self.begin().await?;
        check_events::append(&mut tx, id, first, events).await?;
        tx.commit().await.map_err(unavailable)
    }

    async fn check_events(&self, id: CheckId, after: u32) -> Result<Vec<(u32, CheckEvent)>> {
        check_events::after(&self.pool, id, after).await
    }

    async fn finish_check(
        &self,
        id: CheckId,
        provider: &Provider,
        report: &PermissionReport,
        changes: Option<&ReportChanges>,
        event: &AuditEvent,
    ) -> Result<()> {
        let mut tx = self.begin().await?;
        providers::must_be(&mut tx, provider).await?;
        let summary = report.summary();
        if !checks::finish(&mut tx, id, event.at, event.id, &summary, changes).await? {
            return Err(StoreError::Ended);
        }
        providers::set_identity(&mut tx, provider.id, &report.identity, event.at).await?;
        providers::set_summary(&mut tx, provider.id, &summary).await?;
        reports::insert(&mut tx, event.id, provider.id, report).await?;
        finish(tx, event).await
    }

    async fn end_check(
        &self,
        id: CheckId,
        state: CheckState,
        failure: Option<&CheckFailure>,
        event: &AuditEvent,
    ) -> Result<()> {
        let mut tx = self.begin().await?;
        if checks::end(&mut tx, id, state, failure, event.at).await? {
            finish(tx, event).await?;
        }
        Ok(())
    }

    async fn ask_to_cancel(&self, id: CheckId, event: &AuditEvent) -> Result<()> {
        let mut tx = self.begin().await?;
        if checks::ask_to_cancel(&mut tx, id).await? {
            finish(tx, event).await?;
        }
        Ok(())
    }

    async fn check(&self, id: CheckId) -> Result<Option<Check>> {
        checks::by_id(&self.pool, id).await
    }

    async fn checks(&self, provider: ProviderId, page: &PageRequest) -> Result<Page<Check>> {
        checks::page(&self.pool, provider, page).await
    }

    async fn check_report(&self, id: CheckId) -> Result<Option<PermissionReport>> {
        reports::of_check(&self.pool, id).await
    }

    async fn abandoned_checks(&self, _: Timestamp) -> Result<Vec<Check>> {
        checks::abandoned(&self.pool).await
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

    async fn hold_user(
        &self,
        hold: &UserHold,
        now: Timestamp,
        event: &AuditEvent,
    ) -> Result<Option<Interrupted>> {
        let mut tx = self.begin().await?;
        let noted = user_holds::take(&mut tx, hold, now).await?;
        finish(tx, event).await?;
        Ok(noted)
    }

    async fn note_key(&self, hold: &UserHold, note: Option<&Interrupted>) -> Result<()> {
        let mut tx = self.begin().await?;
        user_holds::note(&mut tx, hold, note).await?;
        tx.commit().await.map_err(unavailable)
    }

    async fn insert_made_provider(
        &self,
        hold: &UserHold,
        provider: &Provider,
        key: &AccessKey,
        event: &AuditEvent,
    ) -> Result<()> {
        let mut tx = self.begin().await?;
        providers::insert(&mut tx, provider).await?;
        secrets::insert(&mut tx, &self.keys.sealer(), provider.id, key).await?;
        follow(&mut tx, Changed::Provider(provider.id), event.at).await?;
        // Whoever took over meanwhile has a note of its own; the key is kept all the same.
        match user_holds::note(&mut tx, hold, None).await {
            Err(StoreError::Gone) => {}
            other => other?,
        }
        finish(tx, event).await
    }

    async fn release_user(&self, hold: &UserHold, event: &AuditEvent) -> Result<()> {
        let mut tx = self.begin().await?;
        user_holds::release(&mut tx, hold).await?;
        finish(tx, event).await
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

    async fn begin_request(&self, request: &RepeatableRequest) -> Result<Repeated> {
        let mut tx = self.begin().await?;
        let repeated = repeatable::begin(&mut tx, &self.keys, request).await?;
        tx.commit().await.map_err(unavailable)?;
        Ok(repeated)
    }

    async fn renew_request(&self, id: Uuid, until: Timestamp) -> Result<()> {
        repeatable::renew(&self.pool, id, until).await
    }

    async fn keep_answer(&self, id: Uuid, answer: &KeptAnswer) -> Result<()> {
        repeatable::answer(&self.pool, id, answer).await
    }

    async fn forget_request(&self, id: Uuid) -> Result<()> {
        let mut tx = self.begin().await?;
        repeatable::forget(&mut tx, id).await?;
        tx.commit().await.map_err(unavailable)
    }

    async fn keep_page(&self, page: &PageToKeep) -> Result<()> {
        let mut tx = self.begin().await?;
        kept_pages::keep(&mut tx, &self.keys.sealer(), page).await?;
        tx.commit().await.map_err(unavailable)
    }

    async fn kept_page(&self, caller: &str, id: Uuid, now: Timestamp) -> Result<Option<PageKept>> {
        let mut tx = self.begin().await?;
        let kept = kept_pages::take(&mut tx, &self.keys, (caller, id), now).await?;
        tx.commit().await.map_err(unavailable)?;
        Ok(kept)
    }

    async fn vitals(&self, now: Timestamp, unused_since: Timestamp) -> Result<Vitals> {
        vitals::read(&self.pool, now, unused_since).await
    }

    async fn ready(&self) -> Result<()> {
        sqlx::query("SELECT id FROM root_keys LIMIT 1")
            .fetch_one(&self.pool)
            .await
            .map(|_| ())
            .map_err(unavailable)
    }
}
