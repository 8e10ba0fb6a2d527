//! What the process that delivers to a management cluster asks and notes. Nobody calls these but
//! the process itself.

use std::sync::Arc;

use jiff::SignedDuration;

use super::super::Commissary;
use super::backoff;
use crate::Error;
use crate::domain::{
    ClusterEvent, ClusterId, ClusterTrouble, Delivery, ManagementCluster, PageRequest,
};
use crate::ports::{DeliveryError, Reached, StoreError};

/// How long a management cluster is taken to be served after its process last said so. A process
/// says so several times within it.
pub const CLUSTER_LEASE: SignedDuration = SignedDuration::from_secs(30);

/// How many deliveries are taken up at a time.
const BATCH: u32 = 64;

impl Commissary {
    /// All management clusters, as they are set just now.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn clusters_to_serve(&self) -> Result<Vec<ManagementCluster>, Error> {
        let mut all = Vec::new();
        let mut next = Some(PageRequest::first());
        while let Some(request) = next {
            let page = self.store.clusters(&request).await?;
            next = page.following();
            all.extend(page.items);
        }
        Ok(all)
    }

    /// A management cluster as it is set just now; none once it is gone.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn cluster_to_serve(
        &self,
        id: ClusterId,
    ) -> Result<Option<ManagementCluster>, Error> {
        Ok(self.store.cluster_by_id(id).await?)
    }

    /// Takes or renews the lease of a management cluster; false if another process has it.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn hold_cluster(&self, id: ClusterId, holder: &str) -> Result<bool, Error> {
        let now = self.clock.now();
        let held = self
            .store
            .hold_cluster(id, holder, now, now + CLUSTER_LEASE);
        match held.await {
            // It was deleted.
            Err(StoreError::Gone) => Ok(false),
            held => Ok(held?),
        }
    }

    /// Lets go of all management clusters that a process serves.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn release_clusters(&self, holder: &str) -> Result<(), Error> {
        Ok(self.store.release_clusters(holder).await?)
    }

    /// A name for a process that serves management clusters, as no other one has it.
    pub fn new_holder(&self) -> String {
        self.new_id().to_string()
    }

    /// Whether a management cluster that failed is to be left alone just now.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn is_cluster_resting(&self, cluster: &ManagementCluster) -> Result<bool, Error> {
        let trouble = self.store.cluster_trouble(cluster.id).await?;
        let now = self.clock.now();
        Ok(trouble.is_some_and(|trouble| trouble.next_try > now))
    }

    /// Reaches a management cluster.
    ///
    /// # Errors
    /// The store cannot be read, or why it is not reached.
    pub async fn reach_cluster(
        &self,
        cluster: &ManagementCluster,
    ) -> Result<Result<Arc<dyn Reached>, DeliveryError>, Error> {
        let access = self.store.cluster_access(cluster.id).await?;
        let reached = self.delivery.reach(&access, &cluster.capa_namespace);
        Ok(reached.await)
    }

    /// Notes that a management cluster does not do what it should, and when to try again.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn note_cluster_trouble(
        &self,
        cluster: &ManagementCluster,
        error: &DeliveryError,
    ) -> Result<SignedDuration, Error> {
        let before = self.store.cluster_trouble(cluster.id).await?;
        let attempts = before.map_or(0, |before| before.attempts).saturating_add(1);
        let wait = backoff::after(attempts, self.random.as_ref());
        let now = self.clock.now();
        let trouble = ClusterTrouble {
            why: error.to_string(),
            attempts,
            next_try: now + wait,
        };
        let noted = self.store.note_cluster_trouble(cluster.id, Some(&trouble));
        noted.await?;
        Ok(wait)
    }

    /// Notes what a watch told.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn note_cluster_event(
        &self,
        cluster: &ManagementCluster,
        event: &ClusterEvent,
    ) -> Result<(), Error> {
        let now = self.clock.now();
        self.store
            .note_cluster_event(cluster.id, event, now)
            .await?;
        Ok(())
    }

    /// Notes that nothing stands in the way of a management cluster.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn note_cluster_well(&self, cluster: &ManagementCluster) -> Result<(), Error> {
        Ok(self.store.note_cluster_trouble(cluster.id, None).await?)
    }

    /// What is due in a management cluster, some of it.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn due_deliveries(
        &self,
        cluster: &ManagementCluster,
    ) -> Result<Vec<Delivery>, Error> {
        let now = self.clock.now();
        Ok(self.store.due_deliveries(cluster.id, now, BATCH).await?)
    }
}
