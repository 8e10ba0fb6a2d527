//! `GET …/infrastructure-providers/{name}/export`. That it is what is delivered is in the tests of
//! the adapter.

use commissary_core::{DeliveryOrder, NewAccess, NewCluster, Verify};

use crate::support::{SECRET, World, key, root};

const EXPORT: &str = "/api/v1/workspaces/team-a/infrastructure-providers/prod/export";

/// Management clusters in which `team-a` has a namespace of their name.
async fn with_clusters(names: &[&str]) -> World {
    let world = World::with_provider("prod", key::READY).await;
    for name in names {
        let cluster = NewCluster {
            name: (*name).to_owned(),
            access: NewAccess::InCluster,
            capa_namespace: Some(format!("capa-{name}")),
            sealing_certificate: None,
            verify: Verify::Later,
        };
        let product = &world.product;
        product.add_cluster(&root(), cluster).await.unwrap();
        let namespaces = [format!("in-{name}"), "staging".to_owned()];
        let actor = root();
        let set = product.set_namespaces(&actor, "team-a", name, &namespaces, false);
        set.await.unwrap();
    }
    world
}

#[tokio::test]
async fn the_namespaces_of_the_only_cluster_are_exported_without_the_secret() {
    let world = with_clusters(&["eu"]).await;
    let exported = world.get(EXPORT).await;
    assert_eq!(exported.status, 200, "{}", exported.body);
    for line in [
        "kind: AWSClusterStaticIdentity\n",
        "apiVersion: infrastructure.cluster.x-k8s.io/v1beta2\n",
        "  name: team-a-prod\n",
        "  secretRef: team-a-prod\n",
        "    list:\n    - in-eu\n    - staging\n",
        "#   namespace: capa-eu\n",
    ] {
        assert!(exported.body.contains(line), "{line}: {}", exported.body);
    }
    let key = format!("#   AccessKeyID: {}\n", key::READY);
    assert!(exported.body.contains(&key), "{}", exported.body);
    assert!(!exported.body.contains(SECRET));
    let named = [
        "managementCluster=eu",
        "namespace=b&namespace=a&namespace=b",
        "capaNamespace=capa",
        "apiVersion=v1beta1",
        "identityName=a.b",
    ];
    let other = world.get(&format!("{EXPORT}?{}", named.join("&"))).await;
    for line in [
        "apiVersion: infrastructure.cluster.x-k8s.io/v1beta1\n",
        "  name: a.b\n",
        "    list:\n    - a\n    - b\n",
        "#   namespace: capa\n",
    ] {
        assert!(other.body.contains(line), "{line}: {}", other.body);
    }
}

#[tokio::test]
async fn without_a_cluster_namespaces_can_be_named() {
    let world = with_clusters(&[]).await;
    let nowhere = world.get(EXPORT).await;
    nowhere.assert_problem(409, "conflict", &[]);
    let named = world.get(&format!("{EXPORT}?namespace=team-a")).await;
    assert_eq!(named.status, 200, "{}", named.body);
    assert!(
        named.body.contains("    list:\n    - team-a\n"),
        "{}",
        named.body
    );
    assert!(
        named.body.contains("#   namespace: capa-system\n"),
        "{}",
        named.body
    );
}

#[tokio::test]
async fn what_is_not_known_or_wrong_is_told() {
    let world = with_clusters(&["eu", "us"]).await;
    let which = world.get(EXPORT).await;
    which.assert_problem(409, "conflict", &[]);
    assert!(which.body.contains("`eu`, `us`"), "{}", which.body);
    let faulty = "namespace=A&capaNamespace=B&identityName=C";
    let faulty = format!("{EXPORT}?managementCluster=us&{faulty}");
    let fields = ["identityName", "capaNamespace", "namespace"];
    let faulty = world.get(&faulty).await;
    faulty.assert_problem(422, "invalid-input", &fields);
    for (query, field) in [("apiVersion=v1", "apiVersion"), ("secret=true", "query")] {
        let refused = world.get(&format!("{EXPORT}?{query}")).await;
        refused.assert_problem(422, "invalid-input", &[field]);
    }
    let elsewhere = world.get(&format!("{EXPORT}?managementCluster=asia")).await;
    elsewhere.assert_problem(409, "conflict", &[]);
    let other = EXPORT.replace("prod", "other");
    world
        .get(&other)
        .await
        .assert_problem(404, "not-found", &[]);
}

#[tokio::test]
async fn the_name_is_the_one_of_the_delivery() {
    let world = with_clusters(&["eu"]).await;
    let order = DeliveryOrder {
        cluster: "eu".to_owned(),
        identity_name: Some("another".to_owned()),
        adopt: false,
    };
    let (product, actor) = (&world.product, root());
    let ordered = product.order_delivery(&actor, "team-a", "prod", order);
    ordered.await.unwrap();
    let exported = world.get(EXPORT).await;
    for line in ["  name: another\n", "  secretRef: another\n"] {
        assert!(exported.body.contains(line), "{line}: {}", exported.body);
    }
}
