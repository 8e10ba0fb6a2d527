//! The audit log.

use commissary_core::domain::{AuditOutcome, PageRequest, WorkspaceId};
use commissary_core::ports::{Store as _, StoreError};

use crate::samples::{Home, after, event, new_id};

#[tokio::test]
async fn events_come_back_as_they_went_in_the_newest_first() {
    let home = Home::new();
    let store = home.open().await;
    let plain = event("provider.add");
    let mut refused = event("session.begin");
    refused.outcome = AuditOutcome::Refused;
    refused.workspace_id = Some(WorkspaceId(new_id()));
    refused.target = "it's \"quoted\" – …".to_owned();
    store.append_audit(&plain).await.unwrap();
    store.append_audit(&refused).await.unwrap();
    let page = store.audit_events(&PageRequest::first()).await.unwrap();
    assert_eq!(page.items, [refused, plain]);
    assert_eq!(page.next, None);
}

#[tokio::test]
async fn pages_follow_each_other_while_events_are_added() {
    let home = Home::new();
    let store = home.open().await;
    let mut ids = Vec::new();
    for _ in 0..5 {
        let event = event("a");
        ids.push(event.id);
        store.append_audit(&event).await.unwrap();
    }
    ids.reverse();
    let mut seen = Vec::new();
    let mut request = after(2, None);
    loop {
        let page = store.audit_events(&request).await.unwrap();
        seen.extend(page.items.iter().map(|event| event.id));
        store.append_audit(&event("b")).await.unwrap();
        match page.next {
            Some(next) => request = after(2, Some(next)),
            None => break,
        }
    }
    assert_eq!(seen, ids);
}

#[tokio::test]
async fn events_are_never_changed_nor_deleted_nor_written_over() {
    let home = Home::new();
    let store = home.open().await;
    let kept = event("provider.add");
    store.append_audit(&kept).await.unwrap();
    let mut sql = home.sql().await;
    for statement in [
        "UPDATE audit_events SET actor = 'somebody else'",
        "DELETE FROM audit_events",
        "INSERT OR REPLACE INTO audit_events SELECT id, at, 'x', origin, action, target, workspace_id, outcome FROM audit_events",
    ] {
        let refused = sqlx::query(statement).execute(&mut sql).await;
        assert!(
            refused
                .unwrap_err()
                .to_string()
                .contains("audit events are never")
        );
    }
    let mut forged = kept.clone();
    forged.actor = "somebody else".to_owned();
    let refused = store.append_audit(&forged).await;
    assert!(matches!(refused, Err(StoreError::Unavailable(_))));
    let page = store.audit_events(&PageRequest::first()).await.unwrap();
    assert_eq!(page.items, [kept]);
}
