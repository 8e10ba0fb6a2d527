//! Infrastructure providers and their keys.

use commissary_core::domain::{Authentication, CheckSummary, ProviderId};
use commissary_core::ports::{Store as _, StoreError};
use commissary_seal::same_secret;
use sqlx::Row as _;

use crate::samples::{
    Home, all_providers, audited, event, identity, kept_provider, kept_with_key, kept_workspace,
    key, new_id, now, provider, provider_name, report, save_report, temporary_key, workspace,
};

#[tokio::test]
async fn a_provider_comes_back_as_it_went_in() {
    let home = Home::new();
    let store = home.open().await;
    let team = kept_workspace(&store, "team-a").await;
    let bare = kept_provider(&store, &team, "bare").await;
    let mut full = provider(&team, "Full+prod@example.com");
    full.authentication = Authentication::Static {
        access_key_id: temporary_key().id,
        temporary: true,
    };
    full.identity = Some(identity());
    full.refusal = Some("AWS does not know this access key".to_owned());
    full.last_check = Some(CheckSummary {
        at: now(),
        allowed: 1,
        denied: 2,
        conditional: 3,
        unverifiable: 4,
    });
    full.features.clear();
    store
        .insert_provider(&full, &temporary_key(), &event("provider.add"))
        .await
        .unwrap();
    for kept in [bare, full] {
        assert_eq!(
            store.provider(team.id, &kept.name).await.unwrap(),
            Some(kept)
        );
    }
}

#[tokio::test]
async fn a_name_is_taken_once_in_its_workspace_whatever_its_case() {
    let home = Home::new();
    let store = home.open().await;
    let team = kept_workspace(&store, "team-a").await;
    let kept = kept_provider(&store, &team, "Prod").await;
    for name in ["Prod", "prod", "PROD"] {
        let again = provider(&team, name);
        let again = store.insert_provider(&again, &key(), &event("again")).await;
        assert!(matches!(again, Err(StoreError::NameTaken)), "{name}");
        let found = store.provider(team.id, &provider_name(name)).await.unwrap();
        assert_eq!(found, Some(kept.clone()));
    }
    let other = kept_workspace(&store, "team-b").await;
    kept_provider(&store, &other, "prod").await;
    assert_eq!(all_providers(&store, &team).await, [kept]);
}

#[tokio::test]
async fn a_provider_needs_its_workspace() {
    let home = Home::new();
    let store = home.open().await;
    let gone = provider(&workspace("gone"), "prod");
    let refused = store
        .insert_provider(&gone, &key(), &event("provider.add"))
        .await;
    assert!(matches!(refused, Err(StoreError::Gone)));
    assert!(audited(&store).await.is_empty());
    assert_eq!(secrets_kept(&home).await, 0);
}

#[tokio::test]
async fn keys_open_with_all_their_parts() {
    let home = Home::new();
    let store = home.open().await;
    let team = kept_workspace(&store, "team-a").await;
    let lasting = kept_provider(&store, &team, "lasting").await;
    let opened = store.access_key(lasting.id).await.unwrap();
    assert_eq!(opened.id, key().id);
    assert!(same_secret(&opened.secret, &key().secret));
    assert!(opened.session_token.is_none());

    let temporary = kept_with_key(&store, &team, "temporary", &temporary_key()).await;
    let opened = store.access_key(temporary.id).await.unwrap();
    let (token, expected) = (
        opened.session_token.unwrap(),
        temporary_key().session_token.unwrap(),
    );
    assert!(same_secret(&token, &expected));
    assert!(!same_secret(&token, &opened.secret));

    let nobody = store.access_key(ProviderId(new_id())).await;
    assert!(matches!(nobody, Err(StoreError::Gone)));
}

#[tokio::test]
async fn a_deleted_provider_leaves_nothing_but_its_audit_events() {
    let home = Home::new();
    let store = home.open().await;
    let team = kept_workspace(&store, "team-a").await;
    let kept = kept_provider(&store, &team, "prod").await;
    let staying = kept_provider(&store, &team, "staying").await;
    for provider in [&kept, &staying] {
        save_report(&store, provider, &report(), &event("provider.check"))
            .await
            .unwrap();
    }
    store
        .delete_provider(kept.id, &event("provider.delete"))
        .await
        .unwrap();

    assert_eq!(store.provider(team.id, &kept.name).await.unwrap(), None);
    assert!(store.latest_report(kept.id).await.unwrap().is_none());
    assert!(matches!(
        store.access_key(kept.id).await,
        Err(StoreError::Gone)
    ));
    assert_eq!(secrets_kept(&home).await, 1);
    assert!(store.latest_report(staying.id).await.unwrap().is_some());
    store.access_key(staying.id).await.unwrap();

    let again = store
        .delete_provider(kept.id, &event("provider.delete"))
        .await;
    assert!(matches!(again, Err(StoreError::Gone)));
    let deletions = audited(&store)
        .await
        .iter()
        .filter(|a| *a == "provider.delete")
        .count();
    assert_eq!(deletions, 1);
    // The name is free again.
    kept_provider(&store, &team, "PROD").await;
}

async fn secrets_kept(home: &Home) -> i64 {
    let query = sqlx::query("SELECT COUNT(*) FROM sealed_secrets");
    query.fetch_one(&mut home.sql().await).await.unwrap().get(0)
}
