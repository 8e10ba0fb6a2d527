//! That the cluster of the tests is one.

use k8s_openapi::api::core::v1::Namespace;
use kube::api::{DynamicObject, PostParams};
use kube::core::{ApiResource, GroupVersionKind};
use kube::{Api, Client};
use serde_json::{Value, json};

use crate::support::{ADMINISTRATOR, Cluster, Options, Request, STRANGER, Served, until};

const INFRASTRUCTURE: &str = "infrastructure.cluster.x-k8s.io";

#[tokio::test]
async fn the_kinds_have_capas_validations() {
    let cluster = Cluster::with_capa(Served::V1beta2).await;
    let client = cluster.administrator().await;
    let identity = |spec: Value| created(&client, "v1beta2", "AWSClusterStaticIdentity", spec);
    let ours = json!({ "secretRef": "prod", "allowedNamespaces": { "list": ["team-a"] } });
    assert_eq!(identity(ours).await, 201);
    assert_eq!(identity(json!({ "allowedNamespaces": null })).await, 422);
    let cluster = |kind: &str| {
        let spec = json!({ "identityRef": { "kind": kind, "name": "prod" } });
        created(&client, "v1beta2", "AWSCluster", spec)
    };
    assert_eq!(cluster("AWSClusterStaticIdentity").await, 201);
    assert_eq!(cluster("AWSClusterOtherIdentity").await, 422);
    let old = json!({ "secretRef": "prod" });
    assert_eq!(
        created(&client, "v1beta1", "AWSClusterStaticIdentity", old).await,
        404
    );
}

#[tokio::test]
async fn what_was_written_is_there_after_the_api_server_was_killed() {
    let mut cluster = Cluster::start(Options::default()).await;
    cluster.make_namespace("team-a").await;
    let namespaces: Api<Namespace> = Api::all(cluster.administrator().await);
    cluster.kill_api_server();
    assert!(namespaces.get("team-a").await.is_err());
    cluster.start_api_server().await;
    // The client from before trusts it: it has the certificate that it had.
    namespaces.get("team-a").await.unwrap();
}

#[tokio::test]
async fn requests_are_noted_with_who_asked_and_what_came_of_it() {
    let cluster = Cluster::start(Options { audited: true }).await;
    for token in [ADMINISTRATOR, STRANGER] {
        let namespaces: Api<Namespace> = Api::all(cluster.client(token).await);
        let _ = namespaces.get("default").await;
    }
    for (user, status) in [("administrator", 200), ("stranger", 403)] {
        let expected = Request {
            user: user.to_owned(),
            verb: "get".to_owned(),
            resource: "namespaces".to_owned(),
            status,
        };
        until("the request is noted", async || {
            cluster.requests().contains(&expected)
        })
        .await;
    }
}

#[tokio::test]
async fn two_clusters_know_nothing_of_each_other() {
    let (one, other) = tokio::join!(
        Cluster::start(Options::default()),
        Cluster::start(Options::default())
    );
    one.make_namespace("team-a").await;
    let there: Api<Namespace> = Api::all(one.administrator().await);
    let elsewhere: Api<Namespace> = Api::all(other.administrator().await);
    assert!(there.get_opt("team-a").await.unwrap().is_some());
    assert!(elsewhere.get_opt("team-a").await.unwrap().is_none());
}

/// The status that making an object is answered with.
async fn created(client: &Client, version: &str, kind: &str, spec: Value) -> u16 {
    let resource = ApiResource::from_gvk(&GroupVersionKind::gvk(INFRASTRUCTURE, version, kind));
    let objects: Api<DynamicObject> = match kind {
        "AWSCluster" => Api::namespaced_with(client.clone(), "default", &resource),
        _ => Api::all_with(client.clone(), &resource),
    };
    let object = DynamicObject::new("prod", &resource).data(json!({ "spec": spec }));
    match objects.create(&PostParams::default(), &object).await {
        Ok(_) => 201,
        Err(kube::Error::Api(status)) => status.code,
        Err(error) => panic!("{error}"),
    }
}
