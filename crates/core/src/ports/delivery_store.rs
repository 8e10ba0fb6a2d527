//! Where it is kept what management clusters should have, and have.

use async_trait::async_trait;
use jiff::Timestamp;

use super::StoreError;
use crate::domain::{
    AuditEvent, ClusterDelivery, ClusterEvent, ClusterId, ClusterTrouble, Delivery, IdentityName,
    IdentityUser, ManagementCluster, NamespaceName, Page, PageRequest, ProviderId, ProviderName,
    Versions, WorkspaceId,
};

/// What came of a try to deliver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is there as it should be.
    Delivered(Versions),
    /// Nothing of it is there any more.
    Removed,
    /// Its Secret is gone from where it was, and belongs in this namespace.
    Moved(NamespaceName),
    /// Somebody changed it there; nothing was put back yet.
    Drifted(Vec<String>),
    /// It failed.
    Failed {
        /// One sentence for people.
        why: String,
        /// Whether it is because of what somebody else made there.
        conflict: bool,
        /// When to try again.
        next_try: Timestamp,
    },
}

/// The part of the store that is about deliveries. Which there are follows from the providers,
/// the namespaces and the clusters: whoever changes one of those changes them in the same
/// transaction. Each method is one transaction.
#[async_trait]
pub trait DeliveryStore: Send + Sync {
    /// The deliveries of a provider, by management cluster.
    async fn deliveries(
        &self,
        provider: ProviderId,
    ) -> Result<Vec<(ManagementCluster, Delivery)>, StoreError>;
    /// All deliveries of a management cluster, by workspace and provider.
    async fn deliveries_in(&self, cluster: ClusterId) -> Result<Vec<Delivery>, StoreError>;
    /// The deliveries of a management cluster, by the name of the identity; pages are keyed by it.
    async fn cluster_deliveries(
        &self,
        cluster: ClusterId,
        page: &PageRequest,
    ) -> Result<Page<ClusterDelivery>, StoreError>;
    /// What is due in a management cluster at `now`, at most `limit`, the longest due first.
    async fn due_deliveries(
        &self,
        cluster: ClusterId,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<Delivery>, StoreError>;
    /// Notes what came of a delivery as it was read; what was asked for meanwhile stays due.
    /// [`StoreError::Gone`] if the delivery is not there any more.
    async fn note_delivery(
        &self,
        delivery: &Delivery,
        outcome: &Outcome,
        at: Timestamp,
        audit: Option<&AuditEvent>,
    ) -> Result<(), StoreError>;
    /// Makes a delivery due at once, under another name or as one that may take over what is
    /// there, if that is asked for. [`StoreError::NameTaken`] if another delivery there has the
    /// name, [`StoreError::Changed`] if it is delivered under its name already,
    /// [`StoreError::Gone`] if there is none.
    async fn order_delivery(
        &self,
        delivery: &Delivery,
        identity: Option<&IdentityName>,
        adopt: bool,
        audit: &AuditEvent,
    ) -> Result<(), StoreError>;
    /// Notes what a watch told: what differs from what was delivered is due at `now`, users are
    /// kept.
    async fn note_cluster_event(
        &self,
        cluster: ClusterId,
        event: &ClusterEvent,
        now: Timestamp,
    ) -> Result<(), StoreError>;
    /// Who uses an identity of a management cluster, by kind, namespace and name.
    async fn identity_users(
        &self,
        cluster: ClusterId,
        identity: &IdentityName,
    ) -> Result<Vec<IdentityUser>, StoreError>;

    /// Who uses the identities that a workspace has in a management cluster, each with the
    /// provider, by provider, kind, namespace and name.
    async fn workspace_users(
        &self,
        cluster: ClusterId,
        workspace: WorkspaceId,
    ) -> Result<Vec<(ProviderName, IdentityUser)>, StoreError>;

    /// Takes or renews the lease of a management cluster; false if somebody else has it at `now`.
    async fn hold_cluster(
        &self,
        cluster: ClusterId,
        holder: &str,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<bool, StoreError>;
    /// Lets go of the leases of a holder.
    async fn release_clusters(&self, holder: &str) -> Result<(), StoreError>;
    /// Notes what stands in the way of a whole management cluster, or that nothing does.
    async fn note_cluster_trouble(
        &self,
        cluster: ClusterId,
        trouble: Option<&ClusterTrouble>,
    ) -> Result<(), StoreError>;
    /// What stands in the way of a whole management cluster.
    async fn cluster_trouble(
        &self,
        cluster: ClusterId,
    ) -> Result<Option<ClusterTrouble>, StoreError>;
}
