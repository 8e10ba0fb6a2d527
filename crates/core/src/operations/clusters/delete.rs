//! Remove a management cluster.

use super::super::Commissary;
use super::super::input::must_be_typed;
use super::no_cluster;
use crate::people::Actor;
use crate::ports::StoreError;
use crate::{Action, Error, authorize};

impl Commissary {
    /// Removes a management cluster with its sealed kubeconfig and the namespaces that workspaces
    /// have there. The cluster itself is not asked.
    ///
    /// # Errors
    /// It is not there, `confirmation` is not its name, or the actor may not.
    pub async fn delete_cluster(
        &self,
        actor: &Actor,
        name: &str,
        confirmation: &str,
    ) -> Result<(), Error> {
        authorize(actor, Action::ManageClusters, None)?;
        let cluster = self.find_cluster(name).await?;
        let how = "to delete the management cluster, type its name";
        must_be_typed(confirmation, cluster.name.as_str(), how)?;
        let target = cluster.name.to_string();
        let audit = self.audit(actor, "managementCluster.delete", target);
        match self.store.delete_cluster(cluster.id, &audit).await {
            Err(StoreError::Gone) => Err(no_cluster(name)),
            other => Ok(other?),
        }
    }
}
