//! Which deliveries follow from what is kept, and what is noted about them.

use commissary_core::domain::{
    ClusterAccess, ClusterEvent, ClusterId, ClusterName, ClusterTrouble, DeliveredKind, Delivery,
    DeliveryState, IdentityName, IdentityUser, ManagementCluster, NamespaceName, PageRequest,
    Provider, SeenObject, SeenUser, UserPhase, Versions, Workspace,
};
use commissary_core::ports::{
    ClusterStore as _, DeliveryStore as _, Outcome, Store as _, StoreError,
};
use commissary_store::SqlStore;
use jiff::SignedDuration;

use crate::samples::{
    Home, audited, event, kept_provider, kept_workspace, key, new_id, now, provider_name,
};

struct World {
    _home: Home,
    store: SqlStore,
    workspace: Workspace,
    cluster: ManagementCluster,
}

/// A workspace with a namespace in a cluster.
async fn world() -> World {
    let home = Home::new();
    let store = home.open().await;
    let workspace = kept_workspace(&store, "team-a").await;
    let cluster = kept_cluster(&store, "prod").await;
    let world = World {
        _home: home,
        store,
        workspace,
        cluster,
    };
    world.set_namespaces(&["a"]).await;
    world
}

async fn kept_cluster(store: &SqlStore, name: &str) -> ManagementCluster {
    let at = now();
    let access = ClusterAccess::InCluster;
    let cluster = ManagementCluster {
        id: ClusterId(new_id()),
        name: ClusterName::parse(name).unwrap(),
        connection: access.connection(),
        capa_namespace: NamespaceName::parse("capa-system").unwrap(),
        sealing_certificate: None,
        last_look: None,
        created_at: at,
        updated_at: at,
        revision: 0,
    };
    let added = event("cluster.add");
    let done = store.insert_cluster(&cluster, &access, &added);
    done.await.unwrap();
    cluster
}

impl World {
    async fn set_namespaces(&self, names: &[&str]) {
        let names: Vec<_> = names
            .iter()
            .map(|name| NamespaceName::parse(name).unwrap())
            .collect();
        let (workspace, cluster) = (self.workspace.id, self.cluster.id);
        let set = event("namespaces.set");
        let done = self.store.set_namespaces(workspace, cluster, &names, &set);
        done.await.unwrap();
    }

    async fn provider(&self, name: &str) -> Provider {
        kept_provider(&self.store, &self.workspace, name).await
    }

    async fn delivery(&self, provider: &Provider) -> Option<Delivery> {
        let mut all = self.store.deliveries(provider.id).await.unwrap();
        all.pop().map(|(_, delivery)| delivery)
    }

    async fn due(&self) -> Vec<Delivery> {
        let due = self.store.due_deliveries(self.cluster.id, now(), 10);
        due.await.unwrap()
    }

    async fn note(&self, delivery: &Delivery, outcome: &Outcome) {
        let done = self.store.note_delivery(delivery, outcome, now(), None);
        done.await.unwrap();
    }

    async fn told(&self, told: ClusterEvent) {
        let done = self.store.note_cluster_event(self.cluster.id, &told, now());
        done.await.unwrap();
    }
}

fn arrived() -> Outcome {
    Outcome::Delivered(Versions {
        secret: "7".to_owned(),
        identity: "8".to_owned(),
    })
}

#[tokio::test]
async fn a_provider_is_to_be_wherever_its_workspace_has_a_namespace() {
    let world = world().await;
    let other = kept_cluster(&world.store, "other").await;
    let provider = world.provider("Prod").await;
    let delivery = world.delivery(&provider).await.unwrap();
    assert_eq!(delivery.identity.as_str(), "team-a-prod");
    assert_eq!(delivery.state(), DeliveryState::Pending);
    assert_eq!(world.due().await, [delivery]);
    let there = world.store.due_deliveries(other.id, now(), 10);
    assert_eq!(there.await.unwrap(), []);
}

#[tokio::test]
async fn every_change_is_due_until_it_arrived_and_what_came_meanwhile_stays_due() {
    let world = world().await;
    let provider = world.provider("prod").await;
    let first = world.due().await.remove(0);
    world.note(&first, &arrived()).await;
    assert_eq!(world.due().await, []);
    let delivery = world.delivery(&provider).await.unwrap();
    assert_eq!(delivery.state(), DeliveryState::Delivered);

    let (key, updated) = (key(), event("provider.update"));
    let renamed = Provider {
        name: provider_name("live"),
        ..provider.clone()
    };
    let done = world.store.update_provider(&renamed, Some(&key), &updated);
    done.await.unwrap();
    let second = world.due().await.remove(0);
    // Clusters refer to the name that it had.
    assert_eq!(second.identity.as_str(), "team-a-prod");
    assert_eq!(second.owner.provider.as_str(), "live");
    world.set_namespaces(&["a", "b"]).await;
    world.note(&second, &arrived()).await;
    let third = world.due().await.remove(0);
    assert_eq!(third.wanted, 3);
    assert_eq!(third.delivered.as_ref().unwrap().generation, 2);
    assert_eq!(third.state(), DeliveryState::Pending);

    let changed = event("cluster.update");
    let moved = world.store.update_cluster(&world.cluster, None, &changed);
    moved.await.unwrap();
    assert_eq!(world.due().await.remove(0).wanted, 4);
}

