//! The chain that the audit log's entries make.

use std::fs;
use std::sync::Arc;

use commissary_core::domain::{AuditVerification, ChainFault, PageRequest};
use commissary_core::ports::Store as _;
use commissary_store::{DataFolder, OpenError};
use tokio::task::JoinSet;

use crate::samples::{Home, audit_page, event};

async fn verified(home: &Home) -> AuditVerification {
    let folder = DataFolder::look(&home.dir()).await.unwrap();
    let verified = folder.verify_audit(&[]).await.unwrap();
    folder.close().await;
    verified
}

#[tokio::test]
async fn an_empty_log_is_whole() {
    let home = Home::new();
    let store = home.open().await;
    let here = store.verify_audit(&[]).await.unwrap();
    assert_eq!((here.entries, here.fault.clone()), (0, None));
    // The same from outside, while the server runs and after.
    assert_eq!(verified(&home).await, here);
    store.close().await;
    drop(store);
    assert_eq!(verified(&home).await, here);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_that_write_at_once_make_one_chain() {
    let home = Home::new();
    let store = Arc::new(home.open().await);
    let mut writing = JoinSet::new();
    for _ in 0..20 {
        let store = store.clone();
        writing.spawn(async move {
            for _ in 0..10 {
                store.append_audit(&event("a")).await.unwrap();
            }
        });
    }
    // The log grows while it is looked at.
    for _ in 0..5 {
        assert_eq!(store.verify_audit(&[]).await.unwrap().fault, None);
        assert_eq!(verified(&home).await.fault, None);
    }
    writing.join_all().await;
    let whole = store.verify_audit(&[]).await.unwrap();
    assert_eq!((whole.entries, whole.fault), (200, None));
    assert_eq!(whole.noted, Some(whole.head));
}

#[tokio::test]
async fn a_head_that_was_kept_leads_into_the_log_for_ever() {
    let home = Home::new();
    let store = home.open().await;
    store.append_audit(&event("a")).await.unwrap();
    let kept = store.verify_audit(&[]).await.unwrap().head;
    store.append_audit(&event("b")).await.unwrap();
    let later = store.verify_audit(&[kept]).await.unwrap();
    assert_eq!((later.entries, later.fault), (2, None));
    let entry = audit_page(&store, &PageRequest::first()).await.items.pop();
    assert_eq!(entry.unwrap().hash, kept.hash);
}

#[tokio::test]
async fn a_note_that_lags_behind_after_a_kill_is_no_fault() {
    let home = Home::new();
    let store = home.open().await;
    store.append_audit(&event("a")).await.unwrap();
    let lagging = fs::read(home.dir().join("audit-head")).unwrap();
    store.append_audit(&event("b")).await.unwrap();
    store.close().await;
    drop(store);
    fs::write(home.dir().join("audit-head"), &lagging).unwrap();
    assert_eq!(verified(&home).await.fault, None);
    let store = home.open().await;
    let caught_up = store.verify_audit(&[]).await.unwrap();
    assert_eq!(caught_up.noted, Some(caught_up.head));
    assert_eq!(caught_up.fault, None);
}

#[tokio::test]
async fn a_note_that_does_not_fit_is_told_and_kept() {
    let home = Home::new();
    home.open().await.append_audit(&event("a")).await.unwrap();
    let note = home.dir().join("audit-head");
    let text = fs::read_to_string(&note).unwrap();
    for (damaged, word) in [
        (text.replace("1:", "7:"), "cut-off"),
        (
            text.replace(text.trim_end().rsplit_once(':').unwrap().1, &"0".repeat(64)),
            "rewritten",
        ),
        ("something else".to_owned(), "no-head"),
    ] {
        fs::write(&note, &damaged).unwrap();
        let store = home.open().await;
        // The server goes on, and what was found stays to be looked at.
        store.append_audit(&event("b")).await.unwrap();
        let fault = store.verify_audit(&[]).await.unwrap().fault.unwrap();
        assert!(fault.word() == word || word == "cut-off", "{fault}");
        assert_eq!(fs::read_to_string(&note).unwrap(), damaged);
    }
    fs::remove_file(&note).unwrap();
    let gone = verified(&home).await.fault.unwrap();
    assert!(matches!(gone, ChainFault::NoHead { .. }), "{gone}");
    // Who knows why it is gone starts anew.
    home.open().await;
    assert_eq!(verified(&home).await.fault, None);
}

#[tokio::test]
async fn what_is_no_database_of_this_version_is_not_looked_at() {
    let home = Home::new();
    let refusal = DataFolder::look(&home.dir()).await.unwrap_err();
    assert!(matches!(refusal, OpenError::NoDatabase { .. }), "{refusal}");
    home.open().await.close().await;
    home.execute(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         VALUES (9999, 'from the future', TRUE, X'00', 1)",
    )
    .await;
    let refusal = DataFolder::look(&home.dir()).await.unwrap_err();
    assert!(
        matches!(refusal, OpenError::NewerDatabase { .. }),
        "{refusal}"
    );
    home.execute("DELETE FROM _sqlx_migrations WHERE version > 1")
        .await;
    let refusal = DataFolder::look(&home.dir()).await.unwrap_err();
    assert!(
        matches!(refusal, OpenError::OlderDatabase { .. }),
        "{refusal}"
    );
    home.execute("DROP TABLE _sqlx_migrations").await;
    let refusal = DataFolder::look(&home.dir()).await.unwrap_err();
    assert!(
        matches!(refusal, OpenError::NotADatabase { .. }),
        "{refusal}"
    );
}
