//! A provider as a repository keeps it that something else applies from.

use super::{
    AccessKey, Authentication, IdentityName, ManagementCluster, NamespaceName, ProviderId,
    ProviderName, ServedKind, Wanted, WorkspaceName,
};

/// The provider that an object in a cluster belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    /// Its workspace's name.
    pub workspace: WorkspaceName,
    /// Its name.
    pub provider: ProviderName,
    /// The identity behind the name, by which an object is known as ours.
    pub provider_id: ProviderId,
}

/// What a management cluster should have of a provider, but for the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// What the identity and its Secret are called.
    pub identity: IdentityName,
    /// The namespace that the Secret belongs in.
    pub secret_namespace: NamespaceName,
    /// Whose they are.
    pub owner: Owner,
    /// The namespaces that may use the identity. Never empty.
    pub namespaces: Vec<NamespaceName>,
    /// The version of CAPA's kinds that is written.
    pub version: &'static str,
    /// What is shown of the key.
    pub authentication: Authentication,
}

impl Export {
    /// The same with the key.
    pub fn with(self, key: AccessKey) -> Wanted {
        Wanted {
            identity: self.identity,
            secret_namespace: self.secret_namespace,
            owner: self.owner,
            key,
            namespaces: self.namespaces,
        }
    }
}

impl ManagementCluster {
    /// The versions of CAPA's kinds that are known, the newest first.
    pub const CAPA_VERSIONS: [&str; 2] = ["v1beta2", "v1beta1"];

    /// The version that an identity is written in: the newest that the cluster served at the last
    /// look at it; the newest of all where that is not known.
    pub fn identity_version(&self) -> &'static str {
        let mut kinds = self.last_look.iter().flat_map(|look| &look.kinds);
        let served = kinds.find(|served| served.kind == IdentityName::KIND);
        let [newest, ..] = Self::CAPA_VERSIONS;
        served.and_then(ServedKind::newest).unwrap_or(newest)
    }
}
