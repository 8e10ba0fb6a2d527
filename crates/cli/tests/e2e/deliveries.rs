//! Providers as the server delivers them to a real API server.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::kubernetes::{ADMINISTRATOR, Cluster, Kind, Served, Things};
use crate::support::{Server, run_with_input, with_poor_user};

/// How long anything may take on a loaded machine, a server's pauses between tries included.
const PATIENCE: Duration = Duration::from_secs(300);

/// A server with a workspace that has the namespace `default` in a management cluster.
struct World {
    server: Server,
    cluster: Cluster,
    there: Things,
}

impl World {
    async fn new() -> Self {
        let cluster = Cluster::with_capa(Served::V1beta2).await;
        let there = Things::of(&cluster, "v1beta2").await;
        let server = with_poor_user();
        add_cluster(&server, "capi", &cluster);
        server.run(&["workspace", "create", "team-a"]).with_code(0);
        let world = Self {
            server,
            cluster,
            there,
        };
        world.namespaces("capi", &["default"]);
        world
    }

    fn namespaces(&self, cluster: &str, names: &[&str]) {
        let set = ["workspace", "namespaces", "set", "team-a", cluster];
        let names = if names.is_empty() { &["--none"] } else { names };
        self.server.run(&[&set[..], names].concat()).with_code(0);
    }

    fn add_provider(&self, name: &str) {
        let add = ["provider", "add", "aws", name, "-w", "team-a"];
        let keys = ["--from-profile", "poor"];
        self.server.run(&[&add[..], &keys].concat()).with_code(0);
    }

    fn deliveries(&self, name: &str) -> Vec<Value> {
        let show = ["-o", "json", "provider", "show", name, "-w", "team-a"];
        let shown = self.server.run(&show).json();
        shown["deliveries"].as_array().unwrap().clone()
    }

    /// Waits until a delivery is as it should be; returns it.
    async fn until(&self, name: &str, holds: impl Fn(&[Value]) -> bool) -> Vec<Value> {
        let end = Instant::now() + PATIENCE;
        loop {
            let all = self.deliveries(name);
            if holds(&all) {
                return all;
            }
            assert!(Instant::now() < end, "{all:#?}\n{}", self.server.log());
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }

    async fn until_state(&self, name: &str, state: &str) -> Value {
        let all = self.until(name, |all| all.iter().all(|one| one["state"] == state));
        all.await.remove(0)
    }

    fn audited(&self) -> String {
        let list = ["-o", "json", "audit", "list"];
        self.server.run(&list).with_code(0)
    }
}

fn add_cluster(server: &Server, name: &str, cluster: &Cluster) {
    let add = ["management-cluster", "add", name, "--kubeconfig", "-"];
    let kubeconfig = cluster.kubeconfig_text(ADMINISTRATOR);
    run_with_input(&mut server.command(&add), &kubeconfig).with_code(0);
}

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
    world.namespaces("capi", &["team-a"]);
    let outside = world.deliveries("prod").remove(0);
    assert_eq!(
        outside["findings"].as_array().unwrap().len(),
        1,
        "{outside}"
    );
    let delete = [
        "provider",
        "delete",
        "prod",
        "-w",
        "team-a",
        "--confirm",
        "prod",
    ];
    let refused = world.server.run(&delete);
    assert!(refused.err.contains("default/blue"), "{}", refused.err);
    refused.with_code(7);
    let forget = ["management-cluster", "delete", "capi", "--confirm", "capi"];
    world.server.run(&forget).with_code(7);

    world
        .server
        .run(&[&delete[..], &["--force"]].concat())
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
    let failed = world.until_state("prod", "failed").await;
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
    add_cluster(&world.server, "other", &other);
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

async fn gone(there: &Things, name: &str) {
    crate::kubernetes::until("both objects are gone", async || {
        there.both(name).await == [None, None]
    })
    .await;
}
