//! `/api/v1/management-clusters`, and the namespaces of workspaces in them. What a real cluster
//! says is in the tests of the binary.

use axum::http::header;
use serde_json::{Value, json};

use crate::support::{Answer, Caller, World};

const CLUSTERS: &str = "/api/v1/management-clusters";
const TOKEN: &str = "canary-token-of-nowhere";

fn kubeconfig() -> String {
    json!({
        "contexts": [{"name": "a", "context": {"cluster": "a", "user": "a"}}],
        "clusters": [{"name": "a", "cluster": {"server": "https://127.0.0.1:1"}}],
        "users": [{"name": "a", "user": {"token": TOKEN}}],
        "current-context": "a",
    })
    .to_string()
}

fn new(name: &str, verify: &str) -> Value {
    let connection = json!({"method": "kubeconfig", "kubeconfig": kubeconfig()});
    json!({"name": name, "connection": connection, "verify": verify})
}

async fn change(world: &World, name: &str, etag: &str, body: &Value) -> Answer {
    let request = world
        .request(Caller::Program, "PATCH", &format!("{CLUSTERS}/{name}"))
        .header(header::IF_MATCH, etag)
        .header(header::CONTENT_TYPE, "application/json");
    world
        .send(request.body(body.to_string().into()).unwrap())
        .await
}

#[tokio::test]
async fn a_cluster_is_kept_without_telling_its_kubeconfig() {
    let world = World::new().await;
    let made = world.post_json(CLUSTERS, &new(" capi ", "later")).await;
    assert_eq!(made.status, 201, "{}", made.body);
    assert_eq!(made.header("location"), "/api/v1/management-clusters/capi");
    let kept = made.json();
    assert_eq!(kept["capaNamespace"], "capa-system");
    assert_eq!(kept["status"], "notChecked");
    assert_eq!(kept["notices"].as_array().unwrap().len(), 1);
    let read = world.get(&format!("{CLUSTERS}/capi")).await;
    assert_eq!(read.header("etag"), made.header("etag"));
    assert_eq!(read.json()["connection"], kept["connection"]);
    let checked = world
        .post_json(&format!("{CLUSTERS}/capi/check"), &json!({}))
        .await;
    assert_eq!(checked.json()["status"], "notReady");
    assert_ne!(checked.header("etag"), made.header("etag"));
    for answer in [made, read, checked, world.get(CLUSTERS).await] {
        assert!(!answer.body.contains(TOKEN), "{}", answer.body);
    }
    let rbac = world.get(&format!("{CLUSTERS}/capi/rbac")).await;
    assert_eq!(rbac.header("content-type"), "text/plain; charset=utf-8");
    assert!(rbac.body.contains("kind: Role\n"), "{}", rbac.body);
}

#[tokio::test]
async fn every_fault_of_a_new_cluster_is_told_at_its_field() {
    let world = World::new().await;
    let faulty = json!({
        "name": "No Name",
        "connection": {"method": "kubeconfig", "kubeconfig": "[", "context": null},
        "capaNamespace": "-",
    });
    let refused = world.post_json(CLUSTERS, &faulty).await;
    refused.assert_problem(
        422,
        "invalid-input",
        &["name", "capaNamespace", "kubeconfig"],
    );
    let both = json!({"method": "inCluster", "kubeconfig": kubeconfig()});
    for (body, field) in [
        (json!({"name": "a", "connection": both}), "kubeconfig"),
        (
            json!({"name": "a", "connection": {"method": "ssh"}}),
            "method",
        ),
        (json!({"name": "a"}), "connection"),
        (new("a", "now"), "kubeconfig"),
    ] {
        let refused = world.post_json(CLUSTERS, &body).await;
        refused.assert_problem(422, "invalid-input", &[field]);
        assert!(!refused.body.contains(TOKEN), "{}", refused.body);
    }
    world.post_json(CLUSTERS, &new("a", "later")).await;
    let taken = world.post_json(CLUSTERS, &new("a", "later")).await;
    taken.assert_problem(409, "name-taken", &["name"]);
}

#[tokio::test]
async fn a_change_is_of_what_was_read() {
    let world = World::new().await;
    let made = world.post_json(CLUSTERS, &new("capi", "later")).await;
    let etag = made.header("etag").to_owned();
    let same = change(&world, "capi", &etag, &json!({})).await;
    assert_eq!(
        (same.status.as_u16(), same.header("etag")),
        (200, etag.as_str())
    );
    let renamed = change(&world, "capi", &etag, &json!({"name": "eu"})).await;
    assert_eq!(renamed.status, 200, "{}", renamed.body);
    assert_eq!(
        renamed.header("content-location"),
        "/api/v1/management-clusters/eu"
    );
    assert_eq!(renamed.json()["connection"], made.json()["connection"]);
    let late = change(&world, "eu", &etag, &json!({"name": "west"})).await;
    late.assert_problem(412, "precondition-failed", &[]);
    let inside = json!({"connection": {"method": "inCluster"}, "verify": "later"});
    let moved = change(&world, "eu", "*", &inside).await;
    assert_eq!(moved.json()["connection"]["method"], "inCluster");
}
