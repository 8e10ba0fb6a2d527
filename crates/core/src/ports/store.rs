//! Where everything is kept.

use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

use super::{ClusterStore, DeliveryStore, PeopleStore};
use crate::domain::{
    AccessKey, AuditEntry, AuditEvent, AuditFilter, AuditHead, AuditVerification, Check,
    CheckEvent, CheckFailure, CheckId, CheckState, Identity, Interrupted, KeptAnswer, Page,
    PageKept, PageRequest, PageToKeep, PermissionReport, Provider, ProviderId, ProviderName,
    ProviderPlace, ProviderQuery, ProviderStatus, RepeatableRequest, Repeated, ReportChanges,
    RootKeyState, UserHold, Vitals, Workspace, WorkspaceId, WorkspaceName,
};
use crate::people::Reach;

/// Why the store did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Something of that name exists already.
    #[error("the name is taken")]
    NameTaken,
    /// Somebody else changed it meanwhile.
    #[error("it was changed meanwhile")]
    Changed,
    /// The check has ended.
    #[error("the check has ended")]
    Ended,
    /// What was to be changed is not there, or not any more.
    #[error("it is not there any more")]
    Gone,
    /// Nobody would be left who could administrate the installation.
    #[error("nobody would be left who is a global administrator and may sign in")]
    LastAdministrator,
    /// The workspace still has infrastructure providers, or namespaces in management clusters.
    #[error("the workspace still has infrastructure providers or namespaces")]
    NotEmpty,
    /// Another run holds it.
    #[error("another run is at it until {until}")]
    Held {
        /// When its hold ends by itself.
        until: Timestamp,
    },
    /// A sealed secret does not open.
    #[error("a stored secret does not open: {0}")]
    Sealed(String),
    /// The data cannot be read or written.
    #[error("the data cannot be read or written: {0}")]
    Unavailable(String),
}

/// Whether a check could begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begun {
    /// It began.
    Began,
    /// Another one of the provider runs.
    Running(CheckId),
}

/// Keeps everything. Each method is one transaction: it happens whole, with its
/// audit entry, or not at all.
#[async_trait]
pub trait Store: PeopleStore + ClusterStore + DeliveryStore {
    /// Adds a workspace; [`StoreError::NameTaken`] if there is one of that name.
    async fn insert_workspace(
        &self,
        workspace: &Workspace,
        audit: &AuditEvent,
    ) -> Result<(), StoreError>;
    /// The workspace of that name.
    async fn workspace(&self, name: &WorkspaceName) -> Result<Option<Workspace>, StoreError>;
    /// The workspaces that can be seen, by name; pages are keyed by name. With `search`, those
    /// that have it in their name, in whatever case.
    async fn workspaces(
        &self,
        reach: &Reach,
        search: Option<&str>,
        page: &PageRequest,
    ) -> Result<Page<Workspace>, StoreError>;
    /// Removes an empty workspace; [`StoreError::NotEmpty`] if it has providers
    /// or namespaces.
    async fn delete_workspace(&self, id: WorkspaceId, audit: &AuditEvent)
    -> Result<(), StoreError>;

