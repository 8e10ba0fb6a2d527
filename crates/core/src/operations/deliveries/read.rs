//! See where a provider can be used, and who uses it there.

use jiff::Timestamp;

use super::super::Commissary;
use crate::domain::{
    ClusterDelivery, ClusterName, ClusterTrouble, Delivery, DeliveryState, IdentityUser,
    ManagementCluster, NamespaceName, Page, PageRequest, Provider,
};
use crate::people::Actor;
use crate::{Action, Error, authorize};

/// How a provider stands in one management cluster.
#[derive(Debug, Clone)]
pub struct DeliveryStatus {
    /// The management cluster's name.
    pub cluster: ClusterName,
    /// The namespaces there that may use it, by name.
    pub namespaces: Vec<NamespaceName>,
    /// What was delivered, and what is to be.
    pub delivery: Delivery,
    /// What stands in the way of the whole cluster.
    pub trouble: Option<ClusterTrouble>,
    /// Who uses it there, as last seen.
    pub users: Vec<IdentityUser>,
}

impl DeliveryStatus {
    /// How it stands: what cannot reach its cluster fails with it.
    pub fn state(&self) -> DeliveryState {
        self.delivery.state_under(self.trouble.as_ref())
    }

    /// Why it is not as it should be, and when it is tried again.
    pub fn failure(&self) -> Option<(&str, Option<Timestamp>)> {
        if self.delivery.due_at.is_some()
            && let Some(trouble) = &self.trouble
        {
            return Some((&trouble.why, Some(trouble.next_try)));
        }
        let failure = self.delivery.failure.as_ref()?;
        Some((&failure.why, self.delivery.due_at))
    }

    /// Whether somebody who uses it may do so by its namespace.
    pub fn is_allowed(&self, user: &IdentityUser) -> bool {
        let mut allowed = self.namespaces.iter();
        allowed.any(|namespace| namespace.as_str() == user.namespace)
    }

    /// Who uses it there, each a phrase that names the cluster.
    pub fn uses(&self) -> Vec<String> {
        let users = self.users.iter();
        users
            .map(|user| format!("{user} in `{}`", self.cluster))
            .collect()
    }

    /// What is wrong with its use there, each a sentence.
    pub fn findings(&self) -> Vec<String> {
        let outside = self.users.iter().filter(|user| !self.is_allowed(user));
        outside
            .map(|user| {
                format!(
                    "{user} uses the identity `{}` and is outside of the namespaces that may: it cannot be reconciled; give the workspace that namespace, or have it use another identity",
                    self.delivery.identity
                )
            })
            .collect()
    }
}

/// What is delivered to a management cluster, some of it.
#[derive(Debug, Clone)]
pub struct ClusterDeliveries {
    /// By the name of the identity.
    pub page: Page<ClusterDelivery>,
    /// What stands in the way of the whole cluster.
    pub trouble: Option<ClusterTrouble>,
}

impl Commissary {
    /// The deliveries of a management cluster, by the name of the identity.
    ///
    /// # Errors
    /// There is no management cluster of that name, or the actor may not see it.
    pub async fn list_cluster_deliveries(
        &self,
        actor: &Actor,
        cluster: &str,
        page: &PageRequest,
    ) -> Result<ClusterDeliveries, Error> {
        authorize(actor, Action::ReadClusters, None)?;
        let cluster = self.find_cluster(cluster).await?;
        Ok(ClusterDeliveries {
            page: self.store.cluster_deliveries(cluster.id, page).await?,
            trouble: self.store.cluster_trouble(cluster.id).await?,
        })
    }

    /// Where a provider can be used, by the name of the management cluster.
    ///
    /// # Errors
    /// The provider is not there, or the actor may not see it.
    pub async fn list_deliveries(
        &self,
        actor: &Actor,
        workspace: &str,
        name: &str,
    ) -> Result<Vec<DeliveryStatus>, Error> {
        let provider = self.show_provider(actor, workspace, name).await?;
        self.statuses(&provider).await
    }

    pub(in super::super) async fn statuses(
        &self,
        provider: &Provider,
    ) -> Result<Vec<DeliveryStatus>, Error> {
        let namespaces = self.store.namespaces(provider.workspace_id).await?;
        let mut all = Vec::new();
        for (cluster, delivery) in self.store.deliveries(provider.id).await? {
            let at = namespaces.iter().find(|at| at.cluster_id == cluster.id);
            let namespaces = at.map_or_else(Vec::new, |at| at.namespaces.clone());
            all.push(self.status(cluster, delivery, namespaces).await?);
        }
        Ok(all)
    }

    async fn status(
        &self,
        cluster: ManagementCluster,
        delivery: Delivery,
        namespaces: Vec<NamespaceName>,
    ) -> Result<DeliveryStatus, Error> {
        let store = &self.store;
        Ok(DeliveryStatus {
            trouble: store.cluster_trouble(cluster.id).await?,
            users: store.identity_users(cluster.id, &delivery.identity).await?,
            cluster: cluster.name,
            namespaces,
            delivery,
        })
    }
}
