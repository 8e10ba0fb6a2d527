//! See management clusters.

use super::super::Commissary;
use crate::domain::{
    ManagementCluster, NamespaceName, OwnedNamespace, Page, PageRequest, SealingCertificate,
};
use crate::people::Actor;
use crate::{Action, Error, authorize};

impl Commissary {
    /// The management clusters, by name.
    ///
    /// # Errors
    /// The actor may not, or the store cannot be read.
    pub async fn list_clusters(
        &self,
        actor: &Actor,
        page: &PageRequest,
    ) -> Result<Page<ManagementCluster>, Error> {
        authorize(actor, Action::ReadClusters, None)?;
        Ok(self.store.clusters(page).await?)
    }

    /// One management cluster.
    ///
    /// # Errors
    /// There is none of that name, or the actor may not see it.
    pub async fn show_cluster(
        &self,
        actor: &Actor,
        name: &str,
    ) -> Result<ManagementCluster, Error> {
        authorize(actor, Action::ReadClusters, None)?;
        self.find_cluster(name).await
    }

    /// Which namespaces of a management cluster belong to which workspaces.
    ///
    /// # Errors
    /// There is none of that name, or the actor may not see it.
    pub async fn owned_namespaces(
        &self,
        actor: &Actor,
        name: &str,
    ) -> Result<Vec<OwnedNamespace>, Error> {
        let cluster = self.show_cluster(actor, name).await?;
        Ok(self.store.owned_namespaces(cluster.id).await?)
    }

    /// Whether a certificate is no longer good by now.
    pub fn has_expired(&self, certificate: &SealingCertificate) -> bool {
        certificate.has_expired(self.clock.now())
    }

    /// The manifest that grants what is needed in a management cluster and nothing more, as YAML.
    ///
    /// # Errors
    /// The actor may not see management clusters.
    pub fn rights_manifest(
        &self,
        actor: &Actor,
        capa_namespace: &NamespaceName,
    ) -> Result<String, Error> {
        authorize(actor, Action::ReadClusters, None)?;
        Ok(self.delivery.rights_manifest(capa_namespace))
    }
}
