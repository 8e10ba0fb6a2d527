//! CAPA's kinds, with their real shapes and validations.

use k8s_openapi::api::core::v1::Namespace;
use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;
use kube::api::{ObjectMeta, PostParams};
use kube::{Api, Client, ResourceExt as _};

use super::start::until;

/// Which versions are served: those of CAPA 2, or that of CAPA 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Served {
    V1beta2,
    V1beta1,
}

impl Served {
    fn name(self) -> &'static str {
        match self {
            Self::V1beta2 => "v1beta2",
            Self::V1beta1 => "v1beta1",
        }
    }
}

const KINDS: [&str; 3] = [
    include_str!("crds/awsclusters.yaml"),
    include_str!("crds/awsclusterstaticidentities.yaml"),
    include_str!("crds/awsmanagedcontrolplanes.yaml"),
];

/// Installs the kinds and the namespace of CAPA's manager; returns once they are served.
pub(super) async fn install(client: &Client, served: Served) {
    namespace(client, "capa-system").await;
    let definitions: Api<CustomResourceDefinition> = Api::all(client.clone());
    for text in KINDS {
        let definition = defined(text, served);
        let name = definition.name_any();
        definitions
            .create(&PostParams::default(), &definition)
            .await
            .unwrap();
        until("the kind is established", async || {
            let found = definitions.get(&name).await.unwrap();
            let conditions = found.status.and_then(|status| status.conditions);
            let mut conditions = conditions.unwrap_or_default().into_iter();
            conditions.any(|one| one.type_ == "Established" && one.status == "True")
        })
        .await;
    }
    comes(client, served).await;
}

/// Waits until the kinds are served, which they are a moment after the API server is ready.
pub(super) async fn comes(client: &Client, served: Served) {
    for text in KINDS {
        let spec = defined(text, served).spec;
        let version = format!("{}/{}", spec.group, served.name());
        until("the kind is served", async || {
            let groups = client.list_api_groups().await;
            let named = groups.is_ok_and(|groups| {
                let mut versions = groups.groups.iter().flat_map(|group| &group.versions);
                versions.any(|one| one.group_version == version)
            });
            let listed = client.list_api_group_resources(&version).await;
            named
                && listed.is_ok_and(|listed| {
                    let mut kinds = listed.resources.into_iter();
                    kinds.any(|resource| resource.kind == spec.names.kind)
                })
        })
        .await;
    }
}

/// Makes a namespace.
pub(super) async fn namespace(client: &Client, name: &str) {
    let namespaces: Api<Namespace> = Api::all(client.clone());
    let namespace = Namespace {
        metadata: ObjectMeta {
            name: Some(name.to_owned()),
            ..ObjectMeta::default()
        },
        ..Namespace::default()
    };
    namespaces
        .create(&PostParams::default(), &namespace)
        .await
        .unwrap();
}

fn defined(text: &str, served: Served) -> CustomResourceDefinition {
    let mut definition: CustomResourceDefinition = serde_saphyr::from_str(text).unwrap();
    for version in &mut definition.spec.versions {
        version.served = version.name == served.name();
        version.storage = version.served;
    }
    definition
}
