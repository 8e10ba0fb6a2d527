//! The part of the port that is about deliveries.

use std::collections::HashMap;

use async_trait::async_trait;
use commissary_core::domain::{
    AuditEvent, ClusterDelivery, ClusterEvent, ClusterId, ClusterTrouble, DeliveredKind, Delivery,
    IdentityName, IdentityUser, ManagementCluster, Page, PageRequest, ProviderId, ProviderName,
    Versions, WorkspaceId,
};
use commissary_core::ports::{DeliveryStore, Outcome, StoreError};
use jiff::Timestamp;

use crate::errors::unavailable;
use crate::open::SqlStore;
use crate::port::finish;
use crate::{cluster_leases, clusters, deliveries, identity_users};

type Result<T> = std::result::Result<T, StoreError>;

#[async_trait]
impl DeliveryStore for SqlStore {
    async fn deliveries(&self, provider: ProviderId) -> Result<Vec<(ManagementCluster, Delivery)>> {
        let mut all = Vec::new();
        for delivery in deliveries::of_provider(&self.pool, provider).await? {
            let cluster = clusters::by_id(&self.pool, delivery.cluster_id).await?;
            all.extend(cluster.map(|cluster| (cluster, delivery)));
        }
        Ok(all)
    }

    async fn deliveries_in(&self, cluster: ClusterId) -> Result<Vec<Delivery>> {
        deliveries::in_cluster(&self.pool, cluster).await
    }

    async fn cluster_deliveries(
        &self,
        cluster: ClusterId,
        page: &PageRequest,
    ) -> Result<Page<ClusterDelivery>> {
        deliveries::page(&self.pool, cluster, page).await
    }

    async fn due_deliveries(
        &self,
        cluster: ClusterId,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<Delivery>> {
        deliveries::due(&self.pool, cluster, now, limit).await
    }

    async fn note_delivery(
        &self,
        delivery: &Delivery,
        outcome: &Outcome,
        at: Timestamp,
        event: Option<&AuditEvent>,
    ) -> Result<()> {
        let mut tx = self.begin().await?;
        deliveries::note(&mut tx, delivery, outcome, at).await?;
        match event {
            Some(event) => finish(tx, event).await,
            None => tx.commit().await.map_err(unavailable),
        }
    }

    async fn order_delivery(
        &self,
        delivery: &Delivery,
        identity: Option<&IdentityName>,
        adopt: bool,
        event: &AuditEvent,
    ) -> Result<()> {
        let mut tx = self.begin().await?;
        let identity = identity.unwrap_or(&delivery.identity);
        deliveries::order(&mut tx, delivery, identity, adopt, event.at).await?;
        cluster_leases::try_again(&mut tx, delivery.cluster_id, event.at).await?;
        finish(tx, event).await
    }

    async fn note_cluster_event(
        &self,
        cluster: ClusterId,
        event: &ClusterEvent,
        now: Timestamp,
    ) -> Result<()> {
        let mut tx = self.begin().await?;
        match event {
            ClusterEvent::Objects(kind, seen) => {
                let seen: HashMap<&str, Option<&str>> = seen
                    .iter()
                    .map(|one| (one.name.as_str(), one.version.as_deref()))
                    .collect();
                let is_left = |name: &IdentityName, versions: &Versions| {
                    seen.get(name.as_str()).copied().flatten() == Some(left(*kind, versions))
                };
                deliveries::look_again(&mut tx, cluster, None, is_left, now).await?;
            }
            ClusterEvent::Object(seen) => {
                let is_left = |_: &IdentityName, versions: &Versions| {
                    seen.version.as_deref() == Some(left(seen.kind, versions))
                };
                let name = Some(seen.name.as_str());
                deliveries::look_again(&mut tx, cluster, name, is_left, now).await?;
            }
            ClusterEvent::Users(kind, users) => {
                identity_users::replace(&mut tx, cluster, kind, users).await?;
            }
            ClusterEvent::User(user) => identity_users::note(&mut tx, cluster, user).await?,
        }
        tx.commit().await.map_err(unavailable)
    }

    async fn identity_users(
        &self,
        cluster: ClusterId,
        identity: &IdentityName,
    ) -> Result<Vec<IdentityUser>> {
        identity_users::of(&self.pool, cluster, identity).await
    }

    async fn workspace_users(
        &self,
        cluster: ClusterId,
        workspace: WorkspaceId,
    ) -> Result<Vec<(ProviderName, IdentityUser)>> {
        identity_users::of_workspace(&self.pool, cluster, workspace).await
    }

    async fn hold_cluster(
        &self,
        cluster: ClusterId,
        holder: &str,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<bool> {
        cluster_leases::hold(&self.pool, cluster, holder, now, until).await
    }

    async fn release_clusters(&self, holder: &str) -> Result<()> {
        let done = cluster_leases::release(&self.pool, Some(holder)).await;
        done.map_err(unavailable)
    }

    async fn note_cluster_trouble(
        &self,
        cluster: ClusterId,
        trouble: Option<&ClusterTrouble>,
    ) -> Result<()> {
        cluster_leases::note_trouble(&self.pool, cluster, trouble).await
    }

    async fn cluster_trouble(&self, cluster: ClusterId) -> Result<Option<ClusterTrouble>> {
        cluster_leases::trouble(&self.pool, cluster).await
    }
}

/// The version that an object was left in.
fn left(kind: DeliveredKind, versions: &Versions) -> &str {
    match kind {
        DeliveredKind::Secret => &versions.secret,
        DeliveredKind::Identity => &versions.identity,
    }
}
