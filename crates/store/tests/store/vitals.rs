//! How the installation stands, in numbers.

use commissary_core::domain::Vitals;
use commissary_core::ports::{PeopleStore as _, Store as _};
use jiff::SignedDuration;

use crate::samples::{Home, check, event, kept_provider, kept_workspace, now, session, set_up};

#[tokio::test]
async fn what_is_over_is_not_counted_as_going_on() {
    let home = Home::new();
    let store = home.open().await;
    let ada = set_up(&store, "Ada").await;
    let team = kept_workspace(&store, "team-a").await;
    let (one, other) = (
        kept_provider(&store, &team, "one").await,
        kept_provider(&store, &team, "other").await,
    );
    for name in ["first", "second"] {
        let begun = session(&ada, name);
        let event = event("session.begin");
        store.insert_session(&begun, None, &event).await.unwrap();
    }
    for provider in [&one, &other] {
        let begun = check(provider);
        let event = event("check.start");
        store.begin_check(&begun, &event).await.unwrap();
    }
    let entries = store.verify_audit(&[]).await.unwrap().entries;
    let going_on = Vitals {
        sessions: 2,
        checks_running: 2,
        checks_lapsed: 0,
        audit_entries: entries,
    };
    let soon = now();
    let since = soon - SignedDuration::from_hours(1);
    assert_eq!(store.vitals(soon, since).await.unwrap(), going_on);

    // Nobody uses a session, or says that a check runs, any more.
    let later = soon + SignedDuration::from_hours(1);
    let over = Vitals {
        sessions: 0,
        checks_running: 0,
        checks_lapsed: 2,
        ..going_on
    };
    assert_eq!(store.vitals(later, soon).await.unwrap(), over);
}
