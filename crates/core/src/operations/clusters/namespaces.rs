//! The namespaces of a workspace in management clusters.

use super::super::Commissary;
use super::super::input::{in_use, kept};
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
    /// to one workspace at most, and it takes force to take away one in which clusters use the
    /// workspace's providers.
    ///
    /// # Errors
    /// The workspace or the cluster is not there, a name is none or another workspace's, one that
    /// is in use would go, or the actor may not.
    pub async fn set_namespaces(
        &self,
        actor: &Actor,
        workspace: &str,
        cluster: &str,
        names: &[String],
        force: bool,
    ) -> Result<ClusterNamespaces, Error> {
        let workspace = self
            .workspace_for(actor, Action::SetNamespaces, workspace)
            .await?;
        let cluster = self.find_cluster(cluster).await?;
        let namespaces = parsed("namespaces", names).map_err(Error::Invalid)?;
        if !force {
            self.must_cut_nobody_off(&workspace, &cluster, &namespaces)
                .await?;
        }
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

    /// Refuses to take away the namespaces of those who use a provider of the workspace.
    async fn must_cut_nobody_off(
        &self,
        workspace: &Workspace,
        cluster: &ManagementCluster,
        namespaces: &[NamespaceName],
    ) -> Result<(), Error> {
        let all = self.store.namespaces(workspace.id).await?;
        let there = all.into_iter().find(|at| at.cluster_id == cluster.id);
        let mut goes = there.map_or_else(Vec::new, |at| at.namespaces);
        goes.retain(|namespace| !namespaces.contains(namespace));
        if goes.is_empty() {
            return Ok(());
        }
        let users = self.store.workspace_users(cluster.id, workspace.id).await?;
        let cut_off = users.iter().filter(|(_, user)| {
            let mut goes = goes.iter();
            goes.any(|namespace| namespace.as_str() == user.namespace)
        });
        let cut_off: Vec<String> = cut_off
            .map(|(provider, user)| format!("{user} of `{provider}`"))
            .collect();
        if cut_off.is_empty() {
            return Ok(());
        }
        Err(in_use(&cut_off, |users| {
            format!(
                "without these namespaces in `{}`, clusters that use the workspace's providers could not be reconciled or deleted any more: {users}; delete these first, or take the namespaces away all the same with `--force`",
                cluster.name
            )
        }))
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
