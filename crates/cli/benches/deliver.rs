//! What it costs to deliver many providers to a management cluster, beside the same objects applied
//! with kubectl, in one run: `cargo xtask bench deliver` (CONTRIBUTING.md, "Day to day").
//!
//! Each side has an API server and etcd of its own on this machine, started anew. Requests are those
//! that the API server notes in its audit log.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a measuring program of developers"
)]

#[expect(
    dead_code,
    unused_imports,
    reason = "the end to end tests need more of it"
)]
#[path = "../tests/e2e/support/mod.rs"]
mod support;

#[expect(
    dead_code,
    unused_imports,
    reason = "the tests of `commissary-kubernetes` need more of it"
)]
#[path = "../../kubernetes/tests/kubernetes/support/mod.rs"]
mod kubernetes;

#[path = "../tests/e2e/deliveries/fleet.rs"]
mod fleet;

use std::collections::BTreeMap;
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use fleet::Fleet;
use kubernetes::{ADMINISTRATOR, Cluster, Options, Request, Served, Things, capa_system, until};
use support::{Server, run_with_input};

/// How many providers.
const MANY: usize = 1_000;
/// How long nothing happens: a server lists and watches anew within it.
const IDLE: Duration = Duration::from_secs(10 * 60);
/// How many lists a server begins with: of the two kinds that are delivered two pages each, and one
/// of each of the two that use them.
const LISTS: usize = 6;
/// Nothing of AWS is asked.
const NO_AWS: (&str, &str) = ("AWS_ENDPOINT_URL", "http://127.0.0.1:1");

/// How many requests there were of each verb.
type Asked = BTreeMap<String, usize>;

/// One side, as it was measured.
struct Measured {
    took: Duration,
    asked: Asked,
}

fn main() {
    // What `cargo test --benches` asks of a benchmark is that it can be started.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(both());
}

async fn both() {
    let cluster = cluster().await;
    let token = cluster.service_account().await;
    let there = Things::of(&cluster, "v1beta2").await;
    let server = Server::start(tempfile::tempdir().unwrap(), &[], &[NO_AWS]);
    server.run(&["workspace", "create", "team-a"]).with_code(0);
    let fleet = Fleet::add(&server, "team-a", MANY).await;
    let add = ["management-cluster", "add", "capi", "--kubeconfig", "-"];
    let kubeconfig = cluster.kubeconfig_text(&token);
    run_with_input(&mut server.command(&add), &kubeconfig).with_code(0);

    let delivered = delivered(&server, &cluster, &there).await;
    let all = BTreeMap::from([("delivered".to_owned(), MANY)]);
    until("all is noted", async || fleet.states().await == all).await;

    let home = server.killed();
    let seen = Seen::of_product(&cluster);
    let began = Instant::now();
    let server = Server::start(home, &[], &[NO_AWS]);
    let started = began.elapsed();
    until("all is listed", async || {
        seen.since().get("list") == Some(&LISTS)
    })
    .await;
    let settled = Measured {
        took: began.elapsed(),
        asked: seen.since(),
    };
    print_settled(started, &settled);
    let fleet = Fleet::of(&server, "team-a", MANY);
    assert_eq!(fleet.states().await, all);

    let objects = there.manifests().await;
    assert_eq!(objects.len(), 2 * MANY);
    let applied = applied(&objects).await;
    print_delivered(&delivered, &applied);

    let seen = Seen::of_product(&cluster);
    tokio::time::sleep(IDLE).await;
    let idle = seen.since();
    drop(server);
    print_idle(&idle);
}

async fn cluster() -> Cluster {
    let mut cluster = Cluster::start(Options { audited: true }).await;
    cluster.install_capa(Served::V1beta2).await;
    cluster
}

/// From the moment in which the workspace has a namespace until the last object is there.
async fn delivered(server: &Server, cluster: &Cluster, there: &Things) -> Measured {
    let seen = Seen::of_product(cluster);
    let began = Instant::now();
    let set = [
        "workspace",
        "namespaces",
        "set",
        "team-a",
        "capi",
        "default",
    ];
    server.run(&set).with_code(0);
    until("all are there", async || there.identities().await == MANY).await;
    Measured {
        took: began.elapsed(),
        asked: seen.since(),
    }
}

