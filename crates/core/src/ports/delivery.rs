//! The management clusters that providers are delivered to.

use std::sync::Arc;

use async_trait::async_trait;
use jiff::Timestamp;
use secrecy::SecretString;

use crate::domain::{
    ClusterAccess, ClusterEvent, ClusterFault, ClusterLook, Export, IdentityName, Kubeconfig,
    NamespaceName, ProviderId, SealingCertificate, Standing, Versions, Wanted,
};
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
    /// There is the right, but not the will.
    #[error(
        "an admission rule of the management cluster at {server} does not let anybody {what}: a quota, a policy, a webhook that says no or does not answer, or a namespace that is being deleted; look at the log of its API server, then try again"
    )]
    NotAdmitted {
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
    /// An object of that name is there already and is not the provider's.
    #[error(
        "the {object} is in the management cluster already and is not this provider's; deliver under another name with `commissary provider deliver --identity-name`, or take it over with `--adopt`"
    )]
    Taken {
        /// The kind and the name of the object.
        object: String,
    },
    /// An identity that is to be taken over names a Secret of its own.
    #[error(
        "the identity `{identity}` in the management cluster names another Secret, which cannot be changed; deliver under another name with `commissary provider deliver --identity-name`, or delete that identity first"
    )]
    OtherSecret {
        /// Its name.
        identity: String,
    },
    /// The namespace that a Secret belongs in is not there.
    #[error(
        "the management cluster has no namespace `{name}`; install Cluster API Provider AWS, or say where it runs with `commissary management-cluster update --capa-namespace`"
    )]
    NamespaceMissing {
        /// The namespace.
        name: String,
    },
    /// A kind is not there in a version that is known.
    #[error(
        "the management cluster has no kind `{kind}` in version v1beta2 or v1beta1; install Cluster API Provider AWS there"
    )]
    KindMissing {
        /// The kind.
        kind: String,
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
            Self::KindMissing { .. } => ClusterFault::KindMissing,
            Self::NamespaceMissing { .. } => ClusterFault::NamespaceMissing,
            Self::Unreachable { .. }
            | Self::NotAdmitted { .. }
            | Self::Refused { .. }
            | Self::Taken { .. }
            | Self::OtherSecret { .. }
            | Self::NoAccess(_) => ClusterFault::Unreachable,
        }
    }

    /// Whether it is because of what somebody else made there.
    pub fn is_conflict(&self) -> bool {
        matches!(self, Self::Taken { .. } | Self::OtherSecret { .. })
    }

    /// Whether nothing else will go well there either until that is mended.
    pub fn is_of_the_cluster(&self) -> bool {
        match self {
            Self::Unreachable { .. }
            | Self::Untrusted { .. }
            | Self::NotSignedIn { .. }
            | Self::KindMissing { .. }
            | Self::NoAccess(_) => true,
            Self::Denied { .. }
            | Self::NotAdmitted { .. }
            | Self::Refused { .. }
            | Self::Taken { .. }
            | Self::OtherSecret { .. }
            | Self::NamespaceMissing { .. } => false,
        }
    }
}

/// Nothing can be sealed with a certificate that was taken before.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("nothing can be sealed with the sealing certificate that is kept")]
pub struct NotSealed;

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

    /// Reads a certificate, as PEM, that secrets can be sealed with. Whether it has expired is not
    /// looked at.
    ///
    /// # Errors
    /// A fault of the field `sealingCertificate`: it is none, or none that is good for it.
    /// Nothing of it is repeated.
    fn read_sealing_certificate(&self, text: &str) -> Result<SealingCertificate, FieldError>;

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

    /// The same with the secret in it, sealed: only the owner of the certificate opens it, in its
    /// place and nowhere else. The identity is written in `version`.
    ///
    /// # Errors
    /// The certificate is none that can be sealed with.
    fn sealed_manifests(
        &self,
        wanted: &Wanted,
        version: &str,
        certificate: &SealingCertificate,
    ) -> Result<String, NotSealed>;

    /// Signs in at a cluster and finds out in which versions its kinds are served.
    ///
    /// # Errors
    /// It cannot be reached, or does not have the kinds.
    async fn reach(
        &self,
        access: &ClusterAccess,
        capa_namespace: &NamespaceName,
    ) -> Result<Arc<dyn Reached>, DeliveryError>;
}

/// A management cluster that was reached. Every call but a watch ends within a bounded time.
#[async_trait]
pub trait Reached: Send + Sync {
    /// What is there under the name of a delivery, and how it differs from what is wanted.
    ///
    /// # Errors
    /// The cluster could not be asked.
    async fn find(&self, wanted: &Wanted) -> Result<Standing, DeliveryError>;
    /// Makes what is there as it is wanted: first the Secret, then the identity. Fields of others
    /// stay. `standing` is what was found; what is not this provider's is taken over only if
    /// `adopt` says so.
    ///
    /// # Errors
    /// [`DeliveryError::Taken`], and what the cluster refuses.
    async fn put(
        &self,
        wanted: &Wanted,
        standing: &Standing,
        adopt: bool,
    ) -> Result<Versions, DeliveryError>;
    /// Removes both objects, the identity first, as far as they are the provider's.
    ///
    /// # Errors
    /// The cluster refuses.
    async fn remove(
        &self,
        identity: &IdentityName,
        secret_namespace: &NamespaceName,
        provider: ProviderId,
    ) -> Result<(), DeliveryError>;
    /// Removes the Secret alone, where it belongs in another namespace by now.
    ///
    /// # Errors
    /// The cluster refuses.
    async fn remove_secret(
        &self,
        identity: &IdentityName,
        secret_namespace: &NamespaceName,
        provider: ProviderId,
    ) -> Result<(), DeliveryError>;
    /// Tells what happens there to what was delivered and who uses it, from how all of it stands
    /// on, until that cannot go on; says why.
    async fn watch(&self, heard: &dyn Heard) -> DeliveryError;
}

/// Hears what happens in a management cluster.
#[async_trait]
pub trait Heard: Send + Sync {
    /// Something happened; nothing more is told until this returns.
    async fn hear(&self, event: ClusterEvent);
}
