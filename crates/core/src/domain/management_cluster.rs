//! Management clusters: the Kubernetes clusters that run Cluster API and that providers are
//! delivered to.

use jiff::Timestamp;
use schemars::JsonSchema;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{ClusterName, NamespaceName, SealingCertificate, WorkspaceName};

/// The identity of a management cluster, never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClusterId(pub Uuid);

/// How a management cluster is reached, as far as people see it; what proves who asks is kept
/// apart, sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Connection {
    /// With a kubeconfig.
    Kubeconfig {
        /// The address of its API server.
        server: String,
        /// The context that was taken from the kubeconfig.
        context: String,
    },
    /// From inside, as the service account that the server runs as.
    InCluster,
}

/// A kubeconfig with one context, in which everything stands that it takes.
#[derive(Debug, Clone)]
pub struct Kubeconfig {
    /// The address of the API server.
    pub server: String,
    /// The name of the context.
    pub context: String,
    /// The whole of it; its `Debug` shows nothing.
    pub text: SecretString,
}

/// How a management cluster is reached, with what proves who asks.
#[derive(Debug, Clone)]
pub enum ClusterAccess {
    /// With this kubeconfig.
    Kubeconfig(Kubeconfig),
    /// From inside.
    InCluster,
}

impl ClusterAccess {
    /// What people see of it.
    pub fn connection(&self) -> Connection {
        match self {
            Self::Kubeconfig(Kubeconfig {
                server, context, ..
            }) => Connection::Kubeconfig {
                server: server.clone(),
                context: context.clone(),
            },
            Self::InCluster => Connection::InCluster,
        }
    }
}

/// A Kubernetes cluster that runs Cluster API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManagementCluster {
    /// The identity behind the name.
    pub id: ClusterId,
    /// The name, unique in the installation.
    pub name: ClusterName,
    /// How it is reached.
    pub connection: Connection,
    /// The namespace of CAPA's manager, where it looks for secrets.
    pub capa_namespace: NamespaceName,
    /// What secrets are sealed with for it, where it has a controller that opens them.
    pub sealing_certificate: Option<SealingCertificate>,
    /// What the last look at it found.
    pub last_look: Option<ClusterLook>,
    /// When it was added.
    pub created_at: Timestamp,
    /// When its settings last changed.
    pub updated_at: Timestamp,
    /// How often its settings were changed.
    pub revision: u32,
}

impl ManagementCluster {
    /// The namespace that CAPA's manager is installed in unless somebody chose another.
    pub const CAPA_NAMESPACE: &str = "capa-system";

    /// How it stands, by its last look.
    pub fn status(&self) -> ClusterStatus {
        match &self.last_look {
            None => ClusterStatus::NotChecked,
            Some(look) if look.findings.is_empty() => ClusterStatus::Ready,
            Some(_) => ClusterStatus::NotReady,
        }
    }
}

/// How a management cluster stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum ClusterStatus {
    /// Providers can be delivered there.
    Ready,
    /// Something stands in the way.
    NotReady,
    /// Nobody has looked.
    NotChecked,
}

/// The namespaces that a workspace has in one management cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClusterNamespaces {
    /// The management cluster.
    pub cluster_id: ClusterId,
    /// Its name.
    pub cluster: ClusterName,
    /// The namespaces, by name.
    pub namespaces: Vec<NamespaceName>,
}

/// A namespace of a management cluster and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnedNamespace {
    /// The namespace.
    pub namespace: NamespaceName,
    /// The workspace that it belongs to.
    pub workspace: WorkspaceName,
}

/// What a look at a management cluster found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClusterLook {
    /// When it was looked at.
    pub at: Timestamp,
    /// The version of its API server, for example `v1.36.1`; none where it did not tell.
    pub version: Option<String>,
    /// The kinds of CAPA that the product works with, and in which versions they are served.
    pub kinds: Vec<ServedKind>,
    /// What stands in the way of deliveries; nothing where all is well.
    pub findings: Vec<ClusterFinding>,
}

/// A kind of CAPA and the versions that a cluster serves it in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ServedKind {
    /// The kind, for example `AWSClusterStaticIdentity`.
    pub kind: String,
    /// The versions that are served; none where the kind is not there.
    pub versions: Vec<String>,
}

impl ServedKind {
    /// The newest version that is known and served; none where there is no such version.
    pub fn newest(&self) -> Option<&'static str> {
        let mut known = ManagementCluster::CAPA_VERSIONS.into_iter();
        known.find(|known| self.versions.iter().any(|version| version == known))
    }
}

/// Something that stands in the way of deliveries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClusterFinding {
    /// What it is, for programs.
    pub code: ClusterFault,
    /// One sentence for people that says what to do.
    pub message: String,
}

/// What can stand in the way of deliveries to a management cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum ClusterFault {
    /// It did not answer.
    Unreachable,
    /// It does not prove that it is the cluster that was named.
    Untrusted,
    /// It does not know who asks.
    NotSignedIn,
    /// A kind of CAPA is not there, or in no version that the product knows.
    KindMissing,
    /// CAPA's namespace is not there.
    NamespaceMissing,
    /// A right is missing.
    RightMissing,
}

impl ClusterFault {
    /// Whether nothing at all can be done there with the access that was given.
    pub fn bars_entry(self) -> bool {
        matches!(
            self,
            Self::Unreachable | Self::Untrusted | Self::NotSignedIn
        )
    }
}
