//! A user is held by one run at a time, and what a run noted stays until it is done with.

use commissary_core::domain::{Interrupted, UserHold};
use commissary_core::ports::{Store as _, StoreError};
use jiff::SignedDuration;

use crate::samples::{
    Home, audited, event, kept_provider, kept_workspace, key, new_id, now, provider,
};

pub(crate) fn hold(user: &str) -> UserHold {
    UserHold {
        account_id: "123456789012".to_owned(),
        user_name: user.to_owned(),
        run: new_id(),
        until: now() + SignedDuration::from_mins(5),
    }
}

fn note() -> Interrupted {
    Interrupted {
        known: vec!["AKIAOLDOLDOLDOLDOLD1".to_owned()],
        replaces: None,
        at: "2026-11-20T12:00:00Z".parse().unwrap(),
    }
}

#[tokio::test]
async fn one_run_at_a_time_until_it_lets_go_or_its_time_is_over() {
    let home = Home::new();
    let store = home.open().await;
    let first = hold("Kommander");
    let begin = || event("user.make");
    assert_eq!(
        store.hold_user(&first, now(), &begin()).await.unwrap(),
        None
    );
    // Names that differ in case only are the same user; another account's is not.
    let second = hold("KOMMANDER");
    let held = store.hold_user(&second, now(), &begin()).await;
    assert!(matches!(held, Err(StoreError::Held { until }) if until == first.until));
    let elsewhere = UserHold {
        account_id: "210987654321".to_owned(),
        ..hold("Kommander")
    };
    store.hold_user(&elsewhere, now(), &begin()).await.unwrap();
    // What was refused left no entry.
    assert_eq!(audited(&store).await.len(), 2);
    // Its time is over: another takes over, and the first may note nothing any more.
    let later = first.until + SignedDuration::from_secs(1);
    let second = UserHold {
        until: later + SignedDuration::from_mins(5),
        ..second
    };
    store.hold_user(&second, later, &begin()).await.unwrap();
    let note = note();
    let noted = store.note_key(&first, Some(&note)).await;
    assert!(matches!(noted, Err(StoreError::Gone)));
    store
        .release_user(&first, &event("user.made"))
        .await
        .unwrap();
    let third = store.hold_user(&hold("Kommander"), later, &begin()).await;
    assert!(matches!(third, Err(StoreError::Held { .. })));
    store
        .release_user(&second, &event("user.made"))
        .await
        .unwrap();
    store
        .hold_user(&hold("Kommander"), later, &begin())
        .await
        .unwrap();
}

#[tokio::test]
async fn a_note_outlives_its_run_and_is_done_with_when_the_key_is_kept() {
    let home = Home::new();
    let store = home.open().await;
    let team = kept_workspace(&store, "team-a").await;
    let first = hold("Kommander");
    store
        .hold_user(&first, now(), &event("user.make"))
        .await
        .unwrap();
    store.note_key(&first, Some(&note())).await.unwrap();
    drop(store);
    // Whoever opens the data knows that the run is dead.
    let store = home.open().await;
    let second = hold("kommander");
    let noted = store.hold_user(&second, now(), &event("user.make")).await;
    assert_eq!(noted.unwrap(), Some(note()));
    let made = provider(&team, "prod");
    store
        .insert_made_provider(&second, &made, &key(), &event("provider.add"))
        .await
        .unwrap();
    assert!(store.access_key(made.id).await.is_ok());
    store
        .release_user(&second, &event("user.made"))
        .await
        .unwrap();
    let (third, made) = (hold("Kommander"), event("user.make"));
    let noted = store.hold_user(&third, now(), &made).await;
    assert_eq!(noted.unwrap(), None);
}

#[tokio::test]
async fn a_key_that_cannot_be_kept_leaves_the_note() {
    let home = Home::new();
    let store = home.open().await;
    let team = kept_workspace(&store, "team-a").await;
    let taken = kept_provider(&store, &team, "prod").await;
    let first = hold("Kommander");
    store
        .hold_user(&first, now(), &event("user.make"))
        .await
        .unwrap();
    store.note_key(&first, Some(&note())).await.unwrap();
    let made = provider(&team, "PROD");
    let kept = store
        .insert_made_provider(&first, &made, &key(), &event("provider.add"))
        .await;
    assert!(matches!(kept, Err(StoreError::NameTaken)));
    let there = store.provider(team.id, &taken.name).await.unwrap().unwrap();
    assert_eq!(there.id, taken.id);
    store
        .release_user(&first, &event("user.made"))
        .await
        .unwrap();
    let (second, made) = (hold("Kommander"), event("user.make"));
    let noted = store.hold_user(&second, now(), &made).await;
    assert_eq!(noted.unwrap(), Some(note()));
}
