//! Checks as jobs: one runs per provider, the others are its history.

use commissary_core::domain::{CheckEvent, CheckFailure, CheckState, PageRequest, ReportChanges};
use commissary_core::ports::{Begun, Store as _, StoreError};
use jiff::SignedDuration;

use crate::samples::{
    Home, after, audited, check, event, kept_provider, kept_workspace, now, report, save_report,
};

#[tokio::test]
async fn one_runs_per_provider_and_another_is_told_which() {
    let home = Home::new();
    let store = home.open().await;
    let team = kept_workspace(&store, "team-a").await;
    let (one, other) = (
        kept_provider(&store, &team, "one").await,
        kept_provider(&store, &team, "other").await,
    );
    let first = check(&one);
    let (begin, again) = (event("check.start"), event("check.start"));
    assert_eq!(
        store.begin_check(&first, &begin).await.unwrap(),
        Begun::Began
    );
    assert_eq!(
        store.begin_check(&check(&one), &again).await.unwrap(),
        Begun::Running(first.id)
    );
    let elsewhere = store
        .begin_check(&check(&other), &event("check.start"))
        .await;
    assert_eq!(elsewhere.unwrap(), Begun::Began);
    assert_eq!(store.check(first.id).await.unwrap(), Some(first.clone()));
    // What did not begin has left nothing.
    assert_eq!(audited(&store).await[..2], ["check.start"; 2]);

    store
        .end_check(
            first.id,
            CheckState::Cancelled,
            None,
            &event("check.cancel"),
        )
        .await
        .unwrap();
    let next = store.begin_check(&check(&one), &again).await;
    assert_eq!(next.unwrap(), Begun::Began);
}

#[tokio::test]
async fn a_check_of_a_killed_process_is_interrupted_when_its_lease_is_over() {
    let home = Home::new();
    let store = home.open().await;
    let team = kept_workspace(&store, "team-a").await;
    let kept = kept_provider(&store, &team, "prod").await;
    let mut killed = check(&kept);
    killed.lease_until = now();
    store
        .begin_check(&killed, &event("check.start"))
        .await
        .unwrap();
    let later = now();
    assert_eq!(killed.clone().at(later).state, CheckState::Interrupted);
    assert_eq!(
        store.abandoned_checks(later).await.unwrap(),
        std::slice::from_ref(&killed)
    );
    let next = check(&kept);
    let begun = store.begin_check(&next, &event("check.start")).await;
    assert_eq!(begun.unwrap(), Begun::Began);
    let before = store.check(killed.id).await.unwrap().unwrap();
    assert_eq!(before.state, CheckState::Interrupted);
    assert_eq!(before.ended_at, Some(killed.lease_until));
    // Should it live after all, it is told that it is over.
    let until = now() + SignedDuration::from_secs(30);
    assert_eq!(store.renew_check(killed.id, until).await.unwrap(), None);
    let report = report();
    let late = event("provider.check");
    let late = store
        .finish_check(killed.id, &kept, &report, None, &late)
        .await;
    assert!(matches!(late, Err(StoreError::Ended)), "{late:?}");
    assert!(store.latest_report(kept.id).await.unwrap().is_none());

    assert_eq!(
        store.renew_check(next.id, until).await.unwrap(),
        Some(false)
    );
    let ask = event("check.askToCancel");
    store.ask_to_cancel(next.id, &ask).await.unwrap();
    assert_eq!(store.renew_check(next.id, until).await.unwrap(), Some(true));
    let renewed = store.check(next.id).await.unwrap().unwrap();
    assert_eq!(renewed.lease_until, until);
}

