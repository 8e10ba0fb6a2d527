//! Users, the setup link, sessions and tokens.

use commissary_core::people::{ApiToken, Session, TokenHash, User};
use commissary_core::ports::{SetupLink, Store as _, StoreError};
use commissary_store::SqlStore;

use crate::samples::{Home, audited, event, now, user};

fn link(token: &str) -> SetupLink {
    SetupLink {
        hash: TokenHash::of(token),
        expires_at: now(),
    }
}

async fn set_up(store: &SqlStore, name: &str) -> User {
    let user = user(name);
    store.replace_setup_link(&link("link")).await.unwrap();
    let done = store
        .complete_setup(&TokenHash::of("link"), &user, &event("user.create"))
        .await;
    done.unwrap();
    user
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
async fn a_session_lasts_until_it_is_ended() {
    let home = Home::new();
    let store = home.open().await;
    let ada = set_up(&store, "Ada").await;
    let session = Session {
        hash: TokenHash::of("session"),
        user_id: ada.id,
        created_at: now(),
        expires_at: now(),
    };
    store
        .insert_session(&session, &event("session.begin"))
        .await
        .unwrap();
    let (found, whose) = store.session(&session.hash).await.unwrap().unwrap();
    assert_eq!(found, session);
    assert!(same(&whose, &ada));
    assert!(
        store
            .session(&TokenHash::of("other"))
            .await
            .unwrap()
            .is_none()
    );

    store
        .delete_session(&session.hash, &event("session.end"))
        .await
        .unwrap();
    assert!(store.session(&session.hash).await.unwrap().is_none());
    store
        .delete_session(&session.hash, &event("session.end"))
        .await
        .unwrap();
    assert_eq!(
        audited(&store).await,
        ["session.end", "session.begin", "user.create"]
    );
}

#[tokio::test]
async fn a_session_needs_its_user() {
    let home = Home::new();
    let store = home.open().await;
    let session = Session {
        hash: TokenHash::of("session"),
        user_id: user("Nobody").id,
        created_at: now(),
        expires_at: now(),
    };
    let refused = store
        .insert_session(&session, &event("session.begin"))
        .await;
    assert!(matches!(refused, Err(StoreError::Gone)));
}

#[tokio::test]
async fn a_token_gives_way_to_the_next_of_its_name() {
    let home = Home::new();
    let store = home.open().await;
    let token = |secret: &str, name: &str| ApiToken {
        hash: TokenHash::of(secret),
        name: name.to_owned(),
        created_at: now(),
    };
    let (first, second) = (token("1", "admin.token"), token("2", "admin.token"));
    let other = token("3", "ci");
    for token in [&first, &second, &other] {
        store
            .replace_api_token(token, &event("token.renew"))
            .await
            .unwrap();
    }
    assert_eq!(store.api_token(&first.hash).await.unwrap(), None);
    for token in [second, other] {
        assert_eq!(store.api_token(&token.hash).await.unwrap(), Some(token));
    }
    assert_eq!(audited(&store).await.len(), 3);
}
