//! The root key is replaced by another one, whatever happens meanwhile.

use std::fs;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use commissary_core::domain::{AuditFilter, PageRequest, Provider, RootKeyState, Workspace};
use commissary_core::ports::{Store as _, StoreError};
use commissary_seal::{RootKey, RootKeys, same_secret};
use commissary_store::{OpenError, OpenOptions, SqlStore};

use crate::samples::{
    Home, event, kept_provider, kept_with_key, kept_workspace, key, provider, temporary_key,
};

/// Secrets: one for each provider, and two for the last.
const SECRETS: u64 = 6;

async fn with_secrets(home: &Home) -> (SqlStore, Workspace, Vec<Provider>) {
    let store = home.open().await;
    let team = kept_workspace(&store, "team-a").await;
    let mut kept = Vec::new();
    for number in 1..SECRETS - 1 {
        kept.push(kept_provider(&store, &team, &format!("p{number}")).await);
    }
    kept.push(kept_with_key(&store, &team, "temporary", &temporary_key()).await);
    (store, team, kept)
}

async fn all_open(store: &SqlStore, kept: &[Provider]) {
    for provider in kept {
        let opened = store.access_key(provider.id).await.unwrap();
        assert!(same_secret(&opened.secret, &key().secret));
    }
}

async fn step(store: &SqlStore) -> RootKeyState {
    let done = store
        .continue_key_rotation(1, &event("rootKey.rewrap"))
        .await;
    done.unwrap()
}

#[tokio::test]
async fn every_secret_moves_to_the_new_key_and_the_old_one_is_retired() {
    let home = Home::new();
    let (store, team, mut kept) = with_secrets(&home).await;
    let old = store.root_keys().await.unwrap().root_key;
    let begun = store
        .begin_key_rotation(&event("rootKey.rotate"))
        .await
        .unwrap();
    assert_ne!(begun.root_key, old);
    assert_eq!((begun.older.len(), begun.left()), (1, SECRETS));
    // Once is enough.
    let again = store
        .begin_key_rotation(&event("rootKey.rotate"))
        .await
        .unwrap();
    assert_eq!(again, begun);
    // What is saved meanwhile is under the new key at once.
    kept.push(kept_provider(&store, &team, "meanwhile").await);
    for left in (0..SECRETS).rev() {
        all_open(&store, &kept).await;
        assert_eq!(step(&store).await.left(), left);
    }
    let ended = step(&store).await;
    assert!(ended.older.is_empty());
    let retired = ended.retired.first().unwrap();
    assert_eq!(
        RootKey::load(retired.as_ref()).unwrap().id().to_string(),
        old
    );
    all_open(&store, &kept).await;
    // After a restart the new key does alone.
    store.close().await;
    drop(store);
    let keys = RootKeys::load(&home.root_key()).unwrap();
    assert_eq!(keys.ids().count(), 1);
    let store = home.open().await;
    all_open(&store, &kept).await;
    assert_eq!(store.verify_audit(&[]).await.unwrap().fault, None);
    // The old one does not any more.
    drop(store);
    fs::copy(retired, home.root_key()).unwrap();
    let refusal = home.refusal().await;
    assert!(
        matches!(refusal, OpenError::OtherRootKey { .. }),
        "{refusal}"
    );
}

#[tokio::test]
async fn killed_after_the_file_and_before_the_database_the_next_start_goes_on() {
    let home = Home::new();
    let (store, _, kept) = with_secrets(&home).await;
    drop(store);
    RootKeys::add_new(&home.root_key()).unwrap();
    let store = home.open().await;
    all_open(&store, &kept).await;
    let state = store
        .begin_key_rotation(&event("rootKey.rotate"))
        .await
        .unwrap();
    assert_eq!((state.older.len(), state.left()), (1, SECRETS));
    while !step(&store).await.older.is_empty() {}
    all_open(&store, &kept).await;
}

#[tokio::test]
async fn killed_before_the_old_key_is_out_of_the_file_it_is_taken_out_later() {
    let home = Home::new();
    let (store, _, kept) = with_secrets(&home).await;
    store
        .begin_key_rotation(&event("rootKey.rotate"))
        .await
        .unwrap();
    let both = fs::read(home.root_key()).unwrap();
    while !step(&store).await.older.is_empty() {}
    drop(store);
    fs::write(home.root_key(), both).unwrap();
    let store = home.open().await;
    let state = store.root_keys().await.unwrap();
    assert_eq!((state.older.len(), state.left()), (1, 0));
    assert!(step(&store).await.older.is_empty());
    all_open(&store, &kept).await;
}

#[tokio::test]
async fn half_way_both_keys_are_needed() {
    let home = Home::new();
    let (store, ..) = with_secrets(&home).await;
    let before = fs::read(home.root_key()).unwrap();
    store
        .begin_key_rotation(&event("rootKey.rotate"))
        .await
        .unwrap();
    step(&store).await;
    drop(store);
    let both = fs::read_to_string(home.root_key()).unwrap();
    let new = both.lines().next().unwrap().as_bytes().to_vec();
    for one in [before, new] {
        fs::write(home.root_key(), one).unwrap();
        let refusal = home.refusal().await;
        assert!(
            matches!(refusal, OpenError::OtherRootKey { .. }),
            "{refusal}"
        );
    }
    fs::write(home.root_key(), both).unwrap();
    home.open().await;
}