    /// Adds a provider and seals its key; [`StoreError::NameTaken`] if the
    /// workspace has one of that name, upper and lower case being the same.
    async fn insert_provider(
        &self,
        provider: &Provider,
        key: &AccessKey,
        audit: &AuditEvent,
    ) -> Result<(), StoreError>;
    /// The provider of that name in a workspace, upper and lower case being the same.
    async fn provider(
        &self,
        workspace: WorkspaceId,
        name: &ProviderName,
    ) -> Result<Option<Provider>, StoreError>;
    /// The providers of a workspace that a query asks for, at most `limit` of
    /// them, after a place in its order; pages are keyed by places.
    async fn providers(
        &self,
        workspace: WorkspaceId,
        query: &ProviderQuery,
        after: Option<&ProviderPlace>,
        limit: u32,
    ) -> Result<Page<Provider>, StoreError>;
    /// How many providers of a workspace stand how, the most urgent first; what
    /// none stands like is left out.
    async fn provider_counts(
        &self,
        workspace: WorkspaceId,
    ) -> Result<Vec<(ProviderStatus, u64)>, StoreError>;
    /// Replaces the settings, the identity, the refusal and the counts of a
    /// provider, and its key if one is given, of which nothing stays. `provider`
    /// says in its revision what it was made from; [`StoreError::Changed`] if that
    /// is not what is kept, [`StoreError::NameTaken`], [`StoreError::Gone`]. A check
    /// of the provider that runs is noted as failed.
    async fn update_provider(
        &self,
        provider: &Provider,
        key: Option<&AccessKey>,
        audit: &AuditEvent,
    ) -> Result<(), StoreError>;
    /// Removes a provider with its key and reports; [`StoreError::Gone`] if it is not there.
    async fn delete_provider(&self, id: ProviderId, audit: &AuditEvent) -> Result<(), StoreError>;
    /// Opens the key of a provider.
    async fn access_key(&self, id: ProviderId) -> Result<AccessKey, StoreError>;
    /// Begins a check unless one of the provider runs; one whose lease ended
    /// before this one was started is noted as interrupted. The events of checks
    /// before it are removed.
    async fn begin_check(&self, check: &Check, audit: &AuditEvent) -> Result<Begun, StoreError>;
    /// Prolongs the lease of a check that runs, and says whether somebody asked
    /// to cancel it; none if it has ended.
    async fn renew_check(&self, id: CheckId, until: Timestamp) -> Result<Option<bool>, StoreError>;
    /// Adds events of a check that runs, numbered from `first` on.
    async fn append_check_events(
        &self,
        id: CheckId,
        first: u32,
        events: &[CheckEvent],
    ) -> Result<(), StoreError>;
    /// The events of a check after number `after`, a few hundred at most.
    async fn check_events(
        &self,
        id: CheckId,
        after: u32,
    ) -> Result<Vec<(u32, CheckEvent)>, StoreError>;
    /// Ends a check with its report, and keeps what that found on the provider:
    /// the identity and the counts; a refusal is cleared. [`StoreError::Ended`] if
    /// it has ended otherwise. This and the two that save something below are
    /// about a provider as it was read: [`StoreError::Changed`] if its settings
    /// are others by now.
    async fn finish_check(
        &self,
        id: CheckId,
        provider: &Provider,
        report: &PermissionReport,
        changes: Option<&ReportChanges>,
        audit: &AuditEvent,
    ) -> Result<(), StoreError>;
    /// Ends a check without a report; nothing happens if it has ended.
    async fn end_check(
        &self,
        id: CheckId,
        state: CheckState,
        failure: Option<&CheckFailure>,
        audit: &AuditEvent,
    ) -> Result<(), StoreError>;
    /// Notes that a check is to be cancelled; nothing happens if it has ended.
    async fn ask_to_cancel(&self, id: CheckId, audit: &AuditEvent) -> Result<(), StoreError>;
    /// A check as it was noted.
    async fn check(&self, id: CheckId) -> Result<Option<Check>, StoreError>;
    /// The checks of a provider, the newest first; pages are keyed by id.
    async fn checks(
        &self,
        provider: ProviderId,
        page: &PageRequest,
    ) -> Result<Page<Check>, StoreError>;
    /// The report of a check.
    async fn check_report(&self, id: CheckId) -> Result<Option<PermissionReport>, StoreError>;
    /// The checks that are noted as running and that no process can be running
    /// at `now`.
    async fn abandoned_checks(&self, now: Timestamp) -> Result<Vec<Check>, StoreError>;
    /// Notes that AWS refused the credential, and why.
    async fn save_refusal(
        &self,
        provider: &Provider,
        refusal: &str,
        audit: &AuditEvent,
    ) -> Result<(), StoreError>;
    /// Notes who the credential is, and clears a refusal.
    async fn save_identity(
        &self,
        provider: &Provider,
        identity: &Identity,
        audit: &AuditEvent,
    ) -> Result<(), StoreError>;
    /// The newest report of a provider.
    async fn latest_report(&self, id: ProviderId) -> Result<Option<PermissionReport>, StoreError>;

