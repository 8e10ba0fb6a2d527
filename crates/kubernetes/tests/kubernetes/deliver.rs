//! What is put into a cluster, found there and taken out of it.

use commissary_core::domain::{NamespaceName, Standing, Versions, Wanted};
use commissary_core::ports::{DeliveryError, Reached};
use serde_json::{Value, json};

use crate::samples::{key, other_key, reached, temporary_key, wanted};
use crate::support::{ADMINISTRATOR, Cluster, Kind, Served, Things, capa_system};

#[tokio::test]
async fn a_provider_is_put_kept_and_taken_out_with_the_rights_of_the_manifest() {
    let cluster = Cluster::with_capa(Served::V1beta2).await;
    let token = cluster.service_account().await;
    let there = Things::of(&cluster, "v1beta2").await;
    let product = reached(&cluster, &token).await;
    let product = product.as_ref();
    let first = wanted("team-a-prod", temporary_key(), &["a"]);
    assert_eq!(product.find(&first).await.unwrap(), Standing::default());
    put(product, &first).await.unwrap();

    let secret = there.secret("team-a-prod").await.unwrap();
    let keys: Vec<_> = secret["data"].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["AccessKeyID", "SecretAccessKey", "SessionToken"]);
    let identity = there.identity("team-a-prod").await.unwrap();
    let allowed = json!({ "list": ["a"] });
    assert_eq!(identity["spec"]["allowedNamespaces"], allowed);
    assert_eq!(identity["spec"]["secretRef"], "team-a-prod");
    for object in [&secret, &identity] {
        let labels = &object["metadata"]["labels"];
        assert_eq!(labels["commissary.dev/workspace"], "team-a");
        assert_eq!(labels["commissary.dev/provider"], "Prod");
    }

    // What CAPA adds is CAPA's; a key of another kind leaves nothing of the one before.
    there.own_secret("team-a-prod").await;
    let second = wanted("team-a-prod", other_key(), &["a", "b"]);
    let versions = put(product, &second).await.unwrap();
    let secret = there.secret("team-a-prod").await.unwrap();
    let keys: Vec<_> = secret["data"].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["AccessKeyID", "SecretAccessKey"]);
    assert_eq!(secret["metadata"]["ownerReferences"][0]["name"], "prod");
    let identity = there.identity("team-a-prod").await.unwrap();
    let allowed = json!({ "list": ["a", "b"] });
    assert_eq!(identity["spec"]["allowedNamespaces"], allowed);
    let standing = product.find(&second).await.unwrap();
    assert_eq!(standing.as_wanted(), Some(versions.clone()));
    // Nothing is written where all is as it should be.
    assert_eq!(put(product, &second).await.unwrap(), versions);

    let (provider, capa) = (second.owner.provider_id, capa_system());
    for _ in 0..2 {
        let gone = product.remove(&second.identity, &capa, provider);
        gone.await.unwrap();
        assert_eq!(product.find(&second).await.unwrap(), Standing::default());
    }
}

#[tokio::test]
async fn a_key_is_replaced_in_one_write_of_the_secret() {
    let cluster = Cluster::with_capa(Served::V1beta1).await;
    let there = Things::of(&cluster, "v1beta1").await;
    let product = reached(&cluster, ADMINISTRATOR).await;
    put(product.as_ref(), &wanted("prod", key(), &["a"]))
        .await
        .unwrap();
    let identity = there.identity("prod").await.unwrap();
    let mut seen = there.versions_of_secret("prod").await;
    put(product.as_ref(), &wanted("prod", other_key(), &["a"]))
        .await
        .unwrap();
    let changed = seen.next().await;
    let whole = there.secret("prod").await.unwrap();
    assert_eq!(changed["metadata"], whole["metadata"]);
    assert_eq!(changed["data"], whole["data"]);
    assert_eq!(there.identity("prod").await.unwrap(), identity);
}

#[tokio::test]
async fn what_somebody_changed_is_told_and_put_back() {
    let cluster = Cluster::with_capa(Served::V1beta2).await;
    let there = Things::of(&cluster, "v1beta2").await;
    let product = reached(&cluster, ADMINISTRATOR).await;
    let product = product.as_ref();
    let mine = wanted("prod", key(), &["a"]);
    put(product, &mine).await.unwrap();
    let changes: [(Kind, Value, &str); 7] = [
        (
            Kind::Secret,
            json!({ "data": { "SecretAccessKey": "b3RoZXI=" } }),
            "the Secret's `SecretAccessKey` was changed",
        ),
        (
            Kind::Secret,
            json!({ "data": { "SessionToken": "b3RoZXI=" } }),
            "`SessionToken` was added",
        ),
        (
            Kind::Secret,
            json!({ "metadata": { "labels": { "commissary.dev/workspace": "b" } } }),
            "the Secret's labels were changed",
        ),
        (
            Kind::Identity,
            json!({ "spec": { "allowedNamespaces": { "list": ["a", "b"] } } }),
            "the identity's list of allowed namespaces was changed",
        ),
        (
            Kind::Identity,
            json!({ "spec": { "allowedNamespaces": { "list": null } } }),
            "the identity's list of allowed namespaces was changed",
        ),
        // Everybody.
        (
            Kind::Identity,
            json!({ "spec": { "allowedNamespaces": { "selector": {} } } }),
            "`selector` was added",
        ),
        (
            Kind::Identity,
            json!({ "spec": { "secretRef": "another" } }),
            "the identity names another Secret",
        ),
    ];
    for (kind, to, said) in changes {
        there.change(kind, "prod", to).await;
        let standing = product.find(&mine).await.unwrap();
        assert_eq!(standing.as_wanted(), None);
        assert_eq!(standing.differences(), [said]);
        put(product, &mine).await.unwrap();
        let standing = product.find(&mine).await.unwrap();
        assert_eq!(standing.differences(), [""; 0], "{said}");
        assert!(standing.as_wanted().is_some());
    }
    there.delete("prod").await;
    let standing = product.find(&mine).await.unwrap();
    let said = ["the Secret was deleted", "the identity was deleted"];
    assert_eq!(standing.differences(), said);
    put(product, &mine).await.unwrap();
    // What was added by others and means nothing to CAPA is theirs.
    let theirs = json!({ "metadata": { "labels": { "team": "x" } } });
    there.change(Kind::Secret, "prod", theirs).await;
    assert!(product.find(&mine).await.unwrap().as_wanted().is_some());
}

