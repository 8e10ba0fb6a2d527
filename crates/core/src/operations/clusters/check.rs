//! Look at a management cluster again.

use super::super::Commissary;
use super::{changed, no_cluster};
use crate::domain::ManagementCluster;
use crate::people::Actor;
use crate::ports::StoreError;
use crate::{Action, Error, authorize};

impl Commissary {
    /// Looks whether providers can be delivered to a management cluster, and keeps what was
    /// found. That it lets nobody in is a finding as well.
    ///
    /// # Errors
    /// It is not there or was changed meanwhile, or the actor may not.
    pub async fn check_cluster(
        &self,
        actor: &Actor,
        name: &str,
    ) -> Result<ManagementCluster, Error> {
        authorize(actor, Action::ManageClusters, None)?;
        let mut cluster = self.find_cluster(name).await?;
        let access = match self.store.cluster_access(cluster.id).await {
            Err(StoreError::Gone) => return Err(no_cluster(name)),
            access => access?,
        };
        let now = self.clock.now();
        let look = self.delivery.look(&access, &cluster.capa_namespace, now);
        let look = look.await;
        let target = cluster.name.to_string();
        let audit = self.audit(actor, "managementCluster.check", target);
        match self.store.note_look(&cluster, &look, &audit).await {
            Err(StoreError::Changed) => Err(changed(&cluster)),
            Err(StoreError::Gone) => Err(no_cluster(name)),
            Err(error) => Err(error.into()),
            Ok(()) => {
                cluster.last_look = Some(look);
                Ok(cluster)
            }
        }
    }
}
