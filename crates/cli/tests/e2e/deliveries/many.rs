//! Many providers in one cluster.

use std::collections::BTreeMap;
use std::time::Duration;

use super::fleet::Fleet;
use super::world::{NO_AWS, World};
use crate::kubernetes::{Cluster, Options, Request, Served, capa_system, until};
use crate::support::Server;

/// How many.
const MANY: usize = 1_000;

/// The one that cannot be delivered: somebody else has its name.
const TAKEN: &str = "p-500";

/// How many lists a server begins with: of the two kinds that are delivered two pages each, and one
/// of each of the two that use them.
const LISTS: usize = 6;

/// What one asks of one's rights by.
const REVIEWS: &str = "selfsubjectaccessreviews.";

/// How long it is looked whether a server writes: several times as long as it takes to see what is
/// to be done.
const REST: Duration = Duration::from_secs(5);

/// How many reads the one that cannot be delivered takes at most in that time.
const FEW: usize = 20;

#[tokio::test(flavor = "multi_thread")]
async fn all_but_one_are_delivered_and_after_a_restart_nothing_is_written() {
    let mut cluster = Cluster::start(Options { audited: true }).await;
    cluster.install_capa(Served::V1beta2).await;
    let token = cluster.service_account().await;
    let kubeconfig = cluster.kubeconfig_text(&token);
    let world = World::without_aws(cluster, &kubeconfig).await;
    let World {
        server,
        cluster,
        there,
    } = &world;
    let taken = format!("team-a-{TAKEN}");
    there.make_secret(&taken).await;
    let fleet = Fleet::add(server, "team-a", MANY).await;
    until("all others are there", async || {
        there.identities().await == MANY - 1
    })
    .await;
    let failed = world.until_state(TAKEN, "conflict").await;
    let why = failed["failure"]["message"].as_str().unwrap();
    assert!(why.contains("is not this provider's"), "{why}");
    assert_eq!(there.identity(&taken).await, None);
    let each = [("delivered", MANY - 1), ("conflict", 1)];
    let each: BTreeMap<_, _> = each.map(|(state, many)| (state.to_owned(), many)).into();
    until("all is noted", async || fleet.states().await == each).await;

    let before = Asked::once_settled(cluster).await;
    // A Secret and an identity each, made and applied.
    assert_eq!(before.writes, 4 * (MANY - 1));
    let World {
        server, cluster, ..
    } = world;
    let home = server.killed();
    let server = Server::start(home, &[], &[("AWS_ENDPOINT_URL", NO_AWS)]);
    until("all is listed", async || {
        Asked::of(&cluster).lists == before.lists + LISTS
    })
    .await;
    tokio::time::sleep(REST).await;
    let after = Asked::of(&cluster);
    assert_eq!(after.writes, before.writes);
    // Nor is anything read one by one.
    let read = after.reads - before.reads;
    assert!(read < FEW, "{read} reads");
    let fleet = Fleet::of(&server, "team-a", MANY);
    assert_eq!(fleet.states().await, each);
}

/// What the product asked of the API server so far.
struct Asked {
    writes: usize,
    reads: usize,
    lists: usize,
}

impl Asked {
    /// The same, once nothing is looked at any more: a watch may tell of what was made when it is
    /// applied already, and then it is looked at once more.
    async fn once_settled(cluster: &Cluster) -> Self {
        let mut before = Self::of(cluster);
        loop {
            tokio::time::sleep(REST).await;
            let now = Self::of(cluster);
            if now.reads - before.reads < FEW {
                return now;
            }
            before = now;
        }
    }

    fn of(cluster: &Cluster) -> Self {
        let account = format!("system:serviceaccount:{}:commissary", capa_system());
        let requests = cluster.requests();
        let ours = requests.iter().filter(|one| one.user == account);
        // To ask for one's rights is to create a review of them.
        let is_kept =
            |one: &&Request| !one.resource.is_empty() && !one.resource.starts_with(REVIEWS);
        let ours: Vec<&Request> = ours.filter(is_kept).collect();
        let many = |verbs: &[&str]| {
            let those = ours.iter().filter(|one| verbs.contains(&one.verb.as_str()));
            those.count()
        };
        Self {
            writes: many(&["create", "patch", "update", "delete"]),
            reads: many(&["get"]),
            lists: many(&["list"]),
        }
    }
}
