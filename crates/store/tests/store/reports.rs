//! Permission reports, identities and refusals.

use commissary_core::domain::{Partition, ProviderStatus};
use commissary_core::ports::{Store as _, StoreError};
use sqlx::Row as _;

use crate::samples::{
    Home, audited, event, identity, kept_provider, kept_workspace, provider, report, save_report,
};

#[tokio::test]
async fn a_report_comes_back_whole_and_its_counts_stand_on_the_provider() {
    let home = Home::new();
    let store = home.open().await;
    let team = kept_workspace(&store, "team-a").await;
    let kept = kept_provider(&store, &team, "prod").await;
    assert!(store.latest_report(kept.id).await.unwrap().is_none());

    store
        .save_refusal(&kept, "no such key", &event("provider.check"))
        .await
        .unwrap();
    let refused = store.provider(team.id, &kept.name).await.unwrap().unwrap();
    assert_eq!(refused.status(), ProviderStatus::Invalid);

    let (report, check) = (report(), event("provider.check"));
    save_report(&store, &kept, &report, &check).await.unwrap();
    assert_eq!(
        store.latest_report(kept.id).await.unwrap(),
        Some(report.clone())
    );
    let checked = store.provider(team.id, &kept.name).await.unwrap().unwrap();
    assert_eq!(checked.last_check, Some(report.summary()));
    assert_eq!(report.summary().allowed, 2);
    assert_eq!(checked.identity, Some(identity()));
    assert_eq!(checked.refusal, None);
    assert_eq!(checked.updated_at, check.at);
    assert_eq!(checked.created_at, kept.created_at);
}

#[tokio::test]
async fn all_reports_are_kept_and_the_newest_is_read() {
    let home = Home::new();
    let store = home.open().await;
    let team = kept_workspace(&store, "team-a").await;
    let kept = kept_provider(&store, &team, "prod").await;
    let (first, mut second) = (report(), report());
    second.findings.pop();
    save_report(&store, &kept, &first, &event("provider.check"))
        .await
        .unwrap();
    save_report(&store, &kept, &second, &event("provider.check"))
        .await
        .unwrap();
    assert_eq!(store.latest_report(kept.id).await.unwrap(), Some(second));
    let count = sqlx::query("SELECT COUNT(*) FROM reports");
    let count: i64 = count.fetch_one(&mut home.sql().await).await.unwrap().get(0);
    assert_eq!(count, 2);
}

#[tokio::test]
async fn of_two_checks_at_once_the_later_counts_however_they_are_saved() {
    let home = Home::new();
    let store = home.open().await;
    let team = kept_workspace(&store, "team-a").await;
    let kept = kept_provider(&store, &team, "prod").await;
    let (earlier, mut later) = (report(), report());
    later.findings.clear();
    save_report(&store, &kept, &later, &event("provider.check"))
        .await
        .unwrap();
    save_report(&store, &kept, &earlier, &event("provider.check"))
        .await
        .unwrap();
    let provider = store.provider(team.id, &kept.name).await.unwrap().unwrap();
    assert_eq!(provider.last_check, Some(later.summary()));
    assert_eq!(store.latest_report(kept.id).await.unwrap(), Some(later));
}

#[tokio::test]
async fn an_identity_replaces_the_one_before_and_clears_a_refusal() {
    let home = Home::new();
    let store = home.open().await;
    let team = kept_workspace(&store, "team-a").await;
    let kept = kept_provider(&store, &team, "prod").await;
    store
        .save_identity(&kept, &identity(), &event("provider.identify"))
        .await
        .unwrap();
    store
        .save_refusal(&kept, "no such key", &event("provider.check"))
        .await
        .unwrap();
    let refused = store.provider(team.id, &kept.name).await.unwrap().unwrap();
    assert_eq!(refused.identity, Some(identity()));
    let mut other = identity();
    other.partition = Partition::new("aws-cn");
    store
        .save_identity(&kept, &other, &event("provider.identify"))
        .await
        .unwrap();
    let known = store.provider(team.id, &kept.name).await.unwrap().unwrap();
    assert_eq!((known.identity, known.refusal), (Some(other), None));
}

#[tokio::test]
async fn nothing_is_saved_for_a_provider_that_is_gone() {
    let home = Home::new();
    let store = home.open().await;
    let team = kept_workspace(&store, "team-a").await;
    let nobody = provider(&team, "nobody");
    let check = event("provider.check");
    let results = [
        save_report(&store, &nobody, &report(), &check).await,
        store.save_refusal(&nobody, "no such key", &check).await,
        store.save_identity(&nobody, &identity(), &check).await,
    ];
    for result in results {
        assert!(matches!(result, Err(StoreError::Gone)), "{result:?}");
    }
    assert_eq!(audited(&store).await, ["workspace.create"]);
}
