//! The rights that the printed manifest grants are those that the work takes, and no others.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use commissary_core::domain::{ClusterEvent, SeenUser, Standing, Wanted};
use commissary_core::ports::{Delivery as _, Heard, Reached};
use commissary_kubernetes::{KubernetesDelivery, rbac};
use jiff::Timestamp;
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinSet;

use crate::samples::{key, other_key, reached, wanted};
use crate::support::{Cluster, Kind, Options, Request, Served, Things, capa_system, until};

/// What every account may ask: which rights it has.
const ASKED_BY_ALL: &str = "selfsubjectaccessreviews.authorization.k8s.io";

/// A verb and the resource that it is about.
type Used = BTreeSet<(String, String)>;

struct Tells(UnboundedSender<ClusterEvent>);

#[async_trait]
impl Heard for Tells {
    async fn hear(&self, event: ClusterEvent) {
        // Nobody listens any more once the test has ended.
        let _ = self.0.send(event);
    }
}

#[tokio::test]
async fn nothing_is_granted_that_is_not_used_and_nothing_is_refused() {
    let mut cluster = Cluster::start(Options { audited: true }).await;
    cluster.install_capa(Served::V1beta2).await;
    let token = cluster.service_account().await;
    let product = work(&cluster, &token).await;
    let account = format!("system:serviceaccount:{}:commissary", capa_system());
    let granted = granted(&rbac(&capa_system()));
    let mut seen = Vec::new();
    until("every right was used", async || {
        // A watch is noted when it ends; one that was not begun by then is begun again.
        let (mut watching, _heard) = watched(&product);
        let _ = tokio::time::timeout(Duration::from_secs(1), watching.join_next()).await;
        watching.shutdown().await;
        let requests = cluster.requests();
        let of_account = requests.into_iter().filter(|one| one.user == account);
        seen = of_account.collect();
        granted.is_subset(&used(&seen))
    })
    .await;
    assert_eq!(used(&seen), granted);
    let refused = seen.iter().find(|request| request.status == 403);
    assert_eq!(refused, None);
}

/// All that there is to do in a cluster: looked at, delivered, drifted, adopted, used, removed.
async fn work(cluster: &Cluster, token: &str) -> Arc<dyn Reached> {
    let (access, capa) = (cluster.access(token), capa_system());
    let product = KubernetesDelivery::default();
    let look = product.look(&access, &capa, Timestamp::UNIX_EPOCH);
    assert_eq!(look.await.findings, []);
    let there = Things::of(cluster, "v1beta2").await;
    let product = reached(cluster, token).await;
    let (_watching, mut heard) = watched(&product);

    let first = wanted("prod", key(), &["default"]);
    put(product.as_ref(), &first, false).await;
    put(
        product.as_ref(),
        &wanted("prod", other_key(), &["default"]),
        false,
    )
    .await;
    there.make_user("blue", "prod").await;
    told(&mut heard, "prod").await;
    let everybody = json!({ "spec": { "allowedNamespaces": { "selector": {} } } });
    there.change(Kind::Identity, "prod", everybody).await;
    put(product.as_ref(), &first, false).await;

    there.make_secret("theirs").await;
    there.make_identity("theirs", "theirs").await;
    let adopted = wanted("theirs", key(), &["default"]);
    put(product.as_ref(), &adopted, true).await;
    for one in [&first, &adopted] {
        let gone = product.remove(&one.identity, &capa, one.owner.provider_id);
        gone.await.unwrap();
        assert_eq!(product.find(one).await.unwrap(), Standing::default());
    }
    product
}

async fn put(product: &dyn Reached, wanted: &Wanted, adopt: bool) {
    let standing = product.find(wanted).await.unwrap();
    product.put(wanted, &standing, adopt).await.unwrap();
    let standing = product.find(wanted).await.unwrap();
    assert!(standing.as_wanted().is_some(), "{standing:?}");
}

/// A watch that ends when it is dropped, and what it tells.
fn watched(product: &Arc<dyn Reached>) -> (JoinSet<()>, UnboundedReceiver<ClusterEvent>) {
    let (tells, heard) = unbounded_channel();
    let product = Arc::clone(product);
    let mut task = JoinSet::new();
    task.spawn(async move {
        let error = product.watch(&Tells(tells)).await;
        panic!("the watch ended: {error}");
    });
    (task, heard)
}

/// Waits until a watch tells that something uses an identity.
async fn told(heard: &mut UnboundedReceiver<ClusterEvent>, identity: &str) {
    let uses = |seen: &SeenUser| seen.identity.as_deref() == Some(identity);
    loop {
        let found = match heard.recv().await.unwrap() {
            ClusterEvent::User(seen) => uses(&seen),
            ClusterEvent::Users(_, all) => all.iter().any(uses),
            _ => false,
        };
        if found {
            return;
        }
    }
}

/// What was done with rights of the account's own.
fn used(requests: &[Request]) -> Used {
    let about_something = |one: &&Request| !one.resource.is_empty() && one.resource != ASKED_BY_ALL;
    let each = requests.iter().filter(about_something).flat_map(|one| {
        // To apply what is not there yet takes the right to create it as well.
        let creates = (one.verb == "patch" && one.status == 201).then_some("create");
        let verbs = [Some(one.verb.as_str()), creates];
        let verbs = verbs.into_iter().flatten();
        verbs.map(|verb| (verb.to_owned(), one.resource.clone()))
    });
    each.collect()
}

/// What a manifest grants.
fn granted(manifest: &Value) -> Used {
    let texts = |value: &Value| -> Vec<String> {
        let all = value.as_array().unwrap().iter();
        all.map(|one| one.as_str().unwrap().to_owned()).collect()
    };
    let items = manifest["items"].as_array().unwrap().iter();
    let rules = items.filter_map(|item| item["rules"].as_array()).flatten();
    let mut all = Used::new();
    for rule in rules {
        let [group] = &texts(&rule["apiGroups"])[..] else {
            panic!("{rule}");
        };
        for resource in texts(&rule["resources"]) {
            let about = match group.as_str() {
                "" => resource,
                group => format!("{resource}.{group}"),
            };
            let verbs = texts(&rule["verbs"]).into_iter();
            all.extend(verbs.map(|verb| (verb, about.clone())));
        }
    }
    all
}
