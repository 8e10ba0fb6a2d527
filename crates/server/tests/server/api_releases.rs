//! `/api/v1/releases`.

use serde_json::Value;

use crate::support::World;

#[tokio::test]
async fn releases_tell_their_features() {
    let world = World::new().await;
    let list = world.get("/api/v1/releases").await.json();
    let release = &list["items"][0];
    assert_eq!(release["id"], "kommander-2.2");
    assert_eq!(release["requirements"], 114);
    let features = release["features"].as_array().unwrap();
    assert!(
        features
            .iter()
            .any(|feature| feature["id"] == "eks" && feature["default"] == true)
    );
    assert_eq!(list["next"], Value::Null);
}

#[tokio::test]
async fn a_policy_is_printed_in_both_forms() {
    let world = World::new().await;
    let path = "/api/v1/releases/kommander-2.2/policy";
    let pretty = world.get(path).await;
    assert_eq!(pretty.header("content-type"), "application/json");
    assert_eq!(pretty.json()["Statement"].as_array().unwrap().len(), 17);
    let compact = world.get(&format!("{path}?format=compact")).await;
    assert_eq!(compact.body.len(), 5538);
    assert_eq!(compact.json(), pretty.json());
    let small = world
        .get(&format!("{path}?feature=ec2&feature=spot&format=pretty"))
        .await;
    assert!(small.body.contains("spot.amazonaws.com") && !small.body.contains("eks:CreateCluster"));
}

#[tokio::test]
async fn what_is_not_known_is_told() {
    let world = World::new().await;
    let path = "/api/v1/releases/kommander-2.2/policy";
    world
        .get(&format!("{path}?feature=none"))
        .await
        .assert_problem(422, "invalid-input", &["feature"]);
    world
        .get(&format!("{path}?format=yaml"))
        .await
        .assert_problem(422, "invalid-input", &["format"]);
    world
        .get(&format!("{path}?features=ec2"))
        .await
        .assert_problem(422, "invalid-input", &["query"]);
    world
        .get("/api/v1/releases/none/policy")
        .await
        .assert_problem(404, "not-found", &[]);
}

#[tokio::test]
async fn an_empty_region_is_the_usual_one_here_as_elsewhere() {
    let world = World::new().await;
    let path = "/api/v1/releases/kommander-2.2/bootstrap?tool=aws-cli";
    let usual = world.get(path).await;
    let empty = world.get(&format!("{path}&region=")).await;
    assert_eq!((empty.status, empty.body), (usual.status, usual.body));
}
