//! What is in a cluster, as others than the product see and change it.

use std::pin::Pin;

use futures::{Stream, StreamExt as _};
use k8s_openapi::api::authorization::v1::SubjectAccessReview;
use k8s_openapi::api::core::v1::{ResourceQuota, Secret};
use k8s_openapi::api::rbac::v1::{ClusterRoleBinding, RoleBinding};
use kube::Api;
use kube::api::{
    DeleteParams, DynamicObject, Patch, PatchParams, PostParams, WatchEvent, WatchParams,
};
use kube::core::{ApiResource, GroupVersionKind};
use serde_json::{Value, json};

use super::{Cluster, capa_system, until};

/// The objects of a cluster, in the hands of its administrator.
pub(crate) struct Things {
    secrets: Api<DynamicObject>,
    identities: Api<DynamicObject>,
    clusters: Api<DynamicObject>,
    client: kube::Client,
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    Secret,
    Identity,
}

impl Things {
    pub(crate) async fn of(cluster: &Cluster, version: &str) -> Self {
        let client = cluster.administrator().await;
        let infrastructure = "infrastructure.cluster.x-k8s.io";
        let kind = |group, version, kind| {
            ApiResource::from_gvk(&GroupVersionKind::gvk(group, version, kind))
        };
        let secret = kind("", "v1", "Secret");
        let identity = kind(infrastructure, version, "AWSClusterStaticIdentity");
        let user = kind(infrastructure, version, "AWSCluster");
        let namespace = capa_system();
        Self {
            secrets: Api::namespaced_with(client.clone(), namespace.as_str(), &secret),
            identities: Api::all_with(client.clone(), &identity),
            clusters: Api::namespaced_with(client.clone(), "default", &user),
            client,
        }
    }

    pub(crate) async fn secret(&self, name: &str) -> Option<Value> {
        got(&self.secrets, name).await
    }

    pub(crate) async fn identity(&self, name: &str) -> Option<Value> {
        got(&self.identities, name).await
    }

    pub(crate) async fn both(&self, name: &str) -> [Option<Value>; 2] {
        [self.secret(name).await, self.identity(name).await]
    }

    /// Changes the Secret or the identity of a name.
    pub(crate) async fn change(&self, kind: Kind, name: &str, to: Value) {
        let api = match kind {
            Kind::Secret => &self.secrets,
            Kind::Identity => &self.identities,
        };
        change(api, name, to).await;
    }

    /// As CAPA does it.
    pub(crate) async fn own_secret(&self, name: &str) {
        let owner = json!({
            "apiVersion": "infrastructure.cluster.x-k8s.io/v1beta2",
            "kind": "AWSCluster", "name": "prod", "uid": "1",
        });
        let to = json!({ "metadata": { "ownerReferences": [owner] } });
        change(&self.secrets, name, to).await;
    }

    pub(crate) async fn make_secret(&self, name: &str) {
        let data = json!({ "data": { "AccessKeyID": "dGhlaXJz" } });
        make(&self.secrets, "v1", "Secret", name, data).await;
    }

    pub(crate) async fn make_identity(&self, name: &str, secret: &str) {
        let version = "infrastructure.cluster.x-k8s.io/v1beta2";
        let spec = json!({ "spec": { "secretRef": secret, "allowedNamespaces": {} } });
        let kind = "AWSClusterStaticIdentity";
        make(&self.identities, version, kind, name, spec).await;
    }

    /// A cluster in the namespace `default` that uses an identity.
    pub(crate) async fn make_user(&self, name: &str, identity: &str) {
        let version = "infrastructure.cluster.x-k8s.io/v1beta2";
        let named = json!({ "kind": "AWSClusterStaticIdentity", "name": identity });
        let spec = json!({ "spec": { "region": "eu-west-1", "identityRef": named } });
        make(&self.clusters, version, "AWSCluster", name, spec).await;
    }

    /// What CAPA says about the identity of a cluster.
    pub(crate) async fn say_of_user(&self, name: &str, conditions: Value) {
        let status = json!({ "status": { "ready": true, "conditions": conditions } });
        let (params, change) = (PatchParams::default(), Patch::Merge(status));
        let done = self.clusters.patch_status(name, &params, &change);
        done.await.unwrap();
    }

    pub(crate) async fn delete_user(&self, name: &str) {
        let params = DeleteParams::default();
        self.clusters.delete(name, &params).await.unwrap();
    }

