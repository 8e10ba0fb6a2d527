//! The management clusters that providers are delivered to.

use async_trait::async_trait;
use jiff::Timestamp;
use secrecy::SecretString;

use crate::domain::{ClusterAccess, ClusterFault, ClusterLook, Export, Kubeconfig, NamespaceName};
use crate::error::FieldError;

/// Why a management cluster did not do what it was asked. No answer of a cluster is repeated:
/// it may hold what was sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeliveryError {
    /// There is no way to it.
    #[error(
        "the management cluster does not answer at {server}: {why}; check the address and the network, then try again"
    )]
    Unreachable {
        /// Where it was asked.
        server: String,
        /// What went wrong.
        why: String,
    },
    /// What answers does not prove that it is the cluster.
    #[error(
        "what answers at {server} does not prove that it is this management cluster: its certificate is not signed by the authority of the kubeconfig, has expired or names another host; take a kubeconfig of the cluster as it is now"
    )]
    Untrusted {
        /// Where it was asked.
        server: String,
    },
    /// It does not know who asks.
    #[error(
        "the management cluster at {server} does not know who asks: the token or the client certificate of the kubeconfig has expired or was taken back; give it a new kubeconfig"
    )]
    NotSignedIn {
        /// Where it was asked.
        server: String,
    },
    /// It says no.
    #[error(
        "the management cluster at {server} does not allow to {what}; apply what `commissary management-cluster rbac` prints"
    )]
    Denied {
        /// Where it was asked.
        server: String,
        /// What was refused, as a verb phrase.
        what: String,
    },
    /// It answered something else than was asked for.
    #[error(
        "the management cluster at {server} answered {status} when it was asked to {what}; look at the log of its API server, or try again"
    )]
    Refused {
        /// Where it was asked.
        server: String,
        /// The status of HTTP; 0 where there was none.
        status: u16,
        /// What it was asked, as a verb phrase.
        what: String,
    },
    /// There is nothing to reach it with.
    #[error("{0}")]
    NoAccess(String),
}

impl DeliveryError {
    /// What a look finds where this comes back.
    pub fn fault(&self) -> ClusterFault {
        match self {
            Self::Untrusted { .. } => ClusterFault::Untrusted,
            Self::NotSignedIn { .. } => ClusterFault::NotSignedIn,
            Self::Denied { .. } => ClusterFault::RightMissing,
            Self::Unreachable { .. } | Self::Refused { .. } | Self::NoAccess(_) => {
                ClusterFault::Unreachable
            }
        }
    }
}

/// Reaches into management clusters. Every call ends within a bounded time.
#[async_trait]
pub trait Delivery: Send + Sync {
    /// Takes one context of a kubeconfig, its current one if none is named, and nothing else
    /// of it.
    ///
    /// # Errors
    /// A fault of the field `kubeconfig` or `context`: it is none, or a server could not
    /// work with it. Nothing of it is repeated but names.
    fn read_kubeconfig(
        &self,
        text: &SecretString,
        context: Option<&str>,
    ) -> Result<Kubeconfig, FieldError>;

    /// Looks whether providers can be delivered there. What stands in the way is what it
    /// finds, not an error.
    async fn look(
        &self,
        access: &ClusterAccess,
        capa_namespace: &NamespaceName,
        now: Timestamp,
    ) -> ClusterLook;

    /// The manifest that grants what is needed in a cluster and nothing more, as YAML.
    fn rights_manifest(&self, capa_namespace: &NamespaceName) -> String;

    /// The manifests that a repository keeps of a provider, as YAML: what would be delivered, but
    /// for the secret, and how that is filled in.
    fn manifests(&self, export: &Export) -> String;
}
