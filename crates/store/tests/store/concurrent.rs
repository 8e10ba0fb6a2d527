//! Many at once.

use std::sync::Arc;

use commissary_core::domain::{AuditFilter, PageRequest};
use commissary_core::people::TokenHash;
use commissary_core::ports::{PeopleStore as _, SetupLink, Store as _, StoreError};
use tokio::task::JoinSet;

use crate::samples::{
    Home, audited, event, kept_provider, kept_workspace, key, now, provider, report, save_report,
    user,
};

#[tokio::test(flavor = "multi_thread")]
async fn of_many_providers_of_one_name_one_is_added() {
    let home = Home::new();
    let store = Arc::new(home.open().await);
    let team = kept_workspace(&store, "team-a").await;
    let mut adding = JoinSet::new();
    for number in 0..20 {
        let name = if number % 2 == 0 { "prod" } else { "PROD" };
        let (store, provider) = (store.clone(), provider(&team, name));
        let add = async move {
            store
                .insert_provider(&provider, &key(), &event("add"))
                .await
        };
        adding.spawn(add);
    }
    let results = adding.join_all().await;
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
    let taken = |result: &&Result<(), StoreError>| matches!(result, Err(StoreError::NameTaken));
    assert_eq!(results.iter().filter(taken).count(), 19);
    assert_eq!(audited(&store).await, ["add", "workspace.create"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_that_use_the_setup_link_one_becomes_the_first_user() {
    let home = Home::new();
    let store = Arc::new(home.open().await);
    let hash = TokenHash::of("link");
    let link = SetupLink {
        hash: hash.clone(),
        expires_at: now(),
    };
    store.replace_setup_link(&link).await.unwrap();
    let mut completing = JoinSet::new();
    for number in 0..10 {
        let (store, hash, user) = (store.clone(), hash.clone(), user(&format!("user {number}")));
        let complete = async move { store.complete_setup(&hash, &user, &event("user")).await };
        completing.spawn(complete);
    }
    let results = completing.join_all().await;
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
    assert_eq!(audited(&store).await, ["user"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_and_writers_do_not_turn_each_other_away() {
    let home = Home::new();
    let store = Arc::new(home.open().await);
    let team = kept_workspace(&store, "team-a").await;
    let mut busy = JoinSet::new();
    for number in 0..20 {
        let kept = kept_provider(&store, &team, &format!("p{number}")).await;
        let store = store.clone();
        busy.spawn(async move {
            for _ in 0..3 {
                save_report(&store, &kept, &report(), &event("check")).await?;
                store.latest_report(kept.id).await?;
                store
                    .audit_events(&AuditFilter::default(), &PageRequest::first())
                    .await?;
            }
            Ok::<(), StoreError>(())
        });
    }
    for result in busy.join_all().await {
        result.unwrap();
    }
    // A workspace, the providers, and the begin and the end of each check.
    assert_eq!(audited(&store).await.len(), 1 + 20 + 20 * 3 * 2);
}
