//! Remove a management cluster.

use super::super::Commissary;
use super::super::input::{Removal, in_use, must_be_typed};
use super::no_cluster;
use crate::domain::ManagementCluster;
use crate::people::Actor;
use crate::ports::StoreError;
use crate::{Action, Error, authorize};

impl Commissary {
    /// Removes a management cluster with its sealed kubeconfig and the namespaces that workspaces
    /// have there. The cluster itself is not asked: what was delivered there would stay, so that
    /// it takes force to forget it.
    ///
    /// # Errors
    /// It is not there, its name was not typed, something is delivered there, or the actor may
    /// not.
    pub async fn delete_cluster(
        &self,
        actor: &Actor,
        name: &str,
        removal: &Removal,
    ) -> Result<(), Error> {
        authorize(actor, Action::ManageClusters, None)?;
        let cluster = self.find_cluster(name).await?;
        let how = "to delete the management cluster, type its name";
        must_be_typed(&removal.typed, cluster.name.as_str(), how)?;
        let target = cluster.name.to_string();
        let audit = self.audit(actor, "managementCluster.delete", target);
        let deleted = self.store.delete_cluster(cluster.id, removal.force, &audit);
        match deleted.await {
            Err(StoreError::NotEmpty) => Err(self.delivered_to(&cluster).await?),
            Err(StoreError::Gone) => Err(no_cluster(name)),
            other => Ok(other?),
        }
    }

    /// What stands in the way, and what to do about it.
    async fn delivered_to(&self, cluster: &ManagementCluster) -> Result<Error, Error> {
        let there = self.store.deliveries_in(cluster.id).await?;
        let named = there.iter().map(|one| format!("`{}`", one.target()));
        let named: Vec<String> = named.collect();
        Ok(in_use(&named, |named| {
            format!(
                "credentials are delivered to the management cluster `{}`, or are being taken out of it: {named}; take the namespaces there away from their workspaces and wait until they are gone, or leave them there with `--force`",
                cluster.name
            )
        }))
    }
}
