//! Pages that are kept for a while.

use commissary_core::domain::{KeptPage, PageKept, PageToKeep};
use commissary_core::ports::Store as _;
use commissary_store::SqlStore;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::samples::{Home, event, new_id, now};

/// It must not be found in the file.
const CANARY: &str = "canary-of-a-token-that-is-shown-once";

fn kept(caller: &str, at: Timestamp, afterwards: Option<&str>) -> PageToKeep {
    PageToKeep {
        id: new_id(),
        caller: caller.to_owned(),
        page: KeptPage {
            status: 422,
            html: format!("<p>{CANARY}</p>").into(),
            afterwards: afterwards.map(str::to_owned),
        },
        made_at: at,
        expires_at: at + SignedDuration::from_hours(1),
        most: 3,
    }
}

async fn look(store: &SqlStore, caller: &str, id: Uuid, at: Timestamp) -> Option<PageKept> {
    store.kept_page(caller, id, at).await.unwrap()
}

#[tokio::test]
async fn a_page_is_shown_to_its_caller_until_it_expires() {
    let home = Home::new();
    let store = home.open().await;
    let at = now();
    let page = kept("user:1", at, None);
    store.keep_page(&page).await.unwrap();
    let there = Some(PageKept::There(page.page.clone()));
    for _ in 0..2 {
        assert_eq!(look(&store, "user:1", page.id, at).await, there);
    }
    assert_eq!(look(&store, "user:2", page.id, at).await, None);
    assert_eq!(look(&store, "user:1", new_id(), at).await, None);
    // A new root key changes nothing for it.
    let begun = event("key.rotate");
    store.begin_key_rotation(&begun).await.unwrap();
    let step = event("key.rotate");
    store.continue_key_rotation(100, &step).await.unwrap();
    assert_eq!(look(&store, "user:1", page.id, at).await, there);
    let expired = page.expires_at;
    assert_eq!(look(&store, "user:1", page.id, expired).await, None);
}

#[tokio::test]
async fn what_is_shown_once_is_gone_then() {
    let home = Home::new();
    let store = home.open().await;
    let at = now();
    let page = kept("user:1", at, Some("revoke it"));
    store.keep_page(&page).await.unwrap();
    let first = look(&store, "user:1", page.id, at).await;
    assert_eq!(first, Some(PageKept::There(page.page)));
    let told = Some(PageKept::Shown("revoke it".to_owned()));
    assert_eq!(look(&store, "user:1", page.id, at).await, told);
}

#[tokio::test]
async fn of_too_many_the_oldest_go_and_nobody_elses() {
    let home = Home::new();
    let store = home.open().await;
    let at = now();
    let others = kept("user:2", at, None);
    store.keep_page(&others).await.unwrap();
    let mut pages = Vec::new();
    for second in 0..5 {
        let page = kept("user:1", at + SignedDuration::from_secs(second), None);
        store.keep_page(&page).await.unwrap();
        pages.push(page.id);
    }
    let mut there = Vec::new();
    for id in pages {
        there.push(look(&store, "user:1", id, at).await.is_some());
    }
    assert_eq!(there, [false, false, true, true, true]);
    assert!(look(&store, "user:2", others.id, at).await.is_some());
}

#[tokio::test]
async fn it_lies_nowhere_in_the_open() {
    let home = Home::new();
    let store = home.open().await;
    store.keep_page(&kept("user:1", now(), None)).await.unwrap();
    store.close().await;
    for file in std::fs::read_dir(home.dir()).unwrap() {
        let path = file.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        let mut windows = bytes.windows(CANARY.len());
        let found = windows.any(|window| window == CANARY.as_bytes());
        assert!(!found, "{}", path.display());
    }
}
