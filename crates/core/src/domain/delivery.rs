//! Deliveries: one provider in one management cluster, as it should be there and as it is.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{AccessKey, ClusterId, IdentityName, NamespaceName, Owner, WorkspaceId};

/// One provider in one management cluster. It outlives the provider until nothing of it is left
/// in the cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The management cluster.
    pub cluster_id: ClusterId,
    /// The workspace of the provider.
    pub workspace_id: WorkspaceId,
    /// Whose it is.
    pub owner: Owner,
    /// What the identity and its Secret are called there.
    pub identity: IdentityName,
    /// The namespace that the Secret is in, or may be in.
    pub secret_namespace: NamespaceName,
    /// Counts the changes that are to arrive.
    pub wanted: u32,
    /// Whether it is to be taken out of the cluster.
    pub removing: bool,
    /// Whether objects that somebody else made may be taken over.
    pub adopt: bool,
    /// When something is to be done; none where all is as it should be.
    pub due_at: Option<Timestamp>,
    /// What arrived.
    pub delivered: Option<Delivered>,
    /// What somebody else last changed.
    pub drift: Option<Drift>,
    /// Why the last try failed.
    pub failure: Option<DeliveryFailure>,
}

/// A delivery as the list of its management cluster has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClusterDelivery {
    /// What was delivered, and what is to be.
    pub delivery: Delivery,
    /// How many clusters and control planes use it, as last seen.
    pub users: u64,
}

/// What arrived in a cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivered {
    /// Up to which change.
    pub generation: u32,
    /// When.
    pub at: Timestamp,
    /// The objects as they were left.
    pub versions: Versions,
}

/// The versions of the two objects of a delivery; any other one was written by somebody else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Versions {
    /// The Secret's.
    pub secret: String,
    /// The identity's.
    pub identity: String,
}

/// What somebody else changed in the objects of a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drift {
    /// When it was seen.
    pub at: Timestamp,
    /// What was changed, each a phrase that tells no secret.
    pub what: Vec<String>,
    /// When it was put back.
    pub put_back_at: Option<Timestamp>,
}

/// Why a delivery did not arrive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryFailure {
    /// One sentence for people.
    pub why: String,
    /// How many tries failed in a row.
    pub attempts: u32,
    /// Whether it is because of what somebody else made there.
    pub conflict: bool,
}

/// How a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum DeliveryState {
    /// It is on its way.
    Pending,
    /// It is there as it should be.
    Delivered,
    /// Somebody changed it there, and it could not be put back yet.
    Drifted,
    /// The last try failed.
    Failed,
    /// Somebody else made something of its name there, which is left alone.
    Conflict,
    /// It is being taken out of the cluster.
    Removing,
}

impl DeliveryState {
    /// The word for it, as programs read it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Delivered => "delivered",
            Self::Drifted => "drifted",
            Self::Failed => "failed",
            Self::Conflict => "conflict",
            Self::Removing => "removing",
        }
    }
}

impl Delivery {
    /// How it stands. A drift counts until it is put back, whatever else there is.
    pub fn state(&self) -> DeliveryState {
        let arrived = self.delivered.as_ref();
        match () {
            () if self.removing => DeliveryState::Removing,
            () if self.outstanding_drift().is_some() => DeliveryState::Drifted,
            () if self.is_in_conflict() => DeliveryState::Conflict,
            () if self.failure.is_some() => DeliveryState::Failed,
            () if arrived.is_some_and(|arrived| arrived.generation == self.wanted) => {
                DeliveryState::Delivered
            }
            () => DeliveryState::Pending,
        }
    }

    /// What somebody changed and nobody has put back.
    pub fn outstanding_drift(&self) -> Option<&Drift> {
        let drift = self.drift.as_ref();
        drift.filter(|drift| drift.put_back_at.is_none())
    }

    /// The same where nothing reaches its cluster because of `trouble`: what is on its way fails
    /// with it.
    pub fn state_under(&self, trouble: Option<&ClusterTrouble>) -> DeliveryState {
        match self.state() {
            DeliveryState::Pending if trouble.is_some() => DeliveryState::Failed,
            state => state,
        }
    }

    /// Whether what somebody else made there stands in the way.
    pub fn is_in_conflict(&self) -> bool {
        self.failure.as_ref().is_some_and(|last| last.conflict)
    }

    /// What the audit log calls it.
    pub fn target(&self) -> String {
        format!("{}/{}", self.owner.workspace, self.owner.provider)
    }

    /// When it is tried again, where the last try failed.
    pub fn next_try(&self) -> Option<Timestamp> {
        self.failure.as_ref().and(self.due_at)
    }
}

/// Why nothing reaches a management cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClusterTrouble {
    /// One sentence for people.
    pub why: String,
    /// How many tries failed in a row.
    pub attempts: u32,
    /// When it is tried again.
    pub next_try: Timestamp,
}

/// What a management cluster should have of a provider.
#[derive(Debug)]
pub struct Wanted {
    /// What the identity and its Secret are called.
    pub identity: IdentityName,
    /// The namespace that the Secret belongs in.
    pub secret_namespace: NamespaceName,
    /// Whose they are.
    pub owner: Owner,
    /// The key; its `Debug` shows no secret.
    pub key: AccessKey,
    /// The namespaces that may use the identity. Never empty: without a namespace there is no
    /// delivery.
    pub namespaces: Vec<NamespaceName>,
}

/// What is in a management cluster under the name of a delivery.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    /// The Secret, if there is one.
    pub secret: Option<StandingObject>,
    /// The identity, if there is one.
    pub identity: Option<StandingObject>,
}

impl Standing {
    /// Both objects, where they are there and as they should be.
    pub fn as_wanted(&self) -> Option<Versions> {
        let right = |object: &Option<StandingObject>| {
            let object = object.as_ref()?;
            (object.ours && object.differences.is_empty()).then(|| object.version.clone())
        };
        Some(Versions {
            secret: right(&self.secret)?,
            identity: right(&self.identity)?,
        })
    }

    /// What differs from what was delivered, each a phrase.
    pub fn differences(&self) -> Vec<String> {
        let one = |kind: &str, object: &Option<StandingObject>| match object {
            None => vec![format!("{kind} deleted")],
            Some(object) if !object.ours => vec![format!("{kind} is another one")],
            Some(object) => object.differences.clone(),
        };
        let mut all = one("the Secret was", &self.secret);
        all.extend(one("the identity was", &self.identity));
        all
    }
}

/// An object that is in a management cluster already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingObject {
    /// Whether it is this provider's.
    pub ours: bool,
    /// The identity that the cluster gave it.
    pub uid: String,
    /// Its version.
    pub version: String,
    /// How it differs from what is wanted, each a phrase that tells no secret.
    pub differences: Vec<String>,
    /// Whether it differs in what nobody can change: the Secret that an identity names (Cluster
    /// API Provider AWS, the webhook of `AWSClusterStaticIdentity`).
    pub fixed_otherwise: bool,
}