    /// Takes hold of a user of an account; [`StoreError::Held`] if another run holds it at `now`.
    /// Returns what a run noted there that did not come to its end.
    async fn hold_user(
        &self,
        hold: &UserHold,
        now: Timestamp,
        audit: &AuditEvent,
    ) -> Result<Option<Interrupted>, StoreError>;
    /// Notes, or notes no more, that an access key is about to be made, and prolongs the hold;
    /// [`StoreError::Gone`] if it is not this run's any more.
    async fn note_key(&self, hold: &UserHold, note: Option<&Interrupted>)
    -> Result<(), StoreError>;
    /// Adds the provider whose key was made under a hold, as [`Store::insert_provider`] does; what
    /// was noted is done with.
    async fn insert_made_provider(
        &self,
        hold: &UserHold,
        provider: &Provider,
        key: &AccessKey,
        audit: &AuditEvent,
    ) -> Result<(), StoreError>;
    /// Lets go of a user; what is noted stays.
    async fn release_user(&self, hold: &UserHold, audit: &AuditEvent) -> Result<(), StoreError>;

    /// Adds an entry for something that changed nothing, such as a refusal.
    async fn append_audit(&self, event: &AuditEvent) -> Result<(), StoreError>;
    /// Audit entries that meet a filter, in its order; pages are keyed by the
    /// entries' numbers.
    async fn audit_events(
        &self,
        filter: &AuditFilter,
        page: &PageRequest,
    ) -> Result<Page<AuditEntry>, StoreError>;
    /// Looks at the whole audit log: whether every entry is there, in its place
    /// and as it was written; and whether it leads to the heads that are known
    /// from elsewhere.
    async fn verify_audit(&self, known: &[AuditHead]) -> Result<AuditVerification, StoreError>;
    /// Which root keys there are.
    async fn root_keys(&self) -> Result<RootKeyState, StoreError>;
    /// Makes a new root key, which new secrets are sealed under from now on. Where
    /// a rotation is not finished, nothing happens.
    async fn begin_key_rotation(&self, audit: &AuditEvent) -> Result<RootKeyState, StoreError>;
    /// Wraps at most `most` secrets by the newest root key; once none is left,
    /// retires the older keys. Killed at any point, it can be called again.
    async fn continue_key_rotation(
        &self,
        most: u32,
        audit: &AuditEvent,
    ) -> Result<RootKeyState, StoreError>;
    /// Notes a request that may be sent again, unless its key is noted; says what is
    /// known of it. What expired is removed.
    async fn begin_request(&self, request: &RepeatableRequest) -> Result<Repeated, StoreError>;
    /// Prolongs the lease of such a request.
    async fn renew_request(&self, id: Uuid, until: Timestamp) -> Result<(), StoreError>;
    /// Keeps the answer to such a request.
    async fn keep_answer(&self, id: Uuid, answer: &KeptAnswer) -> Result<(), StoreError>;
    /// Removes such a request.
    async fn forget_request(&self, id: Uuid) -> Result<(), StoreError>;
    /// Keeps a page, and removes what expired and what is too much for its caller.
    async fn keep_page(&self, page: &PageToKeep) -> Result<(), StoreError>;
    /// A page that was kept for a caller and is not expired at `now`. What is shown once is
    /// removed with it.
    async fn kept_page(
        &self,
        caller: &str,
        id: Uuid,
        now: Timestamp,
    ) -> Result<Option<PageKept>, StoreError>;

    /// How the installation stands at `now`; a session that was not used since
    /// `unused_since` is over.
    async fn vitals(&self, now: Timestamp, unused_since: Timestamp) -> Result<Vitals, StoreError>;
    /// Whether the data can be read just now.
    async fn ready(&self) -> Result<(), StoreError>;
}
