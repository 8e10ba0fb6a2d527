//! Changing a provider: all of it at once, and only as it was read.

use commissary_core::domain::{Authentication, Region};
use commissary_core::ports::{Store as _, StoreError};
use commissary_seal::same_secret;
use sqlx::Row as _;

use crate::samples::{
    Home, audited, event, identity, kept_provider, kept_workspace, key, now, other_key,
    provider_name, report, save_report, temporary_key,
};

#[tokio::test]
async fn settings_and_key_are_replaced_and_the_old_secret_is_gone() {
    let home = Home::new();
    let store = home.open().await;
    let team = kept_workspace(&store, "team-a").await;
    let kept = kept_provider(&store, &team, "prod").await;
    let sealed = "SELECT sealed FROM sealed_secrets";
    let old: Vec<u8> = sqlx::query(sealed)
        .fetch_one(&mut home.sql().await)
        .await
        .unwrap()
        .get(0);

    let mut changed = kept.clone();
    changed.name = provider_name("Staging");
    changed.region = Region::parse("cn-north-1").unwrap();
    changed.release = "capa-2.11".to_owned();
    changed.features = vec!["eks".to_owned()];
    changed.identity = Some(identity());
    changed.authentication = Authentication::of(&temporary_key());
    changed.updated_at = now();
    let done = store
        .update_provider(&changed, Some(&temporary_key()), &event("provider.update"))
        .await;
    done.unwrap();

    assert_eq!(store.provider(team.id, &kept.name).await.unwrap(), None);
    let read = store.provider(team.id, &changed.name).await.unwrap();
    changed.revision = 1;
    assert_eq!(read, Some(changed.clone()));
    let opened = store.access_key(kept.id).await.unwrap();
    assert!(opened.session_token.is_some());

    // Back to a key without a session token: no part of the other stays.
    changed.authentication = Authentication::of(&other_key());
    store
        .update_provider(&changed, Some(&other_key()), &event("provider.update"))
        .await
        .unwrap();
    let opened = store.access_key(kept.id).await.unwrap();
    assert!(opened.session_token.is_none());
    assert!(same_secret(&opened.secret, &other_key().secret));
    let left: Vec<Vec<u8>> = sqlx::query(sealed)
        .fetch_all(&mut home.sql().await)
        .await
        .unwrap()
        .iter()
        .map(|row| row.get(0))
        .collect();
    assert_eq!(left.len(), 1);
    assert_ne!(left[0], old);
    assert_eq!(audited(&store).await[..2], ["provider.update"; 2]);
}

#[tokio::test]
async fn without_a_key_the_old_one_stays() {
    let home = Home::new();
    let store = home.open().await;
    let team = kept_workspace(&store, "team-a").await;
    let mut kept = kept_provider(&store, &team, "prod").await;
    kept.region = Region::parse("us-east-1").unwrap();
    store
        .update_provider(&kept, None, &event("provider.update"))
        .await
        .unwrap();
    let opened = store.access_key(kept.id).await.unwrap();
    assert!(same_secret(&opened.secret, &key().secret));
}

#[tokio::test]
async fn of_two_changes_of_the_same_state_one_is_refused() {
    let home = Home::new();
    let store = home.open().await;
    let team = kept_workspace(&store, "team-a").await;
    let kept = kept_provider(&store, &team, "prod").await;
    let (mut one, mut two) = (kept.clone(), kept.clone());
    one.region = Region::parse("us-east-1").unwrap();
    two.region = Region::parse("us-east-2").unwrap();
    let (update, other) = (event("provider.update"), event("provider.update"));
    let new_key = other_key();
    let results = tokio::join!(
        store.update_provider(&one, None, &update),
        store.update_provider(&two, Some(&new_key), &other),
    );
    let refused = match results {
        (Ok(()), Err(refused)) | (Err(refused), Ok(())) => refused,
        both => panic!("{both:?}"),
    };
    assert!(matches!(refused, StoreError::Changed), "{refused}");

    // A check of what was before is not noted either.
    let check = event("provider.check");
    let results = [
        save_report(&store, &kept, &report(), &check).await,
        store.save_refusal(&kept, "no such key", &check).await,
        store.save_identity(&kept, &identity(), &check).await,
    ];
    for result in results {
        assert!(matches!(result, Err(StoreError::Changed)), "{result:?}");
    }
    let read = store.provider(team.id, &kept.name).await.unwrap().unwrap();
    assert_eq!((read.identity, read.last_check), (None, None));
}

#[tokio::test]
async fn a_name_that_is_taken_is_not_taken_over() {
    let home = Home::new();
    let store = home.open().await;
    let team = kept_workspace(&store, "team-a").await;
    let mut kept = kept_provider(&store, &team, "prod").await;
    kept_provider(&store, &team, "other").await;
    kept.name = provider_name("OTHER");
    let taken = store
        .update_provider(&kept, None, &event("provider.update"))
        .await;
    assert!(matches!(taken, Err(StoreError::NameTaken)), "{taken:?}");
    // Only written otherwise it is the same.
    kept.name = provider_name("PROD");
    store
        .update_provider(&kept, None, &event("provider.update"))
        .await
        .unwrap();
    store
        .delete_provider(kept.id, &event("provider.delete"))
        .await
        .unwrap();
    kept.revision += 1;
    let gone = store
        .update_provider(&kept, None, &event("provider.update"))
        .await;
    assert!(matches!(gone, Err(StoreError::Gone)), "{gone:?}");
}
