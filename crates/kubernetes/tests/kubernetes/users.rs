//! What a watch tells of what was delivered, and of who uses it.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use commissary_core::domain::{ClusterEvent, DeliveredKind, SeenObject, SeenUser, UserPhase};
use commissary_core::ports::{DeliveryError, Heard, Reached};
use serde_json::json;

use crate::samples::{key, reached, wanted};
use crate::support::{ADMINISTRATOR, Cluster, Kind, Served, Things, until};

/// All that was told.
#[derive(Default)]
struct Told(Mutex<Vec<ClusterEvent>>);

#[async_trait]
impl Heard for Told {
    async fn hear(&self, event: ClusterEvent) {
        self.0.lock().unwrap().push(event);
    }
}

impl Told {
    async fn until(&self, what: &str, is_it: impl Fn(&ClusterEvent) -> bool) {
        until(what, async || self.0.lock().unwrap().iter().any(&is_it)).await;
    }

    async fn until_user(&self, what: &str, is_it: impl Fn(&SeenUser) -> bool) {
        let is_it = |event: &ClusterEvent| match event {
            ClusterEvent::User(seen) => is_it(seen),
            ClusterEvent::Users(_, all) => all.iter().any(&is_it),
            _ => false,
        };
        self.until(what, is_it).await;
    }
}

fn watched(product: &Arc<dyn Reached>) -> (Arc<Told>, tokio::task::JoinHandle<DeliveryError>) {
    let told = Arc::new(Told::default());
    let (product, listener) = (Arc::clone(product), Arc::clone(&told));
    let task = tokio::spawn(async move { product.watch(listener.as_ref()).await });
    (told, task)
}

#[tokio::test]
async fn changes_of_what_was_delivered_and_users_are_told_until_the_cluster_is_away() {
    let mut cluster = Cluster::with_capa(Served::V1beta2).await;
    let there = Things::of(&cluster, "v1beta2").await;
    let product = reached(&cluster, ADMINISTRATOR).await;
    let mine = wanted("prod", key(), &["default"]);
    let standing = product.find(&mine).await.unwrap();
    let left = product.put(&mine, &standing, false).await.unwrap();
    // Not the product's.
    there.make_secret("other").await;
    there.make_user("blue", "prod").await;
    let (told, watch) = watched(&product);
    for (kind, version) in [
        (DeliveredKind::Secret, &left.secret),
        (DeliveredKind::Identity, &left.identity),
    ] {
        let all = ClusterEvent::Objects(
            kind,
            vec![SeenObject {
                kind,
                name: "prod".to_owned(),
                version: Some(version.clone()),
            }],
        );
        told.until("what was delivered is told", |event| *event == all)
            .await;
    }
    told.until_user("the user is told", |seen| {
        let user = &seen.user;
        seen.identity.as_deref() == Some("prod")
            && (
                user.kind.as_str(),
                user.namespace.as_str(),
                user.name.as_str(),
            ) == ("AWSCluster", "default", "blue")
            && user.region.as_deref() == Some("eu-west-1")
            && user.phase == UserPhase::Provisioning
    })
    .await;
    let said = json!([
        {
            "type": "PrincipalCredentialRetrieved", "status": "False", "severity": "Error",
            "reason": "CredentialProviderBuildFailed", "lastTransitionTime": "2026-01-01T00:00:00Z",
        },
        { "type": "VpcReady", "status": "True", "lastTransitionTime": "2026-01-01T00:00:00Z" },
    ]);
    there.say_of_user("blue", said).await;
    told.until_user("what CAPA says is told", |seen| {
        let [condition] = &seen.user.conditions[..] else {
            return false;
        };
        seen.user.phase == UserPhase::Ready
            && condition.status == "False"
            && condition.reason.as_deref() == Some("CredentialProviderBuildFailed")
    })
    .await;
    there.delete_user("blue").await;
    told.until_user("the user is gone", |seen| {
        seen.identity.is_none() && seen.user.name == "blue"
    })
    .await;

    let label = json!({ "metadata": { "labels": { "theirs": "1" } } });
    there.change(Kind::Identity, "prod", label).await;
    told.until("the change is told", |event| {
        matches!(event, ClusterEvent::Object(seen)
            if seen.kind == DeliveredKind::Identity && seen.version.as_ref() != Some(&left.identity))
    })
    .await;
    there.delete("prod").await;
    told.until("the deletion is told", |event| {
        matches!(event, ClusterEvent::Object(seen)
            if seen.kind == DeliveredKind::Secret && seen.version.is_none())
    })
    .await;

    cluster.kill_api_server();
    let error = watch.await.unwrap();
    assert!(error.is_of_the_cluster(), "{error}");
}
