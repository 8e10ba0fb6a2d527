//! What can be done, one file per operation.
//!
//! Each operation takes the actor first, asks [`crate::authorize`], and writes
//! its audit entry in the same transaction as its change.

mod add_provider;
mod audit;
mod check_keys;
mod check_provider;
mod checks;
mod clusters;
mod create_workspace;
mod delete_provider;
mod delete_workspace;
mod deliveries;
mod input;
mod keep_page;
mod people;
mod read_providers;
mod read_vitals;
mod read_workspaces;
mod repeat_request;
mod request_id;
mod rotate_root_key;
mod update_provider;
mod users_in_aws;

use std::sync::Arc;

use uuid::Uuid;

pub use add_provider::{NewProvider, NewStaticCredential, Notice, ProviderSaved, Verify};
pub use check_keys::NewCheck;
pub use check_provider::CheckHow;
pub use checks::{Beat, BegunCheck, LEASE};
pub use clusters::{
    ClusterChange, ClusterSaved, ExportWish, NewAccess, NewCluster, SealedExportWish,
};
pub use deliveries::{CLUSTER_LEASE, ClusterDeliveries, DeliveryOrder, DeliveryStatus};
pub use input::Removal;
pub use people::{Expiry, Listed, NewApiToken, NewInvitation, SignInElsewhere, UserEdit};
pub use repeat_request::{BegunRequest, REQUEST_LEASE};
pub use update_provider::ProviderChange;
pub use users_in_aws::{NewUser, UserGone, UserMade, UserPlanned, UserToGo, WishedKey};

use crate::domain::{AuditEvent, AuditOutcome, Workspace, WorkspaceId, WorkspaceName};
use crate::people::{Actor, Who};
use crate::ports::{Accounts, Clock, Cloud, Delivery, Meter, Random, Silent, Store};
use crate::{Action, Error, authorize};

/// The product: its operations over the ports that it was given.
#[derive(Clone)]
pub struct Commissary {
    store: Arc<dyn Store>,
    cloud: Arc<dyn Cloud>,
    accounts: Arc<dyn Accounts>,
    delivery: Arc<dyn Delivery>,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    meter: Arc<dyn Meter>,
    elsewhere: Option<Arc<SignInElsewhere>>,
}

impl Commissary {
    /// Puts the product together.
    pub fn new(
        store: Arc<dyn Store>,
        cloud: Arc<dyn Cloud>,
        accounts: Arc<dyn Accounts>,
        delivery: Arc<dyn Delivery>,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
    ) -> Self {
        Self {
            store,
            cloud,
            accounts,
            delivery,
            clock,
            random,
            meter: Arc::new(Silent),
            elsewhere: None,
        }
    }

    /// The same, with somebody who counts what happens.
    #[must_use]
    pub fn counted_by(self, meter: Arc<dyn Meter>) -> Self {
        Self { meter, ..self }
    }

    /// Whether the product can serve requests just now.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn ready(&self) -> Result<(), Error> {
        Ok(self.store.ready().await?)
    }

    /// A new identity: UUID version 7, so that later ones sort later (RFC 9562).
    fn new_id(&self) -> Uuid {
        new_id(self.clock.as_ref(), self.random.as_ref())
    }

    fn audit(&self, actor: &Actor, action: &str, target: String) -> AuditEvent {
        let (clock, random) = (self.clock.as_ref(), self.random.as_ref());
        audit_event(clock, random, actor, action, target)
    }

    fn audit_in(
        &self,
        actor: &Actor,
        action: &str,
        workspace: WorkspaceId,
        target: String,
    ) -> AuditEvent {
        AuditEvent {
            workspace_id: Some(workspace),
            ..self.audit(actor, action, target)
        }
    }

    /// Whether the actor may do `action` in a workspace, for who is about to offer it.
    ///
    /// # Errors
    /// Those of [`authorize`].
    pub async fn may_in(
        &self,
        actor: &Actor,
        action: Action,
        workspace: &str,
    ) -> Result<(), Error> {
        self.workspace_for(actor, action, workspace)
            .await
            .map(|_| ())
    }

    /// The workspace that a request names, once `actor` may do `action` there. A
    /// name that cannot be one, a workspace that is not there and one that the
    /// actor cannot see are the same.
    async fn workspace_for(
        &self,
        actor: &Actor,
        action: Action,
        name: &str,
    ) -> Result<Workspace, Error> {
        let missing = || match actor.who() {
            Who::Anonymous => Error::NotSignedIn,
            _ => Error::no_workspace(name),
        };
        let parsed = WorkspaceName::parse(name).map_err(|_| missing())?;
        let found = self.store.workspace(&parsed).await?.ok_or_else(missing)?;
        authorize(actor, action, Some(&found))?;
        Ok(found)
    }
}

fn new_id(clock: &dyn Clock, random: &dyn Random) -> Uuid {
    let mut bytes = [0_u8; 10];
    random.fill(&mut bytes);
    let millis = u64::try_from(clock.now().as_millisecond()).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
}

/// An entry for the audit log: what `actor` did just now, to what. The
/// operations make their own; this is for who works on the data without a
/// server, as a backup does.
pub fn audit_event(
    clock: &dyn Clock,
    random: &dyn Random,
    actor: &Actor,
    action: &str,
    target: String,
) -> AuditEvent {
    AuditEvent {
        id: new_id(clock, random),
        at: clock.now(),
        actor: actor.name().to_owned(),
        from: actor.origin().address.clone(),
        request_id: actor.origin().request_id.clone(),
        action: action.to_owned(),
        target,
        workspace_id: None,
        outcome: AuditOutcome::Done,
    }
}
