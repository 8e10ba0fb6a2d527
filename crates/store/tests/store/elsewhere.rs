//! Users whom an identity provider knows, and sign-ins that are under way.

use std::collections::BTreeMap;

use commissary_core::people::{
    Elsewhere, GroupRights, Role, SignInUnderWay, TokenHash, User, UserChange,
};
use commissary_core::ports::{PeopleStore as _, Store as _, StoreError};
use jiff::{SignedDuration, Timestamp};

use crate::samples::{Home, after, audited, event, kept_workspace, now, user};

const ISSUER: &str = "https://sso.example.com";

fn known(rights: GroupRights, until: Timestamp) -> Elsewhere {
    Elsewhere {
        issuer: ISSUER.to_owned(),
        rights,
        until,
    }
}

/// A user of the provider, with nothing given by hand and no password.
fn from_elsewhere(name: &str, rights: GroupRights) -> User {
    User {
        password: None,
        administrator: false,
        elsewhere: Some(known(rights, now() + SignedDuration::from_hours(1))),
        ..user(name)
    }
}

#[tokio::test]
async fn a_user_is_known_by_issuer_and_subject() {
    let home = Home::new();
    let store = home.open().await;
    let team = kept_workspace(&store, "team-a").await;
    let rights = GroupRights {
        administrator: true,
        roles: BTreeMap::from([(team.id, Role::Operator)]),
    };
    let ada = from_elsewhere("ada", rights);
    let add = |user: User, subject: &'static str| {
        let store = &store;
        async move {
            store
                .insert_user_elsewhere(&user, subject, &event("made"))
                .await
        }
    };
    add(ada.clone(), "0197").await.unwrap();
    let found = store.user_elsewhere(ISSUER, "0197").await.unwrap().unwrap();
    assert_eq!((found.id, found.elsewhere), (ada.id, ada.elsewhere.clone()));
    assert!(
        store
            .user_elsewhere(ISSUER, "0198")
            .await
            .unwrap()
            .is_none()
    );
    assert!(
        store
            .user_elsewhere("https://x", "0197")
            .await
            .unwrap()
            .is_none()
    );
    // Neither the name nor the subject is taken twice, and nothing of it stays.
    for (name, subject) in [("Ada", "0198"), ("eve", "0197")] {
        let other = from_elsewhere(name, GroupRights::default());
        let refused = store
            .insert_user_elsewhere(&other, subject, &event("made"))
            .await;
        assert!(matches!(refused, Err(StoreError::NameTaken)), "{name}");
    }
    assert!(store.user("eve").await.unwrap().is_none());
    assert_eq!(
        audited(&store)
            .await
            .iter()
            .filter(|one| *one == "made")
            .count(),
        1
    );
    store.delete_user(ada.id, &event("gone")).await.unwrap();
    assert!(
        store
            .user_elsewhere(ISSUER, "0197")
            .await
            .unwrap()
            .is_none()
    );
}

#[tokio::test]
async fn what_groups_give_is_replaced_and_what_was_given_by_hand_is_not() {
    let home = Home::new();
    let store = home.open().await;
    let team = kept_workspace(&store, "team-a").await;
    let other = kept_workspace(&store, "team-b").await;
    let rights = GroupRights {
        administrator: false,
        roles: BTreeMap::from([(team.id, Role::Operator)]),
    };
    let ada = from_elsewhere("ada", rights);
    store
        .insert_user_elsewhere(&ada, "0197", &event("made"))
        .await
        .unwrap();
    store
        .set_role(team.id, ada.id, Some(Role::Viewer), &event("by hand"))
        .await
        .unwrap();
    let members = |at| {
        let store = &store;
        async move {
            store
                .members(team.id, &after(9, None), at)
                .await
                .unwrap()
                .items
        }
    };
    let member = &members(now()).await[0];
    assert_eq!(
        (member.role, member.by_group, member.by_hand),
        (Role::Operator, Some(Role::Operator), true)
    );
    // What was not renewed in time counts no more.
    let late = &members(now() + SignedDuration::from_hours(2)).await[0];
    assert_eq!((late.role, late.by_group), (Role::Viewer, None));

    let rights = GroupRights {
        administrator: true,
        roles: BTreeMap::from([(other.id, Role::Admin)]),
    };
    let renewed = known(rights, now());
    let entries = audited(&store).await.len();
    store
        .renew_group_rights(ada.id, &renewed, None)
        .await
        .unwrap();
    assert_eq!(audited(&store).await.len(), entries);
    store
        .renew_group_rights(ada.id, &renewed, Some(&event("groups")))
        .await
        .unwrap();
    assert_eq!(audited(&store).await.len(), entries + 1);
    let found = store.user("ada").await.unwrap().unwrap();
    assert_eq!(found.elsewhere, Some(renewed.clone()));
    assert_eq!(found.roles, BTreeMap::from([(team.id, Role::Viewer)]));
    assert!(!found.administrator);
    let nobody = store
        .renew_group_rights(user("x").id, &renewed, Some(&event("x")))
        .await;
    assert!(matches!(nobody, Err(StoreError::Gone)));
}

#[tokio::test]
async fn whoever_needs_the_provider_is_not_the_last_administrator() {
    let home = Home::new();
    let store = home.open().await;
    let rights = GroupRights {
        administrator: true,
        roles: BTreeMap::new(),
    };
    let by_group = User {
        administrator: true,
        ..from_elsewhere("ada", rights)
    };
    store
        .insert_user_elsewhere(&by_group, "0197", &event("made"))
        .await
        .unwrap();
    let root = User {
        elsewhere: Some(known(GroupRights::default(), now())),
        ..user("root")
    };
    store
        .insert_user_elsewhere(&root, "0198", &event("made"))
        .await
        .unwrap();
    let refused = store
        .change_user(root.id, &UserChange::Disable(now()), &event("x"))
        .await;
    assert!(matches!(refused, Err(StoreError::LastAdministrator)));
    store
        .change_user(by_group.id, &UserChange::Disable(now()), &event("x"))
        .await
        .unwrap();
}

#[tokio::test]
async fn a_sign_in_is_taken_once_by_the_browser_that_began_it() {
    let home = Home::new();
    let store = home.open().await;
    let begun = |state: &str, expires_at| SignInUnderWay {
        state: TokenHash::of(state),
        browser: TokenHash::of("browser"),
        next: "/audit-log".to_owned(),
        replaces: Some(TokenHash::of("session")),
        expires_at,
    };
    let later = now() + SignedDuration::from_mins(10);
    let first = begun("first", later);
    store.insert_sign_in(&first, now()).await.unwrap();
    let take = |state: &'static str, browser: &'static str| {
        let store = &store;
        let (state, browser) = (TokenHash::of(state), TokenHash::of(browser));
        async move { store.take_sign_in(&state, &browser).await.unwrap() }
    };
    assert_eq!(take("first", "another").await, None);
    assert_eq!(take("second", "browser").await, None);
    assert_eq!(take("first", "browser").await, Some(first.clone()));
    assert_eq!(take("first", "browser").await, None);
    // What is over makes room for the next.
    store.insert_sign_in(&first, now()).await.unwrap();
    store
        .insert_sign_in(&begun("second", later + later.duration_since(now())), later)
        .await
        .unwrap();
    assert_eq!(take("first", "browser").await, None);
    assert!(take("second", "browser").await.is_some());
    store.ready().await.unwrap();
}