#[tokio::test]
async fn a_secret_that_does_not_open_is_named_and_nothing_is_lost() {
    let home = Home::new();
    let (store, _, kept) = with_secrets(&home).await;
    let damaged = kept.first().unwrap();
    home.execute(
        "UPDATE sealed_secrets SET sealed = (SELECT s.sealed FROM sealed_secrets s
             JOIN providers p ON p.id = s.record_id AND p.name = 'p2')
         WHERE record_id = (SELECT id FROM providers WHERE name = 'p1')",
    )
    .await;
    store
        .begin_key_rotation(&event("rootKey.rotate"))
        .await
        .unwrap();
    let refused = store
        .continue_key_rotation(100, &event("rootKey.rewrap"))
        .await;
    let said = refused.unwrap_err().to_string();
    assert!(said.contains(&damaged.id.0.to_string()), "{said}");
    assert_eq!(store.root_keys().await.unwrap().left(), SECRETS);
    store
        .delete_provider(damaged.id, &event("provider.delete"))
        .await
        .unwrap();
    while !step(&store).await.older.is_empty() {}
    all_open(&store, kept.get(1..).unwrap()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_reads_and_writes_meanwhile_notices_nothing() {
    let home = Home::new();
    let (store, team, kept) = with_secrets(&home).await;
    let store = Arc::new(store);
    let busy: Vec<_> = (0..4)
        .map(|worker| {
            let (store, team, kept) = (store.clone(), team.clone(), kept.clone());
            tokio::spawn(async move {
                for round in 0..10 {
                    let new = provider(&team, &format!("w{worker}-{round}"));
                    store
                        .insert_provider(&new, &key(), &event("provider.add"))
                        .await?;
                    for provider in kept.iter().chain([&new]) {
                        store.access_key(provider.id).await?;
                    }
                }
                Ok::<(), StoreError>(())
            })
        })
        .collect();
    for _ in 0..3 {
        store
            .begin_key_rotation(&event("rootKey.rotate"))
            .await
            .unwrap();
        while !store
            .continue_key_rotation(3, &event("rootKey.rewrap"))
            .await
            .unwrap()
            .older
            .is_empty()
        {}
    }
    for worker in busy {
        worker.await.unwrap().unwrap();
    }
    let state = store.root_keys().await.unwrap();
    assert!(state.older.is_empty(), "{state:?}");
    all_open(&store, &kept).await;
}

const DIR: &str = "COMMISSARY_TEST_DIR";
const ROOT_KEY: &str = "COMMISSARY_TEST_ROOT_KEY";
const OLD: &str = "COMMISSARY_TEST_OLD_KEY";
const PATIENCE: Duration = Duration::from_secs(60);

#[tokio::test]
#[ignore = "run by `killed_after_each_batch_it_goes_on_where_it_was`, which kills it"]
async fn rotates_until_killed() {
    let path = |name| std::path::PathBuf::from(std::env::var_os(name).unwrap());
    let options = OpenOptions {
        dir: path(DIR),
        root_key: path(ROOT_KEY),
    };
    let store = SqlStore::open(options).await.unwrap();
    // Events of another process than the one that kept the secrets.
    let fresh = |action: &str| {
        let mut event = event(action);
        event.id =
            uuid::Uuid::from_u128(event.id.as_u128() ^ (u128::from(std::process::id()) << 16));
        event
    };
    // What is done already is not begun once more.
    let now = store.root_keys().await.unwrap().root_key;
    if std::env::var(OLD).unwrap() == now {
        store
            .begin_key_rotation(&fresh("rootKey.rotate"))
            .await
            .unwrap();
    }
    loop {
        let state = store
            .continue_key_rotation(1, &fresh("rootKey.rewrap"))
            .await
            .unwrap();
        if state.older.is_empty() {
            break;
        }
        // Time to be killed in.
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
}

fn worker(home: &Home, old: &str) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "rotation::rotates_until_killed"])
        .env(DIR, home.dir())
        .env(ROOT_KEY, home.root_key())
        .env(OLD, old)
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

#[tokio::test]
async fn killed_after_each_batch_it_goes_on_where_it_was() {
    let home = Home::new();
    let (store, _, kept) = with_secrets(&home).await;
    let old = store.root_keys().await.unwrap().root_key;
    store.close().await;
    drop(store);
    let mut kills = 0;
    let mut seen = 0;
    loop {
        let mut worker = worker(&home, &old);
        let began = Instant::now();
        let ended = loop {
            assert!(began.elapsed() < PATIENCE, "the rotation does not go on");
            if worker.try_wait().unwrap().is_some() {
                break true;
            }
            let batches = sqlx::query_scalar(
                "SELECT COUNT(*) FROM audit_events WHERE action LIKE 'rootKey.%'",
            );
            let batches: i64 = batches
                .fetch_one(&mut home.sql().await)
                .await
                .unwrap_or_default();
            if batches > seen {
                seen = batches;
                break false;
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        };
        worker.kill().unwrap();
        let status = worker.wait().unwrap();
        let store = home.open().await;
        all_open(&store, &kept).await;
        let state = store.root_keys().await.unwrap();
        store.close().await;
        drop(store);
        assert!(!ended || status.success(), "the rotation gave up: {status}");
        if state.older.is_empty() && state.root_key != old {
            break;
        }
        assert!(!ended, "the rotation ended before it was done");
        kills += 1;
    }
    println!("killed {kills} times");
    assert!(kills >= 3, "killed {kills} times only");
    let store = home.open().await;
    let all = store
        .audit_events(&AuditFilter::default(), &PageRequest::first())
        .await
        .unwrap();
    assert!(all.items.len() as u64 > SECRETS);
    assert_eq!(store.verify_audit(&[]).await.unwrap().fault, None);
}
