//! What is in a cluster, as others than the product see and change it.

use std::pin::Pin;

use futures::{Stream, StreamExt as _};
use k8s_openapi::api::authorization::v1::SubjectAccessReview;
use k8s_openapi::api::core::v1::{ResourceQuota, Secret};
use kube::Api;
use kube::api::{
    DeleteParams, DynamicObject, ListParams, Patch, PatchParams, PostParams, WatchEvent,
    WatchParams,
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

/// What gives the product's service account its rights: in CAPA's namespace, or in the cluster.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Binding {
    Role,
    ClusterRole,
}

impl Things {
    pub(crate) async fn of(cluster: &Cluster, version: &str) -> Self {
        Self::with_secrets_in(cluster, version, capa_system().as_str()).await
    }

    /// Those of a cluster whose CAPA has its Secrets in a namespace.
    pub(crate) async fn with_secrets_in(cluster: &Cluster, version: &str, namespace: &str) -> Self {
        let client = cluster.administrator().await;
        let infrastructure = "infrastructure.cluster.x-k8s.io";
        let kind = |group, version, kind| {
            ApiResource::from_gvk(&GroupVersionKind::gvk(group, version, kind))
        };
        let secret = kind("", "v1", "Secret");
        let identity = kind(infrastructure, version, "AWSClusterStaticIdentity");
        let user = kind(infrastructure, version, "AWSCluster");
        Self {
            secrets: Api::namespaced_with(client.clone(), namespace, &secret),
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

    /// How many identities there are.
    pub(crate) async fn identities(&self) -> usize {
        let all = ListParams::default();
        let all = self.identities.list_metadata(&all).await.unwrap();
        all.items.len()
    }

    /// What would make the product's objects anew, each as somebody would apply it.
    pub(crate) async fn manifests(&self) -> Vec<Value> {
        let ours = ListParams::default().labels("app.kubernetes.io/managed-by=commissary");
        let mut all = Vec::new();
        for (api, types) in [
            (&self.secrets, ("v1", "Secret")),
            (
                &self.identities,
                (
                    "infrastructure.cluster.x-k8s.io/v1beta2",
                    "AWSClusterStaticIdentity",
                ),
            ),
        ] {
            for object in api.list(&ours).await.unwrap() {
                let mut manifest = object.data.clone();
                manifest["apiVersion"] = json!(types.0);
                manifest["kind"] = json!(types.1);
                manifest["metadata"] = json!({
                    "name": object.metadata.name,
                    "namespace": object.metadata.namespace,
                    "labels": object.metadata.labels,
                    "annotations": object.metadata.annotations,
                });
                all.push(manifest);
            }
        }
        all
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
        let data = json!({ "AccessKeyID": "dGhlaXJz" });
        self.make_secret_with(name, data).await;
    }

    pub(crate) async fn make_secret_with(&self, name: &str, data: Value) {
        let data = json!({ "data": data });
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

    /// Takes the quota away.
    pub(crate) async fn allow_secrets(&self) {
        let namespace = capa_system();
        let quotas: Api<ResourceQuota> = Api::namespaced(self.client.clone(), namespace.as_str());
        let params = DeleteParams::default();
        quotas.delete("none", &params).await.unwrap();
    }

    /// Takes from the product's service account what the manifest gave it.
    pub(crate) async fn take_rights(&self) {
        for binding in [Binding::Role, Binding::ClusterRole] {
            self.take(binding).await;
        }
    }

    /// Takes one of the bindings away; returns it.
    pub(crate) async fn take(&self, binding: Binding) -> DynamicObject {
        let bindings = self.bindings(binding);
        let taken = bindings.get("commissary").await.unwrap();
        let params = DeleteParams::default();
        bindings.delete("commissary", &params).await.unwrap();
        self.until_allowed(binding, false).await;
        taken
    }

    /// Gives a binding back.
    pub(crate) async fn give_back(&self, binding: Binding, taken: DynamicObject) {
        let mut given = taken;
        given.metadata.resource_version = None;
        given.metadata.uid = None;
        let params = PostParams::default();
        self.bindings(binding)
            .create(&params, &given)
            .await
            .unwrap();
        self.until_allowed(binding, true).await;
    }

    fn bindings(&self, binding: Binding) -> Api<DynamicObject> {
        let (group, version) = ("rbac.authorization.k8s.io", "v1");
        let kind = |kind| ApiResource::from_gvk(&GroupVersionKind::gvk(group, version, kind));
        let (client, namespace) = (self.client.clone(), capa_system());
        match binding {
            Binding::Role => Api::namespaced_with(client, namespace.as_str(), &kind("RoleBinding")),
            Binding::ClusterRole => Api::all_with(client, &kind("ClusterRoleBinding")),
        }
    }

    /// The API server knows of a binding a moment later.
    async fn until_allowed(&self, binding: Binding, allowed: bool) {
        let namespace = capa_system();
        let asked = match binding {
            Binding::Role => {
                json!({ "verb": "get", "resource": "secrets", "namespace": namespace })
            }
            Binding::ClusterRole => json!({
                "verb": "get", "resource": "awsclusterstaticidentities",
                "group": "infrastructure.cluster.x-k8s.io",
            }),
        };
        let review = json!({
            "spec": {
                "user": format!("system:serviceaccount:{namespace}:commissary"),
                "resourceAttributes": asked,
            },
        });
        let review: SubjectAccessReview = serde_json::from_value(review).unwrap();
        let reviews: Api<SubjectAccessReview> = Api::all(self.client.clone());
        until("the binding counts", async || {
            let asked = reviews.create(&PostParams::default(), &review).await;
            asked.unwrap().status.unwrap().allowed == allowed
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
