//! What was kept is there after a restart.

use commissary_core::domain::PageRequest;
use commissary_core::ports::{PeopleStore as _, Store as _, StoreError};
use commissary_seal::same_secret;

use crate::samples::{
    Home, audit_page, event, kept_provider, kept_workspace, key, report, save_report, session,
    set_up,
};

#[tokio::test]
async fn everything_outlives_a_restart() {
    let home = Home::new();
    let store = home.open().await;
    let team = kept_workspace(&store, "team-a").await;
    let kept = kept_provider(&store, &team, "prod").await;
    let report = report();
    save_report(&store, &kept, &report, &event("provider.check"))
        .await
        .unwrap();
    let checked = store.provider(team.id, &kept.name).await.unwrap();
    let ada = set_up(&store, "Ada").await;
    let session = session(&ada, "session");
    store
        .insert_session(&session, None, &event("session.begin"))
        .await
        .unwrap();
    let events = audit_page(&store, &PageRequest::first()).await.items;
    store.close().await;
    assert!(matches!(
        store.ready().await,
        Err(StoreError::Unavailable(_))
    ));
    drop(store);

    for _ in 0..2 {
        // The second time without closing first.
        let store = home.open().await;
        store.ready().await.unwrap();
        assert_eq!(
            store.workspace(&team.name).await.unwrap().as_ref(),
            Some(&team)
        );
        assert_eq!(store.provider(team.id, &kept.name).await.unwrap(), checked);
        assert_eq!(
            store.latest_report(kept.id).await.unwrap().as_ref(),
            Some(&report)
        );
        let opened = store.access_key(kept.id).await.unwrap();
        assert!(same_secret(&opened.secret, &key().secret));
        let (found, whose) = store.session(&session.hash).await.unwrap().unwrap();
        assert_eq!((&found, whose.id), (&session, ada.id));
        let now = audit_page(&store, &PageRequest::first()).await.items;
        assert_eq!(now, events);
    }
}
