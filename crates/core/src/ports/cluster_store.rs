//! Where management clusters are kept, and the namespaces of workspaces in them.

use async_trait::async_trait;

use super::StoreError;
use crate::domain::{
    AuditEvent, ClusterAccess, ClusterId, ClusterLook, ClusterName, ClusterNamespaces,
    ManagementCluster, NamespaceName, OwnedNamespace, Page, PageRequest, WorkspaceId,
};

/// The part of the store that is about management clusters. Each method is one transaction.
#[async_trait]
pub trait ClusterStore: Send + Sync {
    /// Adds a management cluster and seals what proves who asks there;
    /// [`StoreError::NameTaken`] if there is one of that name.
    async fn insert_cluster(
        &self,
        cluster: &ManagementCluster,
        access: &ClusterAccess,
        audit: &AuditEvent,
    ) -> Result<(), StoreError>;
    /// The management cluster of that name.
    async fn cluster(&self, name: &ClusterName) -> Result<Option<ManagementCluster>, StoreError>;
    /// The management cluster behind an id.
    async fn cluster_by_id(&self, id: ClusterId) -> Result<Option<ManagementCluster>, StoreError>;
    /// The management clusters, by name; pages are keyed by name.
    async fn clusters(&self, page: &PageRequest) -> Result<Page<ManagementCluster>, StoreError>;
    /// Replaces the settings of a management cluster, and what proves who asks if that is
    /// given, of which nothing stays. `cluster` says in its revision what it was made from;
    /// [`StoreError::Changed`] if that is not what is kept, [`StoreError::NameTaken`],
    /// [`StoreError::Gone`].
    async fn update_cluster(
        &self,
        cluster: &ManagementCluster,
        access: Option<&ClusterAccess>,
        audit: &AuditEvent,
    ) -> Result<(), StoreError>;
    /// Removes a management cluster with what is sealed for it, and the namespaces that
    /// workspaces have there; with `force` also what is noted about the deliveries there, else
    /// [`StoreError::NotEmpty`] if there are any. [`StoreError::Gone`] if it is not there.
    async fn delete_cluster(
        &self,
        id: ClusterId,
        force: bool,
        audit: &AuditEvent,
    ) -> Result<(), StoreError>;
    /// Opens what proves who asks at a management cluster.
    async fn cluster_access(&self, id: ClusterId) -> Result<ClusterAccess, StoreError>;
    /// Notes what a look found at a management cluster as it was read;
    /// [`StoreError::Changed`] if its settings are others by now, [`StoreError::Gone`].
    async fn note_look(
        &self,
        cluster: &ManagementCluster,
        look: &ClusterLook,
        audit: &AuditEvent,
    ) -> Result<(), StoreError>;

    /// The namespaces of a workspace, by the name of the management cluster.
    async fn namespaces(
        &self,
        workspace: WorkspaceId,
    ) -> Result<Vec<ClusterNamespaces>, StoreError>;
    /// The namespaces of a management cluster that belong to workspaces, by name.
    async fn owned_namespaces(&self, cluster: ClusterId)
    -> Result<Vec<OwnedNamespace>, StoreError>;
    /// Replaces the namespaces that a workspace has in a management cluster;
    /// [`StoreError::NameTaken`] if one of them is another workspace's there,
    /// [`StoreError::Gone`] if workspace or cluster is not there.
    async fn set_namespaces(
        &self,
        workspace: WorkspaceId,
        cluster: ClusterId,
        namespaces: &[NamespaceName],
        audit: &AuditEvent,
    ) -> Result<(), StoreError>;
}
