//! What the tests of deliveries ask and tell a server.

use std::time::{Duration, Instant};

use serde_json::Value;

use crate::kubernetes::{ADMINISTRATOR, Cluster, Served, Things};
use crate::support::{Server, run_with_input, with_poor_user};

/// How long anything may take on a loaded machine, a server's pauses between tries included.
const PATIENCE: Duration = Duration::from_secs(300);

/// A key that nobody has. A server that is to save it may not ask AWS.
pub(super) const KEY: &str = "AKIAIOSFODNN7EXAMPLE";
/// Another one.
pub(super) const OTHER_KEY: &str = "AKIAI44QH8DHBEXAMPLE";

/// Deletes the provider, unless it is used.
pub(super) const DELETE: [&str; 7] = [
    "provider",
    "delete",
    "prod",
    "-w",
    "team-a",
    "--confirm",
    "prod",
];

/// A server with a workspace that has the namespace `default` in a management cluster.
pub(super) struct World {
    pub(super) server: Server,
    pub(super) cluster: Cluster,
    pub(super) there: Things,
}

impl World {
    /// One in which AWS is played.
    pub(super) async fn new() -> Self {
        let cluster = Cluster::with_capa(Served::V1beta2).await;
        let kubeconfig = cluster.kubeconfig_text(ADMINISTRATOR);
        Self::of(with_poor_user(), cluster, &kubeconfig).await
    }

    /// One without AWS, in which the server has a kubeconfig of the cluster.
    pub(super) async fn without_aws(cluster: Cluster, kubeconfig: &str) -> Self {
        Self::of(without_aws(), cluster, kubeconfig).await
    }

    async fn of(server: Server, cluster: Cluster, kubeconfig: &str) -> Self {
        let there = Things::of(&cluster, "v1beta2").await;
        add_cluster(&server, "capi", kubeconfig);
        server.run(&["workspace", "create", "team-a"]).with_code(0);
        let world = Self {
            server,
            cluster,
            there,
        };
        world.namespaces("capi", &["default"]);
        world
    }

    pub(super) fn namespaces(&self, cluster: &str, names: &[&str]) {
        set_namespaces(&self.server, "team-a", cluster, names);
    }

    /// A provider with keys that AWS knows.
    pub(super) fn add_provider(&self, name: &str) {
        let add = ["provider", "add", "aws", name, "-w", "team-a"];
        let keys = ["--from-profile", "poor"];
        self.server.run(&[&add[..], &keys].concat()).with_code(0);
    }

    /// A provider with a key that AWS is not asked about.
    pub(super) fn add_unasked(&self, name: &str) {
        add_unasked(&self.server, "team-a", name);
    }

    /// Gives a provider another key, unasked.
    pub(super) fn replace_key(&self, name: &str, key: &str) {
        replace_key(&self.server, "team-a", name, key);
    }

    pub(super) fn deliveries(&self, name: &str) -> Vec<Value> {
        deliveries(&self.server, "team-a", name)
    }

    /// Waits until a delivery is as it should be; returns it.
    pub(super) async fn until(&self, name: &str, holds: impl Fn(&[Value]) -> bool) -> Vec<Value> {
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

    pub(super) async fn until_state(&self, name: &str, state: &str) -> Value {
        let all = self.until(name, |all| all.iter().all(|one| one["state"] == state));
        all.await.remove(0)
    }

    /// Waits until a delivery of its newest state has arrived everywhere.
    pub(super) async fn until_arrived(&self, name: &str) -> Value {
        self.until(name, |all| all.iter().all(has_arrived))
            .await
            .remove(0)
    }

    /// The whole audit log.
    pub(super) fn audited(&self) -> String {
        let list = ["-o", "json", "audit", "list"];
        self.server.run(&list).with_code(0)
    }
}

/// Whether what is wanted by now is delivered.
pub(super) fn has_arrived(delivery: &Value) -> bool {
    delivery["state"] == "delivered"
        && delivery["deliveredGeneration"] == delivery["wantedGeneration"]
}

/// A server for whom there is no AWS.
pub(super) fn without_aws() -> Server {
    Server::with_endpoint(NO_AWS)
}

/// Where nothing answers.
pub(super) const NO_AWS: &str = "http://127.0.0.1:1";

pub(super) fn add_cluster(server: &Server, name: &str, kubeconfig: &str) {
    let add = ["management-cluster", "add", name, "--kubeconfig", "-"];
    run_with_input(&mut server.command(&add), kubeconfig).with_code(0);
}

pub(super) fn set_namespaces(server: &Server, workspace: &str, cluster: &str, names: &[&str]) {
    let set = ["workspace", "namespaces", "set", workspace, cluster];
    let names = if names.is_empty() { &["--none"] } else { names };
    server.run(&[&set[..], names].concat()).with_code(0);
}

pub(super) fn add_unasked(server: &Server, workspace: &str, name: &str) {
    give_key(server, &["add", "aws", name, "-w", workspace], KEY);
}

pub(super) fn replace_key(server: &Server, workspace: &str, name: &str, key: &str) {
    give_key(server, &["update", name, "-w", workspace], key);
}

fn give_key(server: &Server, command: &[&str], id: &str) {
    let key = ["--access-key-id", id, "--secret-key-file", "-"];
    let args = [&["provider"], command, &key, &["--verify-later"]].concat();
    run_with_input(&mut server.command(&args), &"k".repeat(40)).with_code(0);
}

pub(super) fn deliveries(server: &Server, workspace: &str, name: &str) -> Vec<Value> {
    let show = ["-o", "json", "provider", "show", name, "-w", workspace];
    let shown = server.run(&show).json();
    shown["deliveries"].as_array().unwrap().clone()
}

/// Waits until both objects of a name are gone.
pub(super) async fn gone(there: &Things, name: &str) {
    crate::kubernetes::until("both objects are gone", async || {
        there.both(name).await == [None, None]
    })
    .await;
}
