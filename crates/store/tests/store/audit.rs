//! The audit log.

use commissary_core::domain::{
    AuditEvent, AuditFilter, AuditOrder, AuditOutcome, PageRequest, TextFilter, WorkspaceId,
};
use commissary_core::ports::{Store as _, StoreError};

use crate::samples::{Home, after, audit_page, event, new_id};

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
    let page = audit_page(&store, &PageRequest::first()).await;
    let events: Vec<AuditEvent> = page.items.into_iter().map(|entry| entry.event).collect();
    assert_eq!(events, [refused, plain]);
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
        let page = audit_page(&store, &request).await;
        seen.extend(page.items.iter().map(|entry| entry.event.id));
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
        "UPDATE audit_events SET sequence = 7",
        "INSERT OR REPLACE INTO audit_events (id, at, actor, origin, action, target, outcome)
         SELECT id, at, 'x', origin, action, target, outcome FROM audit_events",
        "INSERT OR REPLACE INTO audit_events
             (id, at, actor, origin, action, target, outcome, sequence, hash)
         SELECT 'other', at, 'x', origin, action, target, outcome, sequence, hash FROM audit_events",
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
    let page = audit_page(&store, &PageRequest::first()).await;
    assert_eq!(page.items.len(), 1);
    assert_eq!(page.items.first().unwrap().event, kept);
}

#[tokio::test]
async fn a_filter_lets_through_what_meets_all_of_it() {
    let home = Home::new();
    let store = home.open().await;
    let team = WorkspaceId(new_id());
    let mut moments = Vec::new();
    for (actor, action, target, refused) in [
        ("ada", "provider.add", "team-a/prod", false),
        ("ada", "provider.delete", "team-a/prod", true),
        ("bob", "provider.add", "team-b/prod_", false),
        ("bob", "session.begin", "bob", false),
    ] {
        let mut event = event(action);
        actor.clone_into(&mut event.actor);
        target.clone_into(&mut event.target);
        event.workspace_id = target.starts_with("team-a").then_some(team);
        if refused {
            event.outcome = AuditOutcome::Refused;
        }
        moments.push(event.at);
        store.append_audit(&event).await.unwrap();
    }
    let is = |text: &str| Some(TextFilter::Is(text.to_owned()));
    let begins = |text: &str| Some(TextFilter::Begins(text.to_owned()));
    let all = AuditFilter::default;
    for (filter, found) in [
        (all(), vec![4, 3, 2, 1]),
        (
            AuditFilter {
                actor: is("ada"),
                ..all()
            },
            vec![2, 1],
        ),
        (
            AuditFilter {
                actor: is("ad"),
                ..all()
            },
            vec![],
        ),
        (
            AuditFilter {
                action: begins("provider."),
                ..all()
            },
            vec![3, 2, 1],
        ),
        // What other ways of matching give a meaning to has none here.
        (
            AuditFilter {
                action: begins("provider%"),
                ..all()
            },
            vec![],
        ),
        (
            AuditFilter {
                target: begins("team_"),
                ..all()
            },
            vec![],
        ),
        (
            AuditFilter {
                target: is("team-b/prod_"),
                ..all()
            },
            vec![3],
        ),
        (
            AuditFilter {
                workspace_id: Some(team),
                ..all()
            },
            vec![2, 1],
        ),
        (
            AuditFilter {
                outcome: Some(AuditOutcome::Refused),
                ..all()
            },
            vec![2],
        ),
        (
            AuditFilter {
                since: Some(moments[2]),
                ..all()
            },
            vec![4, 3],
        ),
        (
            AuditFilter {
                until: Some(moments[2]),
                ..all()
            },
            vec![2, 1],
        ),
        (
            AuditFilter {
                actor: is("bob"),
                action: is("provider.add"),
                ..all()
            },
            vec![3],
        ),
        (
            AuditFilter {
                order: AuditOrder::OldestFirst,
                ..all()
            },
            vec![1, 2, 3, 4],
        ),
    ] {
        let mut seen = Vec::new();
        let mut request = after(1, None);
        loop {
            let page = store.audit_events(&filter, &request).await.unwrap();
            seen.extend(page.items.iter().map(|entry| entry.sequence));
            match page.next {
                Some(next) => request = after(1, Some(next)),
                None => break,
            }
        }
        assert_eq!(seen, found, "{filter:?}");
    }
}