#[tokio::test]
async fn a_delivery_outlives_its_provider_until_its_objects_are_gone() {
    let world = world().await;
    let provider = world.provider("prod").await;
    let first = world.due().await.remove(0);
    world.note(&first, &arrived()).await;
    let deleted = event("provider.delete");
    let done = world.store.delete_provider(provider.id, &deleted);
    done.await.unwrap();
    let last = world.due().await.remove(0);
    assert_eq!(last.state(), DeliveryState::Removing);
    // Its name is not free yet.
    let again = world.provider("prod").await;
    let next = world.delivery(&again).await.unwrap();
    assert!(next.identity.as_str().starts_with("team-a-prod-"));
    world.note(&last, &Outcome::Removed).await;
    assert_eq!(world.delivery(&provider).await, None);
}

#[tokio::test]
async fn without_a_namespace_it_is_taken_out_and_with_one_put_back() {
    let world = world().await;
    let provider = world.provider("prod").await;
    world.note(&world.due().await.remove(0), &arrived()).await;
    world.set_namespaces(&[]).await;
    let removing = world.due().await.remove(0);
    assert_eq!(removing.state(), DeliveryState::Removing);
    world.set_namespaces(&["b"]).await;
    // The removal that was under way comes to its end.
    world.note(&removing, &Outcome::Removed).await;
    let wanted = world.due().await.remove(0);
    assert_eq!(wanted.state(), DeliveryState::Pending);
    assert_eq!(wanted.delivered, None);
    world.note(&wanted, &arrived()).await;
    let there = world.delivery(&provider).await.unwrap();
    assert_eq!(there.state(), DeliveryState::Delivered);
}

#[tokio::test]
async fn a_failure_counts_and_waits_and_ends_with_what_arrives() {
    let world = world().await;
    let provider = world.provider("prod").await;
    let next_try = now() + SignedDuration::from_hours(24);
    let failed = |conflict| Outcome::Failed {
        why: "it may not".to_owned(),
        conflict,
        next_try,
    };
    let first = world.due().await.remove(0);
    world.note(&first, &failed(true)).await;
    assert_eq!(world.due().await, []);
    let in_conflict = world.delivery(&provider).await.unwrap();
    assert_eq!(in_conflict.state(), DeliveryState::Conflict);
    world.note(&in_conflict, &failed(false)).await;
    let waiting = world.delivery(&provider).await.unwrap();
    assert_eq!(waiting.state(), DeliveryState::Failed);
    assert_eq!(waiting.next_try(), Some(next_try));
    assert_eq!(waiting.failure.as_ref().unwrap().attempts, 2);

    let (name, ordered) = (
        IdentityName::parse("mine").unwrap(),
        event("delivery.order"),
    );
    let order = world
        .store
        .order_delivery(&waiting, Some(&name), true, &ordered);
    order.await.unwrap();
    let again = world.due().await.remove(0);
    assert!(again.adopt && again.failure.is_none());
    assert_eq!(again.identity, name);
    world.note(&again, &arrived()).await;
    let there = world.delivery(&provider).await.unwrap();
    assert!(!there.adopt);
    // Clusters may refer to its name by now.
    let other = IdentityName::parse("other").unwrap();
    let order = world
        .store
        .order_delivery(&there, Some(&other), false, &ordered);
    assert!(matches!(order.await, Err(StoreError::Changed)));
    let noted = audited(&world.store).await;
    assert!(noted.contains(&"delivery.order".to_owned()));
}

