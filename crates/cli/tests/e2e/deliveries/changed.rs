//! A management cluster that is changed, or left.

use serde_json::{Value, json};

use super::world::{DELETE, World};
use crate::kubernetes::{ADMINISTRATOR, Cluster, Served, Things};

#[tokio::test(flavor = "multi_thread")]
async fn secrets_move_with_capas_namespace() {
    let cluster = Cluster::with_capa(Served::V1beta2).await;
    cluster.make_namespace("capa-moved").await;
    let kubeconfig = cluster.kubeconfig_text(ADMINISTRATOR);
    let world = World::without_aws(cluster, &kubeconfig).await;
    world.add_unasked("prod");
    world.until_arrived("prod").await;
    let [secret, identity] = world.there.both("team-a-prod").await;
    let moved = Things::with_secrets_in(&world.cluster, "v1beta2", "capa-moved").await;

    let update = ["management-cluster", "update", "capi", "--capa-namespace"];
    world
        .server
        .run(&[&update[..], &["capa-moved"]].concat())
        .with_code(0);
    let arrived = |all: &[Value]| all[0]["deliveredGeneration"] == 2;
    let told = world.until("prod", arrived).await;
    // Nobody but the product changed anything.
    assert_eq!(told[0]["drift"], Value::Null);
    assert_eq!(world.there.secret("team-a-prod").await, None);
    let there = moved.secret("team-a-prod").await.unwrap();
    assert_eq!(there["data"], secret.unwrap()["data"]);
    assert_eq!(moved.identity("team-a-prod").await, identity);
    assert!(
        world
            .audited()
            .contains("from `capa-system` to `capa-moved`")
    );
    // What is watched moved along.
    moved.delete("team-a-prod").await;
    let put_back = |all: &[Value]| all[0]["drift"]["putBackAt"].is_string();
    world.until("prod", put_back).await;
    assert!(moved.secret("team-a-prod").await.is_some());

    // A namespace that is not there: nothing is lost on the way.
    let update = [&update[..], &["nowhere"]].concat();
    let said = world.server.run(&update);
    assert!(said.err.contains("no namespace `nowhere`"), "{}", said.err);
    let failed = world.until_state("prod", "failed").await;
    let why = failed["failure"]["message"].as_str().unwrap();
    assert!(why.contains("no namespace `nowhere`"), "{why}");
    world.cluster.make_namespace("nowhere").await;
    world.until_arrived("prod").await;
    let there = Things::with_secrets_in(&world.cluster, "v1beta2", "nowhere").await;
    assert!(there.secret("team-a-prod").await.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cluster_that_is_left_keeps_what_was_delivered() {
    let cluster = Cluster::with_capa(Served::V1beta2).await;
    let kubeconfig = cluster.kubeconfig_text(ADMINISTRATOR);
    let world = World::without_aws(cluster, &kubeconfig).await;
    world.add_unasked("prod");
    world.until_arrived("prod").await;
    let before = world.there.both("team-a-prod").await;
    let delete = ["management-cluster", "delete", "capi", "--confirm", "capi"];
    let refused = world.server.run(&delete);
    assert!(refused.err.contains("--force"), "{}", refused.err);
    refused.with_code(7);
    world
        .server
        .run(&[&delete[..], &["--force"]].concat())
        .with_code(0);
    assert_eq!(world.deliveries("prod"), Vec::<Value>::new());
    let show = ["-o", "json", "workspace", "namespaces", "show", "team-a"];
    assert_eq!(world.server.run(&show).json()["items"], json!([]));
    // Nothing in the way of what it was about.
    world.server.run(&DELETE).with_code(0);
    assert_eq!(world.there.both("team-a-prod").await, before);
}
