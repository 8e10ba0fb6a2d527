//! What is put into the clusters of the tests.

use std::sync::Arc;

use commissary_core::domain::{
    AccessKey, IdentityName, NamespaceName, Owner, ProviderId, ProviderName, SecretInput, Wanted,
    WorkspaceName,
};
use commissary_core::ports::{Delivery as _, Reached};
use commissary_kubernetes::KubernetesDelivery;
use uuid::Uuid;

use crate::support::{Cluster, capa_system};

/// What a provider is to have in a cluster.
pub(crate) fn wanted(name: &str, key: AccessKey, namespaces: &[&str]) -> Wanted {
    let namespaces = namespaces.iter();
    Wanted {
        identity: IdentityName::parse(name).unwrap(),
        secret_namespace: capa_system(),
        owner: Owner {
            workspace: WorkspaceName::parse("team-a").unwrap(),
            provider: ProviderName::parse("Prod").unwrap(),
            provider_id: ProviderId(Uuid::from_u128(7)),
        },
        key,
        namespaces: namespaces
            .map(|name| NamespaceName::parse(name).unwrap())
            .collect(),
    }
}

fn parsed(id: &str, token: Option<&str>) -> AccessKey {
    let token = token.map(|token| SecretInput::new(token.to_owned()));
    let secret = SecretInput::new("k".repeat(40));
    AccessKey::parse(id, secret, token).unwrap().0
}

pub(crate) fn key() -> AccessKey {
    parsed("AKIAIOSFODNN7EXAMPLE", None)
}

pub(crate) fn other_key() -> AccessKey {
    parsed("AKIAI44QH8DHBEXAMPLE", None)
}

pub(crate) fn temporary_key() -> AccessKey {
    parsed("ASIAIOSFODNN7EXAMPLE", Some(&"t".repeat(200)))
}

/// The product in a cluster, as who has a token.
pub(crate) async fn reached(cluster: &Cluster, token: &str) -> Arc<dyn Reached> {
    let access = cluster.access(token);
    let namespace = capa_system();
    let product = KubernetesDelivery::default();
    let reached = product.reach(&access, &namespace);
    reached.await.unwrap()
}