/// The same objects, applied to a cluster that has none of them.
async fn applied(objects: &[Value]) -> Measured {
    let cluster = cluster().await;
    let folder = tempfile::tempdir().unwrap();
    let written = |name: &str, text: String| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let list = json!({ "apiVersion": "v1", "kind": "List", "items": objects });
    let manifests = written("manifests.json", list.to_string());
    let kubeconfig = written("kubeconfig", cluster.kubeconfig_text(ADMINISTRATOR));
    let seen = Seen::of(&cluster, "administrator".to_owned());
    let began = Instant::now();
    let done = Command::new("kubectl")
        .args(["apply", "--server-side", "--filename"])
        .arg(manifests)
        .env("HOME", folder.path())
        .env("KUBECONFIG", kubeconfig)
        .output()
        .expect("kubectl is there");
    let measured = Measured {
        took: began.elapsed(),
        asked: seen.since(),
    };
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    let there = Things::of(&cluster, "v1beta2").await;
    assert_eq!(there.manifests().await.len(), objects.len());
    measured
}

/// What an API server has noted of somebody.
struct Seen<'a> {
    cluster: &'a Cluster,
    who: String,
    so_far: usize,
}

impl<'a> Seen<'a> {
    fn of(cluster: &'a Cluster, who: String) -> Self {
        let so_far = noted(cluster, &who).len();
        Self {
            cluster,
            who,
            so_far,
        }
    }

    /// What the product asked.
    fn of_product(cluster: &'a Cluster) -> Self {
        let account = format!("system:serviceaccount:{}:commissary", capa_system());
        Self::of(cluster, account)
    }

    /// What was asked since.
    fn since(&self) -> Asked {
        let mut asked = Asked::new();
        for request in noted(self.cluster, &self.who).into_iter().skip(self.so_far) {
            *asked.entry(request.verb).or_default() += 1;
        }
        asked
    }
}

fn noted(cluster: &Cluster, who: &str) -> Vec<Request> {
    let requests = cluster.requests().into_iter();
    requests.filter(|one| one.user == who).collect()
}

fn version() -> String {
    let asked = Command::new("kubectl")
        .args(["version", "--client", "--output=json"])
        .output();
    let answer: Value = serde_json::from_slice(&asked.expect("kubectl is there").stdout).unwrap();
    answer["clientVersion"]["gitVersion"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[expect(clippy::print_stdout, reason = "this is the program's result")]
fn print_settled(started: Duration, settled: &Measured) {
    println!("\n{MANY} providers, a Secret and an identity each\n");
    println!(
        "settled {:.1} s after a restart began; the server listened after {:.1} s",
        settled.took.as_secs_f64(),
        started.as_secs_f64()
    );
    let requests = shown(&settled.asked, |many| many as f64);
    println!("  requests     {requests}");
}

#[expect(clippy::print_stdout, reason = "this is the program's result")]
fn print_delivered(delivered: &Measured, applied: &Measured) {
    let [ours, theirs] = [delivered, applied].map(|side| side.took.as_secs_f64());
    println!("\ncommissary, all delivered                {ours:>8.1} s");
    println!("kubectl apply --server-side, all applied {theirs:>8.1} s");
    println!(
        "commissary takes {:.2} times as long as kubectl {}",
        ours / theirs,
        version()
    );
    println!("\nrequests for each provider");
    for (who, side) in [("commissary", delivered), ("kubectl", applied)] {
        let requests = shown(&side.asked, |many| many as f64 / MANY as f64);
        println!("  {who:<12} {requests}");
    }
}

#[expect(clippy::print_stdout, reason = "this is the program's result")]
fn print_idle(idle: &Asked) {
    let minutes = IDLE.as_secs_f64() / 60.0;
    let requests = shown(idle, |many| many as f64 / minutes);
    println!("\nrequests each minute while {minutes:.0} minutes are idle");
    println!("  commissary   {requests}");
}

/// Each verb with a figure, and the figure of all.
fn shown(asked: &Asked, figure: impl Fn(usize) -> f64) -> String {
    let each = asked
        .iter()
        .map(|(verb, many)| format!("{verb} {:.2}", figure(*many)));
    let all = format!("all {:.2}", figure(asked.values().sum()));
    each.chain([all]).collect::<Vec<_>>().join(", ")
}
