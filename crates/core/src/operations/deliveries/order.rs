//! Deliver a provider at once, under another name, or over what is there.

use super::super::Commissary;
use super::super::input::kept;
use super::read::DeliveryStatus;
use crate::domain::{ClusterName, IdentityName, given};
use crate::error::FieldError;
use crate::people::Actor;
use crate::ports::StoreError;
use crate::{Action, Error};

/// How a provider is to be delivered, nothing checked yet.
#[derive(Debug, Clone, Default)]
pub struct DeliveryOrder {
    /// The name of the management cluster.
    pub cluster: String,
    /// Another name of the identity there.
    pub identity_name: Option<String>,
    /// Whether objects of that name that somebody else made are taken over.
    pub adopt: bool,
}

impl Commissary {
    /// Has a provider delivered to a management cluster at once, whatever came of it before.
    ///
    /// # Errors
    /// The provider is not there or not to be delivered there, the name is none, another
    /// provider's, or can no longer be changed, or the actor may not.
    pub async fn order_delivery(
        &self,
        actor: &Actor,
        workspace: &str,
        name: &str,
        order: DeliveryOrder,
    ) -> Result<DeliveryStatus, Error> {
        let workspace = self
            .workspace_for(actor, Action::DeliverProvider, workspace)
            .await?;
        let provider = self.find_provider(&workspace, name).await?;
        let mut faults = Vec::new();
        let at_field = |fault: FieldError| FieldError::new("managementCluster", fault.message);
        let cluster = kept(
            ClusterName::parse(&order.cluster).map_err(at_field),
            &mut faults,
        );
        let identity = given(order.identity_name.as_deref()).map(IdentityName::parse);
        let identity = identity.and_then(|parsed| kept(parsed, &mut faults));
        let Some(cluster) = cluster.filter(|_| faults.is_empty()) else {
            return Err(Error::Invalid(faults));
        };
        let status = self.status_in(&provider, &cluster).await?;
        let target = format!("{} to {cluster}", status.delivery.target());
        let audit = self.audit_in(actor, "delivery.order", workspace.id, target);
        let ordered =
            self.store
                .order_delivery(&status.delivery, identity.as_ref(), order.adopt, &audit);
        match ordered.await {
            Err(StoreError::NameTaken) => Err(Error::Conflict(format!(
                "another provider is delivered to `{cluster}` under that name; choose another one"
            ))),
            Err(StoreError::Changed) => Err(Error::Conflict(format!(
                "the provider is delivered to `{cluster}` as `{}` already, and clusters there may use that name; to change it, take the workspace's namespaces there away, wait until it is gone, and give them back",
                status.delivery.identity
            ))),
            Err(StoreError::Gone) => Err(nowhere(&cluster)),
            Err(error) => Err(error.into()),
            Ok(()) => self.status_in(&provider, &cluster).await,
        }
    }

    async fn status_in(
        &self,
        provider: &crate::domain::Provider,
        cluster: &ClusterName,
    ) -> Result<DeliveryStatus, Error> {
        let statuses = self.statuses(provider).await?;
        let mut there = statuses.into_iter();
        let there = there.find(|status| status.cluster == *cluster && !status.delivery.removing);
        there.ok_or_else(|| nowhere(cluster))
    }
}

fn nowhere(cluster: &ClusterName) -> Error {
    Error::Conflict(format!(
        "the workspace has no namespace in a management cluster `{cluster}`; give it one with `commissary workspace namespaces set`"
    ))
}