#[tokio::test]
async fn a_check_ends_once_and_with_all_that_it_found() {
    let home = Home::new();
    let store = home.open().await;
    let team = kept_workspace(&store, "team-a").await;
    let kept = kept_provider(&store, &team, "prod").await;
    let (running, report) = (check(&kept), report());
    store
        .begin_check(&running, &event("check.start"))
        .await
        .unwrap();
    let done = event("provider.check");
    let changes = ReportChanges {
        newly_denied: vec!["ec2:RunInstances".to_owned()],
        ..ReportChanges::default()
    };
    store
        .finish_check(running.id, &kept, &report, Some(&changes), &done)
        .await
        .unwrap();
    let failure = CheckFailure {
        code: "aws-unavailable".to_owned(),
        detail: "AWS cannot be reached".to_owned(),
        errors: Vec::new(),
    };
    // Ended it stays as it is, and the log says nothing.
    for state in [CheckState::Failed, CheckState::Cancelled] {
        let late = event("check.fail");
        store
            .end_check(running.id, state, Some(&failure), &late)
            .await
            .unwrap();
    }
    store
        .ask_to_cancel(running.id, &event("check.askToCancel"))
        .await
        .unwrap();
    let read = store.check(running.id).await.unwrap().unwrap();
    assert_eq!(read.state, CheckState::Done);
    assert_eq!(read.summary, Some(report.summary()));
    assert_eq!(read.changes, Some(changes));
    assert_eq!((read.failure, read.ended_at), (None, Some(done.at)));
    assert_eq!(store.check_report(running.id).await.unwrap(), Some(report));
    assert_eq!(audited(&store).await[0], "provider.check");

    let failed = check(&kept);
    store
        .begin_check(&failed, &event("check.start"))
        .await
        .unwrap();
    store
        .end_check(
            failed.id,
            CheckState::Failed,
            Some(&failure),
            &event("check.fail"),
        )
        .await
        .unwrap();
    let read = store.check(failed.id).await.unwrap().unwrap();
    assert_eq!(
        (read.state, read.failure),
        (CheckState::Failed, Some(failure))
    );
    assert_eq!(store.check_report(failed.id).await.unwrap(), None);
    let history = store.checks(kept.id, &PageRequest::first()).await.unwrap();
    let ids: Vec<_> = history.items.iter().map(|check| check.id).collect();
    assert_eq!(ids, [failed.id, running.id]);
}

#[tokio::test]
async fn events_are_read_from_where_one_stopped_and_go_with_the_next_check() {
    let home = Home::new();
    let store = home.open().await;
    let team = kept_workspace(&store, "team-a").await;
    let kept = kept_provider(&store, &team, "prod").await;
    let running = check(&kept);
    store
        .begin_check(&running, &event("check.start"))
        .await
        .unwrap();
    let steps: Vec<CheckEvent> = (0..3)
        .map(|done| CheckEvent::Simulating { done, total: 3 })
        .collect();
    store
        .append_check_events(running.id, 1, &steps[..1])
        .await
        .unwrap();
    store
        .append_check_events(running.id, 2, &steps[1..])
        .await
        .unwrap();
    let read = store.check_events(running.id, 1).await.unwrap();
    assert_eq!(read, [(2, steps[1].clone()), (3, steps[2].clone())]);
    assert!(store.check_events(running.id, 3).await.unwrap().is_empty());
    store
        .end_check(
            running.id,
            CheckState::Interrupted,
            None,
            &event("check.interrupt"),
        )
        .await
        .unwrap();
    assert_eq!(store.check_events(running.id, 0).await.unwrap().len(), 3);
    store
        .begin_check(&check(&kept), &event("check.start"))
        .await
        .unwrap();
    assert!(store.check_events(running.id, 0).await.unwrap().is_empty());
}

#[tokio::test]
async fn the_history_pages_while_checks_are_added() {
    let home = Home::new();
    let store = home.open().await;
    let team = kept_workspace(&store, "team-a").await;
    let kept = kept_provider(&store, &team, "prod").await;
    let save = async || {
        save_report(&store, &kept, &report(), &event("provider.check"))
            .await
            .unwrap();
    };
    for _ in 0..5 {
        save().await;
    }
    let first = store.checks(kept.id, &after(2, None)).await.unwrap();
    save().await;
    let second = store.checks(kept.id, &after(2, first.next)).await.unwrap();
    let third = store.checks(kept.id, &after(2, second.next)).await.unwrap();
    assert_eq!(third.next, None);
    let mut ids: Vec<_> = [first.items, second.items, third.items]
        .concat()
        .iter()
        .map(|check| check.id)
        .collect();
    assert_eq!(ids.len(), 5);
    assert!(ids.is_sorted_by(|one, next| one > next));
    ids.dedup();
    assert_eq!(ids.len(), 5);
    // The history goes with its provider.
    store
        .delete_provider(kept.id, &event("provider.delete"))
        .await
        .unwrap();
    assert_eq!(store.check(ids[0]).await.unwrap(), None);
}
