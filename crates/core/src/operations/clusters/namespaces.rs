//! The namespaces of a workspace in management clusters.

use super::super::Commissary;
use super::super::input::kept;
use super::no_cluster;
use crate::domain::{ClusterNamespaces, ManagementCluster, NamespaceName, Workspace};
use crate::error::FieldError;
use crate::people::Actor;
use crate::ports::StoreError;
use crate::{Action, Error};

impl Commissary {
    /// The namespaces that a workspace has, by the name of the management cluster.
    ///
    /// # Errors
    /// The workspace is not there, or the actor may not see it.
    pub async fn list_namespaces(
        &self,
        actor: &Actor,
        workspace: &str,
    ) -> Result<Vec<ClusterNamespaces>, Error> {
        let workspace = self
            .workspace_for(actor, Action::ReadNamespaces, workspace)
            .await?;
        Ok(self.store.namespaces(workspace.id).await?)
    }

    /// Replaces the namespaces that a workspace has in a management cluster. A namespace belongs
    /// to one workspace at most.
    ///
    /// # Errors
    /// The workspace or the cluster is not there, a name is none or another workspace's, or the
    /// actor may not.
    pub async fn set_namespaces(
        &self,
        actor: &Actor,
        workspace: &str,
        cluster: &str,
        names: &[String],
    ) -> Result<ClusterNamespaces, Error> {
        let workspace = self
            .workspace_for(actor, Action::SetNamespaces, workspace)
            .await?;
        let cluster = self.find_cluster(cluster).await?;
        let namespaces = parsed("namespaces", names).map_err(Error::Invalid)?;
        let listed: Vec<&str> = namespaces.iter().map(NamespaceName::as_str).collect();
        let target = format!(
            "{} in {}: {}",
            workspace.name,
            cluster.name,
            listed.join(" ")
        );
        let audit = self.audit_in(actor, "namespaces.set", workspace.id, target);
        let set = self
            .store
            .set_namespaces(workspace.id, cluster.id, &namespaces, &audit);
        match set.await {
            Err(StoreError::NameTaken) => Err(self
                .owned_elsewhere(&workspace, &cluster, &namespaces)
                .await?),
            // One of both was deleted between the question and the answer.
            Err(StoreError::Gone) => Err(no_cluster(cluster.name.as_str())),
            Err(error) => Err(error.into()),
            Ok(()) => Ok(ClusterNamespaces {
                cluster_id: cluster.id,
                cluster: cluster.name,
                namespaces,
            }),
        }
    }

    /// Which of the namespaces are another workspace's.
    async fn owned_elsewhere(
        &self,
        workspace: &Workspace,
        cluster: &ManagementCluster,
        namespaces: &[NamespaceName],
    ) -> Result<Error, Error> {
        let owned = self.store.owned_namespaces(cluster.id).await?;
        let taken = owned.iter().filter(|owned| {
            owned.workspace != workspace.name && namespaces.contains(&owned.namespace)
        });
        let taken: Vec<String> = taken
            .map(|owned| format!("`{}` is of `{}`", owned.namespace, owned.workspace))
            .collect();
        Ok(Error::Conflict(format!(
            "a namespace belongs to one workspace: in the management cluster `{}` {}; take it away there first",
            cluster.name,
            taken.join(", ")
        )))
    }
}

/// All names, each once; every fault of the field is told.
pub(super) fn parsed(field: &str, names: &[String]) -> Result<Vec<NamespaceName>, Vec<FieldError>> {
    let mut faults = Vec::new();
    let at_field = |fault: FieldError| FieldError::new(field, fault.message);
    let each = names.iter().filter_map(|name| {
        let parsed = NamespaceName::parse(name).map_err(at_field);
        kept(parsed, &mut faults)
    });
    let mut namespaces: Vec<NamespaceName> = each.collect();
    if !faults.is_empty() {
        return Err(faults);
    }
    namespaces.sort();
    namespaces.dedup();
    Ok(namespaces)
}
