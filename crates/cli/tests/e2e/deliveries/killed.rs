//! A server that is killed at any point of a delivery, and started again, leaves the cluster and
//! the delivery's status as if nothing had happened.
//!
//! It is killed when the API server has done a write and the answer has not arrived, and before
//! each request that follows: by then what came of the one before is kept.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::runtime::Handle;

use super::gate::{Gate, Moment};
use super::world::{
    NO_AWS, OTHER_KEY, add_cluster, add_unasked, deliveries, has_arrived, replace_key,
    set_namespaces, without_aws,
};
use crate::kubernetes::{Cluster, Kind, Served, Things};
use crate::support::Server;

/// How many servers are killed at a time.
const AT_A_TIME: usize = 6;

/// How long a delivery may take on a loaded machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// How long it is looked whether anything else happens: longer than a server takes to look again
/// at what it was told of.
const REST: Duration = Duration::from_secs(3);

/// CAPA's namespace after it was moved.
const MOVED: &str = "capa-moved";

/// What a delivery is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Create,
    ReplaceKey,
    ChangeNamespaces,
    PutBack,
    Move,
    Delete,
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_is_added_is_there_once() {
    at_every_point(Act::Create).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_replaced_is_there() {
    at_every_point(Act::ReplaceKey).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn namespaces_that_change_are_those_that_may() {
    at_every_point(Act::ChangeNamespaces).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_changed_is_put_back_and_told_once() {
    at_every_point(Act::PutBack).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_that_moves_is_in_one_namespace() {
    at_every_point(Act::Move).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_deleted_is_gone() {
    at_every_point(Act::Delete).await;
}

/// Does it undisturbed, then once for each point at which it can be killed.
async fn at_every_point(act: Act) {
    let cluster = Cluster::with_capa(Served::V1beta2).await;
    cluster.make_namespace(MOVED).await;
    let cluster = Arc::new(cluster);
    let run = Run::new(&cluster, "undisturbed").await;
    run.prepare(act).await;
    run.gate.arm(None);
    run.act(act).await;
    let undisturbed = run.until_over(act).await;
    must_be_right(act, &undisturbed);
    let seen = run.gate.seen();
    let last = seen.iter().rposition(|request| request.writes());
    let last = last.expect("something is written") + 1;
    let written = seen.iter().enumerate();
    let written = written.filter(|(_, request)| request.writes());
    let points = written
        .map(|(at, _)| (at + 1, Moment::After))
        .chain((1..=last).map(|at| (at, Moment::Before)));
    let points: Vec<_> = points.collect();
    // At rest it is killed as well.
    let again = run.killed();
    assert_eq!(again.until_like(&undisturbed).await, undisturbed);
    let after = again.gate.seen();
    assert!(!after.iter().any(|one| one.writes()), "{act:?}: {after:?}");

    for (batch, points) in points.chunks(AT_A_TIME).enumerate() {
        let runs = points.iter().enumerate().map(|(number, point)| {
            let (cluster, point) = (Arc::clone(&cluster), *point);
            let undisturbed = undisturbed.clone();
            let name = format!("killed-{batch}-{number}");
            let handle = Handle::current();
            // Commands are waited for.
            tokio::task::spawn_blocking(move || {
                handle.block_on(disturbed(&cluster, &name, act, point, &undisturbed));
            })
        });
        for run in runs.collect::<Vec<_>>() {
            run.await.unwrap();
        }
    }
}

async fn disturbed(
    cluster: &Cluster,
    name: &str,
    act: Act,
    point: (usize, Moment),
    undisturbed: &Value,
) {
    let run = Run::new(cluster, name).await;
    run.prepare(act).await;
    run.gate.arm(Some(point));
    run.act(act).await;
    let reached = tokio::time::timeout(PATIENCE, run.gate.reached());
    let in_vain = format!("{act:?} never came to {point:?}");
    reached.await.expect(&in_vain);
    let run = run.killed();
    let found = run.until_like(undisturbed).await;
    assert_eq!(
        found,
        *undisturbed,
        "{act:?}, killed at {point:?}\n{}",
        run.server.log()
    );
}

/// A server with a workspace, and with a way of its own to the cluster.
struct Run {
    server: Server,
    gate: Gate,
    there: Things,
    moved: Things,
    workspace: String,
}

impl Run {
    async fn new(cluster: &Cluster, workspace: &str) -> Self {
        let gate = Gate::before(cluster, &format!("{workspace}-prod")).await;
        let server = without_aws();
        add_cluster(&server, "capi", &gate.kubeconfig);
        let create = ["workspace", "create", workspace];
        server.run(&create).with_code(0);
        set_namespaces(&server, workspace, "capi", &[workspace]);
        Self {
            server,
            gate,
            there: Things::of(cluster, "v1beta2").await,
            moved: Things::with_secrets_in(cluster, "v1beta2", MOVED).await,
            workspace: workspace.to_owned(),
        }
    }

    /// The same after it was killed and started again; nothing is held any more.
    fn killed(self) -> Self {
        let home = self.server.killed();
        self.gate.arm(None);
        let server = Server::start(home, &[], &[("AWS_ENDPOINT_URL", NO_AWS)]);
        Self { server, ..self }
    }

    async fn prepare(&self, act: Act) {
        if act == Act::Create {
            return;
        }
        add_unasked(&self.server, &self.workspace, "prod");
        self.until("it is prepared", async || {
            self.deliveries().iter().all(has_arrived)
        })
        .await;
    }

    async fn act(&self, act: Act) {
        let run = |args: &[&str]| {
            self.server.run(args).with_code(0);
        };
        let workspace = self.workspace.as_str();
        match act {
            Act::Create => add_unasked(&self.server, workspace, "prod"),
            Act::ReplaceKey => replace_key(&self.server, workspace, "prod", OTHER_KEY),
            Act::ChangeNamespaces => {
                let more = format!("{workspace}-more");
                set_namespaces(&self.server, workspace, "capi", &[workspace, &more]);
            }
            Act::PutBack => self.meddle().await,
            Act::Move => run(&[
                "management-cluster",
                "update",
                "capi",
                "--capa-namespace",
                MOVED,
            ]),
            Act::Delete => run(&[
                "provider",
                "delete",
                "prod",
                "-w",
                workspace,
                "--confirm",
                "prod",
            ]),
        }
    }

    /// Changes both objects while the server is away, so that it sees both at once.
    async fn meddle(&self) {
        let change = async |kind, to| self.there.change(kind, &self.name(), to).await;
        let everybody =
            json!({ "spec": { "allowedNamespaces": { "selector": {}, "list": ["x"] } } });
        self.gate.let_watches(false);
        change(Kind::Identity, everybody).await;
        let other = json!({ "data": { "AccessKeyID": "b3RoZXI=" } });
        change(Kind::Secret, other).await;
        self.gate.let_watches(true);
    }

    fn name(&self) -> String {
        format!("{}-prod", self.workspace)
    }

    fn deliveries(&self) -> Vec<Value> {
        deliveries(&self.server, &self.workspace, "prod")
    }

    async fn until(&self, what: &str, mut holds: impl AsyncFnMut() -> bool) {
        let end = Instant::now() + PATIENCE;
        while !holds().await {
            let log = self.server.log();
            assert!(
                Instant::now() < end,
                "in vain it was waited until {what}\n{log}"
            );
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }

    /// Waits until the act is over; tells how all is left.
    async fn until_over(&self, act: Act) -> Value {
        self.until("it is over", async || match act {
            Act::Delete => self.audited().contains(&json!("delivery.remove done")),
            Act::PutBack => self.deliveries()[0]["drift"]["putBackAt"].is_string(),
            _ => self.deliveries().iter().all(has_arrived),
        })
        .await;
        tokio::time::sleep(REST).await;
        self.left().await
    }

    /// Waits until all is left as it was elsewhere; tells how it is left a while later, or in the end.
    async fn until_like(&self, expected: &Value) -> Value {
        let end = Instant::now() + PATIENCE;
        while self.left().await != *expected && Instant::now() < end {
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
        tokio::time::sleep(REST).await;
        self.left().await
    }

    /// The objects, what is told of the delivery, and what is noted about it, without what differs
    /// from run to run.
    async fn left(&self) -> Value {
        let name = self.name();
        let [secret, identity] = self.there.both(&name).await;
        let show = ["-o", "json", "provider", "show", "prod", "-w"];
        let shown = self.server.run(&[&show[..], &[&self.workspace]].concat());
        let deliveries = match shown.code {
            0 => shown.json()["deliveries"].take(),
            _ => json!("gone"),
        };
        let all = json!({
            "secret": secret.map(lasting),
            "moved": self.moved.secret(&name).await.map(lasting),
            "identity": identity.map(lasting),
            "deliveries": without_times(deliveries),
            "audited": self.audited(),
        });
        let text = all.to_string().replace(&self.workspace, "team");
        serde_json::from_str(&text).unwrap()
    }

    /// What is noted of deliveries, the oldest first.
    fn audited(&self) -> Vec<Value> {
        let list = ["-o", "json", "audit", "list", "--action", "delivery.*"];
        let listed = self.server.run(&list).json();
        let all = listed["items"].as_array().unwrap().iter().rev();
        all.map(|one| {
            let text = |name: &str| one[name].as_str().unwrap().to_owned();
            json!(format!("{} {}", text("action"), text("outcome")))
        })
        .collect()
    }
}

/// What is left of the acts when nothing disturbs them.
fn must_be_right(act: Act, left: &Value) {
    let is_there = |what: &str| !left[what].is_null();
    let there = ["secret", "moved", "identity"].map(is_there);
    let (objects, audited): ([bool; 3], &[&str]) = match act {
        Act::Create => ([true, false, true], &["deliver"]),
        Act::ReplaceKey | Act::ChangeNamespaces => ([true, false, true], &["deliver", "deliver"]),
        Act::PutBack => ([true, false, true], &["deliver", "drift", "putBack"]),
        Act::Move => ([false, true, true], &["deliver", "move", "deliver"]),
        Act::Delete => ([false; 3], &["deliver", "remove"]),
    };
    assert_eq!(there, objects, "{act:?}");
    let audited = audited
        .iter()
        .map(|one| json!(format!("delivery.{one} done")));
    assert_eq!(left["audited"], Value::from_iter(audited), "{act:?}");
    let everybody = &left["identity"]["spec"]["allowedNamespaces"]["selector"];
    assert!(everybody.is_null(), "{act:?}");
}

/// What of an object is the same whenever it is made: no ids, versions and times.
fn lasting(object: Value) -> Value {
    let mut object = object;
    let whole = object.as_object_mut().unwrap();
    let metadata = whole["metadata"].as_object_mut().unwrap();
    for passing in [
        "uid",
        "resourceVersion",
        "generation",
        "creationTimestamp",
        "selfLink",
    ] {
        metadata.remove(passing);
    }
    metadata["labels"]["commissary.dev/provider-id"] = json!("the provider's");
    for field in metadata["managedFields"].as_array_mut().unwrap() {
        field["time"] = json!("some time");
    }
    object
}

/// Moments are told to have been, not when.
fn without_times(mut value: Value) -> Value {
    match &mut value {
        Value::Object(fields) => {
            for (name, field) in fields.iter_mut() {
                let is_time = name == "at" || name.ends_with("At");
                *field = match field.take() {
                    Value::String(_) if is_time => json!("some time"),
                    other => without_times(other),
                };
            }
        }
        Value::Array(all) => {
            for one in all.iter_mut() {
                *one = without_times(one.take());
            }
        }
        _ => {}
    }
    value
}
