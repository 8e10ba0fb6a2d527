//! Who uses an identity in a management cluster.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A cluster or control plane whose `identityRef` names an identity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct IdentityUser {
    /// Its kind: `AWSCluster` or `AWSManagedControlPlane`.
    pub kind: String,
    /// Its namespace.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// Its region, where it names one.
    pub region: Option<String>,
    /// How far it is.
    pub phase: UserPhase,
    /// What Cluster API Provider AWS says about the identity, where it says it.
    pub conditions: Vec<UserCondition>,
}

impl std::fmt::Display for IdentityUser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            kind,
            namespace,
            name,
            region,
            phase,
            ..
        } = self;
        write!(f, "the {kind} `{namespace}/{name}` (")?;
        if let Some(region) = region {
            write!(f, "{region}, ")?;
        }
        write!(f, "{})", phase.word())
    }
}

/// How far a cluster is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum UserPhase {
    /// It is being made.
    Provisioning,
    /// It is there.
    Ready,
    /// It is being deleted.
    Deleting,
}

impl UserPhase {
    /// The word for it, as programs read it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Provisioning => "provisioning",
            Self::Ready => "ready",
            Self::Deleting => "deleting",
        }
    }
}

/// `PrincipalUsageAllowed` or `PrincipalCredentialRetrieved`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UserCondition {
    /// Its type.
    #[serde(rename = "type")]
    pub name: String,
    /// `True`, `False` or `Unknown`.
    pub status: String,
    /// Why, in a word.
    pub reason: Option<String>,
}

/// A user of identities as a watch tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenUser {
    /// The identity that it names; none if it names none of the kind that is delivered, or is
    /// gone.
    pub identity: Option<String>,
    /// What it is.
    pub user: IdentityUser,
}

/// An object of a delivery as a watch tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenObject {
    /// Which of the two.
    pub kind: DeliveredKind,
    /// What it is called.
    pub name: String,
    /// Its version; none where it is gone.
    pub version: Option<String>,
}

/// The kinds of objects that a delivery is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeliveredKind {
    /// The Secret with the key.
    Secret,
    /// The identity that names the Secret and who may use it.
    Identity,
}

/// What a watch tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClusterEvent {
    /// All objects of a kind that the product delivered, as at the begin of a watch and after
    /// one that was lost.
    Objects(DeliveredKind, Vec<SeenObject>),
    /// An object changed.
    Object(SeenObject),
    /// All objects of a kind that can use identities.
    Users(&'static str, Vec<SeenUser>),
    /// One of them changed.
    User(SeenUser),
}

impl ClusterEvent {
    /// How many kinds are told of as a whole at the begin of a watch.
    pub const KINDS: usize = 4;
}
