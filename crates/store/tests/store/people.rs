//! Users and the setup link.

use commissary_core::people::{PasswordHash, Role, TokenHash, User, UserChange};
use commissary_core::ports::{PeopleStore as _, SetupLink, StoreError};

use crate::samples::{
    Home, after, audited, event, invited, kept_workspace, now, session, set_up, user,
};

fn link(token: &str) -> SetupLink {
    SetupLink {
        hash: TokenHash::of(token),
        expires_at: now(),
    }
}

/// Users have no `PartialEq` of their own, for their password hashes.
fn same(one: &User, other: &User) -> bool {
    one.id == other.id
        && one.name == other.name
        && one.password == other.password
        && one.rights() == other.rights()
        && one.created_at == other.created_at
}

#[tokio::test]
async fn the_last_setup_link_makes_one_user_once() {
    let home = Home::new();
    let store = home.open().await;
    assert_eq!(store.setup_link().await.unwrap(), None);
    store.replace_setup_link(&link("old")).await.unwrap();
    let new = link("new");
    store.replace_setup_link(&new).await.unwrap();
    assert_eq!(store.setup_link().await.unwrap(), Some(new));
    assert!(!store.has_user().await.unwrap());

    let ada = user("Ada");
    let old = store
        .complete_setup(&TokenHash::of("old"), &ada, &event("user.create"))
        .await;
    assert!(matches!(old, Err(StoreError::Gone)));
    assert!(!store.has_user().await.unwrap());
    let hash = TokenHash::of("new");
    store
        .complete_setup(&hash, &ada, &event("user.create"))
        .await
        .unwrap();
    assert!(store.has_user().await.unwrap());
    assert_eq!(store.setup_link().await.unwrap(), None);
    let again = store
        .complete_setup(&hash, &user("Eve"), &event("user.create"))
        .await;
    assert!(matches!(again, Err(StoreError::Gone)));
    assert!(store.user("Eve").await.unwrap().is_none());
    assert_eq!(audited(&store).await, ["user.create"]);
}

#[tokio::test]
async fn a_link_that_was_opened_too_late_makes_no_second_first_user() {
    let home = Home::new();
    let store = home.open().await;
    set_up(&store, "Ada").await;
    store.replace_setup_link(&link("late")).await.unwrap();
    let hash = TokenHash::of("late");
    let refused = store
        .complete_setup(&hash, &user("Eve"), &event("user.create"))
        .await;
    assert!(matches!(refused, Err(StoreError::Gone)));
    assert!(store.user("Eve").await.unwrap().is_none());
}

#[tokio::test]
async fn a_user_is_found_whatever_the_case_of_the_name() {
    let home = Home::new();
    let store = home.open().await;
    let kept = set_up(&store, "Ädä").await;
    for name in ["Ädä", "ädä", "ÄDÄ"] {
        assert!(
            same(&store.user(name).await.unwrap().unwrap(), &kept),
            "{name}"
        );
    }
    assert!(store.user("Ada").await.unwrap().is_none());
}

#[tokio::test]
async fn somebody_is_left_who_can_administrate() {
    let home = Home::new();
    let store = home.open().await;
    let ada = set_up(&store, "Ada").await;
    let bob = invited(
        &store,
        &ada,
        User {
            administrator: false,
            ..user("Bob")
        },
    )
    .await;
    let disable = UserChange::Disable(now());
    for refused in [
        store.change_user(ada.id, &disable, &event("x")).await,
        store
            .change_user(ada.id, &UserChange::Administrator(false), &event("x"))
            .await,
        store.delete_user(ada.id, &event("x")).await,
    ] {
        assert!(
            matches!(refused, Err(StoreError::LastAdministrator)),
            "{refused:?}"
        );
    }
    assert!(
        store
            .user("ada")
            .await
            .unwrap()
            .unwrap()
            .rights()
            .is_administrator()
    );

    // A disabled administrator is none to be left.
    let promote = UserChange::Administrator(true);
    store
        .change_user(bob.id, &promote, &event("user.promote"))
        .await
        .unwrap();
    store
        .change_user(bob.id, &disable, &event("user.disable"))
        .await
        .unwrap();
    let refused = store.delete_user(ada.id, &event("x")).await;
    assert!(matches!(refused, Err(StoreError::LastAdministrator)));
    store
        .change_user(bob.id, &UserChange::Enable, &event("user.enable"))
        .await
        .unwrap();
    store
        .delete_user(ada.id, &event("user.delete"))
        .await
        .unwrap();
    assert!(store.user("ada").await.unwrap().is_none());
    let gone = store.delete_user(ada.id, &event("x")).await;
    assert!(matches!(gone, Err(StoreError::Gone)));
    assert!(!audited(&store).await.contains(&"x".to_owned()));
}

#[tokio::test]
async fn sessions_end_with_the_password_and_with_the_right_to_sign_in() {
    let home = Home::new();
    let store = home.open().await;
    let ada = set_up(&store, "Ada").await;
    let bob = invited(&store, &ada, user("Bob")).await;
    let new_password = PasswordHash::from_stored("$argon2id$v=19$new".to_owned());
    for change in [
        UserChange::Password(new_password.clone()),
        UserChange::Disable(now()),
    ] {
        let (ended, stays) = (session(&bob, "bob"), session(&ada, "ada"));
        for begun in [&ended, &stays] {
            store
                .insert_session(begun, None, &event("session.begin"))
                .await
                .unwrap();
        }
        store
            .change_user(bob.id, &change, &event("user"))
            .await
            .unwrap();
        assert!(store.session(&ended.hash).await.unwrap().is_none());
        assert!(store.session(&stays.hash).await.unwrap().is_some());
        store
            .delete_session(stays.id, ada.id, &event("session.end"))
            .await
            .unwrap();
    }
    let found = store.user("bob").await.unwrap().unwrap();
    assert_eq!(found.password, Some(new_password));
    assert!(found.disabled_at.is_some());
    assert_eq!(found.rights(), commissary_core::people::Rights::none());
}

#[tokio::test]
async fn roles_are_given_changed_and_taken() {
    let home = Home::new();
    let store = home.open().await;
    let ada = set_up(&store, "Ada").await;
    let bob = invited(
        &store,
        &ada,
        User {
            administrator: false,
            ..user("bob")
        },
    )
    .await;
    let team = kept_workspace(&store, "team-a").await;
    let set = async |role| {
        store
            .set_role(team.id, bob.id, role, &event("member"))
            .await
    };
    for role in [Role::Viewer, Role::Admin] {
        set(Some(role)).await.unwrap();
        let found = store.user("bob").await.unwrap().unwrap();
        assert_eq!(found.rights().role_in(team.id), Some(role));
    }
    store
        .set_role(team.id, ada.id, Some(Role::Viewer), &event("member"))
        .await
        .unwrap();
    let first = store
        .members(team.id, &after(1, None), now())
        .await
        .unwrap();
    let second = store
        .members(team.id, &after(1, first.next), now())
        .await
        .unwrap();
    let names: Vec<&str> = first
        .items
        .iter()
        .chain(&second.items)
        .map(|m| m.name.as_str())
        .collect();
    assert_eq!((names, second.next), (vec!["Ada", "bob"], None));
    set(None).await.unwrap();
    assert!(matches!(set(None).await, Err(StoreError::Gone)));
    let nobody = store
        .set_role(team.id, user("x").id, Some(Role::Viewer), &event("x"))
        .await;
    assert!(matches!(nobody, Err(StoreError::Gone)));
    let names = store.workspace_names(&[team.id, team.id]).await.unwrap();
    assert_eq!(names.get(&team.id), Some(&team.name));
}
