//! A cluster that has forgotten what was when a watch last heard of it.

use serde_json::{Value, json};

use super::gate::Gate;
use super::world::World;
use crate::kubernetes::{Cluster, Kind, Served};

/// How many kinds are watched.
const WATCHES: usize = 4;

/// An API server ends watches from time to time, and whoever watches asks for what came after the
/// version that it knows. Here much comes before it asks, and the API server was started again:
/// what it remembers begins later, and it answers that the version is gone.
#[tokio::test(flavor = "multi_thread")]
async fn what_came_meanwhile_is_found_by_a_new_list() {
    let cluster = Cluster::with_capa(Served::V1beta2).await;
    let gate = Gate::before(&cluster, "none").await;
    let mut world = World::without_aws(cluster, &gate.kubeconfig).await;
    for name in ["changed", "deleted", "left"] {
        world.add_unasked(name);
        world.until_arrived(name).await;
    }
    gate.until_watched_by(WATCHES).await;
    gate.let_watches(false);
    gate.until_watched_by(0).await;

    let other = json!({ "data": { "SecretAccessKey": "b3RoZXI=" } });
    let there = &world.there;
    there.change(Kind::Secret, "team-a-changed", other).await;
    there.delete("team-a-deleted").await;
    there.make_user("blue", "team-a-left").await;
    world.cluster.kill_api_server();
    world.cluster.start_api_server().await;
    gate.let_watches(true);

    let put_back = |all: &[Value]| all[0]["drift"]["putBackAt"].is_string();
    for (name, said) in [
        (
            "changed",
            vec!["the Secret's `SecretAccessKey` was changed"],
        ),
        (
            "deleted",
            vec!["the Secret was deleted", "the identity was deleted"],
        ),
    ] {
        let told = world.until(name, put_back).await;
        assert_eq!(told[0]["drift"]["what"], json!(said));
    }
    world
        .until("left", |all| all[0]["usedBy"][0]["name"] == "blue")
        .await;
    assert_eq!(world.deliveries("left")[0]["drift"], Value::Null);
    gate.until_watched_by(WATCHES).await;
    // Not by a new session: each watch was refused, and began anew by itself.
    assert_eq!(gate.expired(), WATCHES);
    let log = world.server.log();
    assert!(!log.contains("does not do what it should"), "{log}");
}
