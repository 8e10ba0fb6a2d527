//! The part of the port that is about management clusters.

use async_trait::async_trait;
use commissary_core::domain::{
    AuditEvent, ClusterAccess, ClusterId, ClusterLook, ClusterName, ClusterNamespaces,
    ManagementCluster, NamespaceName, OwnedNamespace, Page, PageRequest, WorkspaceId,
};
use commissary_core::ports::{ClusterStore, StoreError};

use crate::open::SqlStore;
use crate::port::finish;
use crate::wanted_deliveries::{Changed, follow};
use crate::{clusters, deliveries, namespaces, secrets};

type Result<T> = std::result::Result<T, StoreError>;

#[async_trait]
impl ClusterStore for SqlStore {
    async fn insert_cluster(
        &self,
        cluster: &ManagementCluster,
        access: &ClusterAccess,
        event: &AuditEvent,
    ) -> Result<()> {
        let mut tx = self.begin().await?;
        clusters::insert(&mut tx, cluster).await?;
        clusters::seal(&mut tx, &self.keys.sealer(), cluster.id, access).await?;
        finish(tx, event).await
    }

    async fn cluster(&self, name: &ClusterName) -> Result<Option<ManagementCluster>> {
        clusters::by_name(&self.pool, name).await
    }

    async fn cluster_by_id(&self, id: ClusterId) -> Result<Option<ManagementCluster>> {
        clusters::by_id(&self.pool, id).await
    }

    async fn clusters(&self, page: &PageRequest) -> Result<Page<ManagementCluster>> {
        clusters::page(&self.pool, page).await
    }

    async fn update_cluster(
        &self,
        cluster: &ManagementCluster,
        access: Option<&ClusterAccess>,
        event: &AuditEvent,
    ) -> Result<()> {
        let mut tx = self.begin().await?;
        clusters::update(&mut tx, cluster).await?;
        if let Some(access) = access {
            secrets::delete(&mut tx, cluster.id.0).await?;
            clusters::seal(&mut tx, &self.keys.sealer(), cluster.id, access).await?;
        }
        follow(&mut tx, Changed::Cluster(cluster.id), event.at).await?;
        finish(tx, event).await
    }

    async fn delete_cluster(&self, id: ClusterId, force: bool, event: &AuditEvent) -> Result<()> {
        let mut tx = self.begin().await?;
        if force {
            deliveries::forget(&mut tx, id).await?;
        }
        secrets::delete(&mut tx, id.0).await?;
        clusters::delete(&mut tx, id).await?;
        finish(tx, event).await
    }

    async fn cluster_access(&self, id: ClusterId) -> Result<ClusterAccess> {
        clusters::access(&self.pool, &self.keys, id).await
    }

    async fn note_look(
        &self,
        cluster: &ManagementCluster,
        look: &ClusterLook,
        event: &AuditEvent,
    ) -> Result<()> {
        let mut tx = self.begin().await?;
        clusters::note_look(&mut tx, cluster, look).await?;
        finish(tx, event).await
    }

    async fn namespaces(&self, workspace: WorkspaceId) -> Result<Vec<ClusterNamespaces>> {
        namespaces::of(&self.pool, workspace).await
    }

    async fn owned_namespaces(&self, cluster: ClusterId) -> Result<Vec<OwnedNamespace>> {
        namespaces::in_cluster(&self.pool, cluster).await
    }

    async fn set_namespaces(
        &self,
        workspace: WorkspaceId,
        cluster: ClusterId,
        names: &[NamespaceName],
        event: &AuditEvent,
    ) -> Result<()> {
        let mut tx = self.begin().await?;
        namespaces::set(&mut tx, workspace, cluster, names).await?;
        follow(&mut tx, Changed::Namespaces(workspace, cluster), event.at).await?;
        finish(tx, event).await
    }
}