    /// Both objects of a name.
    pub(crate) async fn delete(&self, name: &str) {
        let params = DeleteParams::default();
        self.secrets.delete(name, &params).await.unwrap();
        self.identities.delete(name, &params).await.unwrap();
    }

    /// What becomes of a Secret from now on.
    pub(crate) async fn versions_of_secret(&self, name: &str) -> Seen {
        let version = self.secret(name).await.unwrap();
        let version = version["metadata"]["resourceVersion"].as_str().unwrap();
        let params = WatchParams::default().fields(&format!("metadata.name={name}"));
        let stream = self.secrets.watch(&params, version).await.unwrap();
        Seen(Box::pin(stream))
    }

    /// Has a quota refuse further Secrets in CAPA's namespace. No controller counts it here.
    pub(crate) async fn allow_no_secrets(&self) {
        let namespace = capa_system();
        let quotas: Api<ResourceQuota> = Api::namespaced(self.client.clone(), namespace.as_str());
        let none = json!({ "secrets": "0" });
        let quota = json!({
            "metadata": { "name": "none" },
            "spec": { "hard": none },
            "status": { "hard": none, "used": none },
        });
        let quota: ResourceQuota = serde_json::from_value(quota).unwrap();
        let params = PostParams::default();
        let made = quotas.create(&params, &quota).await.unwrap();
        let counted = ResourceQuota {
            status: quota.status,
            ..made
        };
        let params = PostParams::default();
        quotas
            .replace_status("none", &params, &counted)
            .await
            .unwrap();
        // The API server knows of it a moment later.
        let secrets: Api<Secret> = Api::namespaced(self.client.clone(), namespace.as_str());
        until("the quota counts", async || {
            let secret = serde_json::from_value(json!({ "metadata": { "name": "one" } })).unwrap();
            let params = PostParams {
                dry_run: true,
                ..PostParams::default()
            };
            secrets.create(&params, &secret).await.is_err()
        })
        .await;
    }

    /// Takes from the product's service account what the manifest gave it.
    pub(crate) async fn take_rights(&self) {
        let params = DeleteParams::default();
        let namespace = capa_system();
        let bindings: Api<RoleBinding> = Api::namespaced(self.client.clone(), namespace.as_str());
        bindings.delete("commissary", &params).await.unwrap();
        let bindings: Api<ClusterRoleBinding> = Api::all(self.client.clone());
        bindings.delete("commissary", &params).await.unwrap();
        // The API server knows of it a moment later.
        let review = json!({
            "spec": {
                "user": format!("system:serviceaccount:{namespace}:commissary"),
                "resourceAttributes": {
                    "verb": "get", "resource": "secrets", "namespace": namespace,
                },
            },
        });
        let review: SubjectAccessReview = serde_json::from_value(review).unwrap();
        let reviews: Api<SubjectAccessReview> = Api::all(self.client.clone());
        until("the rights are gone", async || {
            let asked = reviews.create(&PostParams::default(), &review).await;
            !asked.unwrap().status.unwrap().allowed
        })
        .await;
    }
}

/// What becomes of an object.
pub(crate) struct Seen(Pin<Box<dyn Stream<Item = kube::Result<WatchEvent<DynamicObject>>> + Send>>);

impl Seen {
    pub(crate) async fn next(&mut self) -> Value {
        loop {
            match self.0.next().await.unwrap().unwrap() {
                WatchEvent::Modified(object) => return serde_json::to_value(object).unwrap(),
                WatchEvent::Bookmark(_) => {}
                other => panic!("{other:?}"),
            }
        }
    }
}

async fn got(api: &Api<DynamicObject>, name: &str) -> Option<Value> {
    let found = api.get_opt(name).await.unwrap();
    found.map(|object| serde_json::to_value(object).unwrap())
}

async fn change(api: &Api<DynamicObject>, name: &str, to: Value) {
    let params = PatchParams {
        field_manager: Some("somebody".to_owned()),
        ..PatchParams::default()
    };
    let change = Patch::Merge(to);
    api.patch(name, &params, &change).await.unwrap();
}

async fn make(api: &Api<DynamicObject>, version: &str, kind: &str, name: &str, rest: Value) {
    let mut object = json!({ "apiVersion": version, "kind": kind, "metadata": { "name": name } });
    let whole = object.as_object_mut().unwrap();
    whole.extend(rest.as_object().unwrap().clone());
    let object: DynamicObject = serde_json::from_value(object).unwrap();
    let params = PostParams {
        field_manager: Some("somebody".to_owned()),
        ..PostParams::default()
    };
    api.create(&params, &object).await.unwrap();
}