#[tokio::test]
async fn what_is_not_as_it_was_left_is_due() {
    let world = world().await;
    let provider = world.provider("prod").await;
    world.note(&world.due().await.remove(0), &arrived()).await;
    let secret = |version: &str| SeenObject {
        kind: DeliveredKind::Secret,
        name: "team-a-prod".to_owned(),
        version: Some(version.to_owned()),
    };
    let all = |seen| ClusterEvent::Objects(DeliveredKind::Secret, seen);
    for (told, is_due) in [
        (ClusterEvent::Object(secret("7")), false),
        (all(vec![secret("7")]), false),
        (ClusterEvent::Object(secret("9")), true),
        (all(vec![secret("9")]), true),
        (all(vec![]), true),
    ] {
        world.told(told.clone()).await;
        let due = world.due().await;
        assert_eq!(due.len(), usize::from(is_due), "{told:?}");
        for delivery in due {
            world
                .note(&delivery, &Outcome::Drifted(vec!["deleted".to_owned()]))
                .await;
            let drifted = world.delivery(&provider).await.unwrap();
            assert_eq!(drifted.state(), DeliveryState::Drifted);
            world.note(&drifted, &arrived()).await;
            let put_back = world.delivery(&provider).await.unwrap();
            assert_eq!(put_back.state(), DeliveryState::Delivered);
            assert!(put_back.drift.unwrap().put_back_at.is_some());
        }
    }
}

/// A cluster as a watch tells of it, with the identity that it names.
fn user(name: &str, identity: Option<&str>) -> SeenUser {
    SeenUser {
        identity: identity.map(str::to_owned),
        user: IdentityUser {
            kind: "AWSCluster".to_owned(),
            namespace: "a".to_owned(),
            name: name.to_owned(),
            region: None,
            phase: UserPhase::Ready,
            conditions: Vec::new(),
        },
    }
}

#[tokio::test]
async fn a_cluster_lists_what_is_delivered_to_it_with_who_uses_it() {
    let world = world().await;
    for name in ["prod", "lab", "dev"] {
        world.provider(name).await;
    }
    let all = vec![
        user("one", Some("team-a-prod")),
        user("two", Some("team-a-prod")),
        user("three", Some("team-b-prod")),
    ];
    world.told(ClusterEvent::Users("AWSCluster", all)).await;
    let (mut listed, mut next) = (Vec::new(), Some(PageRequest::new(2, None)));
    while let Some(request) = next {
        let page = world.store.cluster_deliveries(world.cluster.id, &request);
        let page = page.await.unwrap();
        next = page.following();
        let rows = page.items.iter();
        listed.extend(rows.map(|one| (one.delivery.identity.to_string(), one.users)));
    }
    let expected = [("team-a-dev", 0), ("team-a-lab", 0), ("team-a-prod", 2)];
    assert_eq!(
        listed,
        expected.map(|(name, users)| (name.to_owned(), users))
    );
    let users = world
        .store
        .workspace_users(world.cluster.id, world.workspace.id);
    let users = users.await.unwrap().into_iter();
    let users: Vec<_> = users
        .map(|(provider, user)| (provider.to_string(), user.name))
        .collect();
    assert_eq!(
        users,
        [("prod", "one"), ("prod", "two")].map(|(a, b)| (a.to_owned(), b.to_owned()))
    );
}

#[tokio::test]
async fn users_of_an_identity_are_those_that_were_last_seen() {
    let world = world().await;
    let identity = IdentityName::parse("team-a-prod").unwrap();
    let names = async || -> Vec<String> {
        let users = world.store.identity_users(world.cluster.id, &identity);
        let users = users.await.unwrap();
        users.into_iter().map(|user| user.name).collect()
    };
    let used = Some("team-a-prod");
    let all = vec![
        user("one", used),
        user("two", used),
        user("three", Some("x")),
    ];
    world.told(ClusterEvent::Users("AWSCluster", all)).await;
    assert_eq!(names().await, ["one", "two"]);
    world.told(ClusterEvent::User(user("one", None))).await;
    world.told(ClusterEvent::User(user("three", used))).await;
    assert_eq!(names().await, ["three", "two"]);
    world.told(ClusterEvent::Users("AWSCluster", vec![])).await;
    assert_eq!(names().await.len(), 0);
}

#[tokio::test]
async fn one_process_at_a_time_has_a_cluster_until_its_lease_ends() {
    let world = world().await;
    let begin = now();
    let end = begin + SignedDuration::from_secs(30);
    let hold = async |holder: &str, at| {
        let held = world.store.hold_cluster(world.cluster.id, holder, at, end);
        held.await.unwrap()
    };
    assert!(hold("one", begin).await);
    assert!(!hold("two", begin).await);
    assert!(hold("one", begin).await);
    assert!(hold("two", end + SignedDuration::from_secs(1)).await);
    let trouble = ClusterTrouble {
        why: "it does not answer".to_owned(),
        attempts: 2,
        next_try: end,
    };
    for noted in [Some(trouble), None] {
        let done = world
            .store
            .note_cluster_trouble(world.cluster.id, noted.as_ref());
        done.await.unwrap();
        let read = world.store.cluster_trouble(world.cluster.id).await;
        assert_eq!(read.unwrap(), noted);
    }
    world.store.release_clusters("two").await.unwrap();
    assert!(hold("three", begin).await);
}
