//! Providers as the server delivers them to a real API server.

mod changed;
mod expired;
mod fleet;
mod gate;
mod inside;
mod killed;
mod many;
mod refused;
mod world;

use serde_json::{Value, json};

use crate::kubernetes::{ADMINISTRATOR, Cluster, Kind, Served, Things};
use world::{DELETE, World, add_cluster, gone};

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_is_delivered_followed_and_taken_out() {
    let world = World::new().await;
    world.add_provider("prod");
    let delivered = world.until_state("prod", "delivered").await;
    let reference = json!({ "kind": "AWSClusterStaticIdentity", "name": "team-a-prod" });
    assert_eq!(delivered["identityRef"], reference);
    let secret = world.there.secret("team-a-prod").await.unwrap();

    world.namespaces("capi", &["default", "team-a"]);
    world
        .until("prod", |all| all[0]["deliveredGeneration"] == 2)
        .await;
    let identity = world.there.identity("team-a-prod").await.unwrap();
    let allowed = json!({ "list": ["default", "team-a"] });
    assert_eq!(identity["spec"]["allowedNamespaces"], allowed);
    // Nobody wrote it again.
    assert_eq!(world.there.secret("team-a-prod").await.unwrap(), secret);

    // Somebody lets everybody in, and it is put back.
    let everybody = json!({ "spec": { "allowedNamespaces": { "selector": {} } } });
    world
        .there
        .change(Kind::Identity, "team-a-prod", everybody)
        .await;
    let put_back = world
        .until("prod", |all| all[0]["drift"]["putBackAt"].is_string())
        .await;
    assert_eq!(put_back[0]["state"], "delivered");
    assert_eq!(
        put_back[0]["drift"]["what"],
        json!(["`selector` was added"])
    );
    let identity = world.there.identity("team-a-prod").await.unwrap();
    assert_eq!(identity["spec"]["allowedNamespaces"], allowed);

    // Who uses it is told, and stands in the way.
    world.there.make_user("blue", "team-a-prod").await;
    let said = json!([{
        "type": "PrincipalUsageAllowed", "status": "True", "lastTransitionTime": "2026-01-01T00:00:00Z",
    }]);
    world.there.say_of_user("blue", said).await;
    let used = world
        .until("prod", |all| all[0]["usedBy"][0]["phase"] == "ready")
        .await;
    let user = &used[0]["usedBy"][0];
    assert_eq!(
        (&user["name"], &user["region"]),
        (&json!("blue"), &json!("eu-west-1"))
    );
    assert_eq!(user["conditions"][0]["type"], "PrincipalUsageAllowed");
    let shown = world
        .server
        .run(&["provider", "show", "prod", "-w", "team-a"]);
    let shown = shown.with_code(0);
    assert!(
        shown.contains("used by AWSCluster default/blue (eu-west-1, ready"),
        "{shown}"
    );
    let snippet = r#"identityRef: {"kind":"AWSClusterStaticIdentity","name":"team-a-prod"}"#;
    assert!(shown.contains(snippet), "{shown}");
    let take_away = ["workspace", "namespaces", "set", "team-a", "capi", "team-a"];
    let refused = world.server.run(&take_away);
    assert!(refused.err.contains("default/blue"), "{}", refused.err);
    refused.with_code(7);
    let forced = [&take_away[..], &["--force"]].concat();
    world.server.run(&forced).with_code(0);
    let outside = world.deliveries("prod").remove(0);
    assert_eq!(
        outside["findings"].as_array().unwrap().len(),
        1,
        "{outside}"
    );
    let refused = world.server.run(&DELETE);
    assert!(refused.err.contains("default/blue"), "{}", refused.err);
    refused.with_code(7);
    let forget = ["management-cluster", "delete", "capi", "--confirm", "capi"];
    world.server.run(&forget).with_code(7);

    world
        .server
        .run(&[&DELETE[..], &["--force"]].concat())
        .with_code(0);
    gone(&world.there, "team-a-prod").await;
    // It is noted a moment later that they are.
    crate::kubernetes::until("the removal is noted", async || {
        world.audited().contains("delivery.remove")
    })
    .await;
    let audited = world.audited();
    for action in ["deliver", "drift", "putBack"] {
        assert!(audited.contains(&format!("delivery.{action}")), "{audited}");
    }
    world.server.run(&forget).with_code(0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_there_is_adopted_when_that_is_asked_for() {
    let world = World::new().await;
    world.there.make_secret("team-a-prod").await;
    let theirs = world.there.secret("team-a-prod").await;
    world.add_provider("prod");
    let failed = world.until_state("prod", "conflict").await;
    let why = failed["failure"]["message"].as_str().unwrap();
    assert!(why.contains("--adopt"), "{why}");
    assert_eq!(world.there.secret("team-a-prod").await, theirs);
    assert_eq!(world.there.identity("team-a-prod").await, None);
    let deliver = ["provider", "deliver", "prod", "-w", "team-a"];
    let deliver = [&deliver[..], &["--management-cluster", "capi", "--adopt"]].concat();
    world.server.run(&deliver).with_code(0);
    world.until_state("prod", "delivered").await;
    assert_ne!(world.there.secret("team-a-prod").await, theirs);
    // Without a namespace nobody may use it, and it is taken out.
    world.namespaces("capi", &[]);
    gone(&world.there, "team-a-prod").await;
    assert_eq!(world.until("prod", <[Value]>::is_empty).await.len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cluster_that_is_away_holds_up_no_other_and_is_caught_up_with() {
    let mut world = World::new().await;
    let other = Cluster::with_capa(Served::V1beta1).await;
    let elsewhere = Things::of(&other, "v1beta1").await;
    add_cluster(
        &world.server,
        "other",
        &other.kubeconfig_text(ADMINISTRATOR),
    );
    world.namespaces("other", &["default"]);
    world.add_provider("prod");
    world.until_state("prod", "delivered").await;
    world.cluster.kill_api_server();
    world.add_provider("next");
    let states = |all: &[Value]| all[0]["state"] == "failed" && all[1]["state"] == "delivered";
    world.until("next", states).await;
    assert!(elsewhere.identity("team-a-next").await.is_some());
    world.cluster.start_api_server().await;
    // Nobody watched when this was done.
    world.there.delete("team-a-prod").await;
    world.until_state("next", "delivered").await;
    let put_back = |all: &[Value]| all[0]["drift"]["putBackAt"].is_string();
    world.until("prod", put_back).await;
    assert!(world.there.secret("team-a-prod").await.is_some());
}