#[tokio::test]
async fn what_is_not_the_providers_is_left_alone_unless_it_is_adopted() {
    let cluster = Cluster::with_capa(Served::V1beta2).await;
    let there = Things::of(&cluster, "v1beta2").await;
    let product = reached(&cluster, ADMINISTRATOR).await;
    let product = product.as_ref();
    for (name, secret_ref) in [("prod", "prod"), ("old", "credentials")] {
        there.make_secret(name).await;
        there.make_identity(name, secret_ref).await;
        let before = there.both(name).await;
        let mine = wanted(name, key(), &["a"]);
        let refused = put(product, &mine).await;
        assert!(matches!(refused, Err(DeliveryError::Taken { .. })));
        let (provider, capa) = (mine.owner.provider_id, capa_system());
        let gone = product.remove(&mine.identity, &capa, provider);
        gone.await.unwrap();
        assert_eq!(there.both(name).await, before);

        let standing = product.find(&mine).await.unwrap();
        let adopted = product.put(&mine, &standing, true).await;
        match secret_ref == name {
            true => {
                adopted.unwrap();
                assert!(product.find(&mine).await.unwrap().as_wanted().is_some());
                let identity = there.identity(name).await.unwrap();
                let allowed = json!({ "list": ["a"] });
                assert_eq!(identity["spec"]["allowedNamespaces"], allowed);
            }
            false => {
                assert!(matches!(adopted, Err(DeliveryError::OtherSecret { .. })));
                assert_eq!(there.both(name).await, before);
            }
        }
    }
    // What was there is another one by now.
    let mine = wanted("prod", key(), &["a"]);
    let before = product.find(&mine).await.unwrap();
    there.delete("prod").await;
    there.make_secret("prod").await;
    assert!(product.put(&mine, &before, false).await.is_err());
}

#[tokio::test]
async fn what_came_since_the_look_is_left_alone() {
    let cluster = Cluster::with_capa(Served::V1beta2).await;
    let there = Things::of(&cluster, "v1beta2").await;
    let product = reached(&cluster, ADMINISTRATOR).await;
    let product = product.as_ref();
    // Fields that are wanted as well, and none of them: neither is written into.
    for (name, data) in [
        ("same", json!({ "AccessKeyID": "dGhlaXJz" })),
        ("none", json!({})),
    ] {
        let mine = wanted(name, key(), &["a"]);
        let before = product.find(&mine).await.unwrap();
        there.make_secret_with(name, data).await;
        let theirs = there.secret(name).await;
        // Not even with the leave to take over what was seen: this was not.
        for adopt in [false, true] {
            let refused = product.put(&mine, &before, adopt).await;
            assert!(matches!(refused, Err(DeliveryError::Taken { .. })));
        }
        assert_eq!(there.both(name).await, [theirs, None]);
    }
    let mine = wanted("identity", key(), &["a"]);
    let before = product.find(&mine).await.unwrap();
    there.make_identity("identity", "identity").await;
    let theirs = there.identity("identity").await;
    let refused = product.put(&mine, &before, false).await;
    assert!(matches!(refused, Err(DeliveryError::Taken { .. })));
    assert_eq!(there.identity("identity").await, theirs);
    // The Secret that was made before it is the provider's, and goes with it.
    let (provider, capa) = (mine.owner.provider_id, capa_system());
    let gone = product.remove(&mine.identity, &capa, provider);
    gone.await.unwrap();
    assert_eq!(there.both("identity").await, [None, theirs]);
}

#[tokio::test]
async fn a_refusal_is_told_by_what_refuses() {
    let cluster = Cluster::with_capa(Served::V1beta2).await;
    let there = Things::of(&cluster, "v1beta2").await;
    let product = reached(&cluster, ADMINISTRATOR).await;
    let mine = wanted("prod", key(), &["a"]);
    let elsewhere = Wanted {
        secret_namespace: NamespaceName::parse("nowhere").unwrap(),
        ..wanted("prod", key(), &["a"])
    };
    let refused = put(product.as_ref(), &elsewhere).await;
    assert!(matches!(
        refused,
        Err(DeliveryError::NamespaceMissing { .. })
    ));
    assert_eq!(there.identity("prod").await, None);

    there.allow_no_secrets().await;
    let refused = put(product.as_ref(), &mine).await;
    assert!(
        matches!(refused, Err(DeliveryError::NotAdmitted { .. })),
        "{refused:?}"
    );

    let token = cluster.service_account().await;
    let account = reached(&cluster, &token).await;
    there.take_rights().await;
    let refused = account.find(&mine).await;
    assert!(
        matches!(refused, Err(DeliveryError::Denied { .. })),
        "{refused:?}"
    );
    let said = refused.unwrap_err().to_string();
    assert!(said.contains("get the Secret `prod`"), "{said}");
}

async fn put(product: &dyn Reached, wanted: &Wanted) -> Result<Versions, DeliveryError> {
    let standing = product.find(wanted).await?;
    product.put(wanted, &standing, false).await
}
