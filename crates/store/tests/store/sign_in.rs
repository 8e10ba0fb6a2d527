//! Sessions, tokens, invitations, and how often sign-in may be tried.

use std::collections::{BTreeMap, BTreeSet};

use commissary_core::people::throttle::Places;
use commissary_core::people::{Invitation, Role, Scope, TokenHash, TokensOf, User};
use commissary_core::ports::{PeopleStore as _, Store as _, StoreError};
use jiff::{SignedDuration, Timestamp};

use crate::samples::{
    Home, after, api_token, event, invitation, invited, kept_workspace, now, session, set_up, user,
};

#[tokio::test]
async fn a_session_lasts_until_it_is_ended_or_replaced() {
    let home = Home::new();
    let store = home.open().await;
    let ada = set_up(&store, "Ada").await;
    let eve = invited(&store, &ada, user("Eve")).await;
    let (first, second) = (session(&ada, "first"), session(&ada, "second"));
    store
        .insert_session(&first, None, &event("session.begin"))
        .await
        .unwrap();
    let (found, whose) = store.session(&first.hash).await.unwrap().unwrap();
    assert_eq!((found, whose.id), (first.clone(), ada.id));
    let seen = now();
    store.session_seen(first.id, seen).await.unwrap();
    let listed = store.sessions(ada.id).await.unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!(listed.first().map(|s| s.seen_at), Some(seen));

    store
        .insert_session(&second, Some(&first.hash), &event("session.begin"))
        .await
        .unwrap();
    assert!(store.session(&first.hash).await.unwrap().is_none());
    let not_hers = store
        .delete_session(second.id, eve.id, &event("session.end"))
        .await;
    assert!(matches!(not_hers, Err(StoreError::Gone)));
    store
        .delete_session(second.id, ada.id, &event("session.end"))
        .await
        .unwrap();
    assert_eq!(store.sessions(ada.id).await.unwrap(), []);
    let nobody = store
        .insert_session(&session(&user("Nobody"), "x"), None, &event("x"))
        .await;
    assert!(matches!(nobody, Err(StoreError::Gone)));
}

#[tokio::test]
async fn a_token_comes_back_with_its_owner_and_its_scope() {
    let home = Home::new();
    let store = home.open().await;
    let ada = set_up(&store, "Ada").await;
    let bob = invited(&store, &ada, user("Bob")).await;
    let team = kept_workspace(&store, "team-a").await;
    let mut narrow = api_token(Some(&bob), "ci", "1");
    narrow.scope = Scope {
        read_only: true,
        most: Some(Role::Operator),
        workspaces: Some(BTreeSet::from([team.id])),
    };
    narrow.expires_at = Some(now());
    let wide = api_token(Some(&ada), "ci", "2");
    for token in [&narrow, &wide] {
        store
            .insert_api_token(token, &event("token.create"))
            .await
            .unwrap();
    }
    let again = store
        .insert_api_token(&api_token(Some(&bob), "ci", "3"), &event("x"))
        .await;
    assert!(matches!(again, Err(StoreError::NameTaken)));
    let used = now();
    store
        .api_token_used(narrow.id, used, "192.0.2.7")
        .await
        .unwrap();
    narrow.used = Some((used, "192.0.2.7".to_owned()));
    let (found, owner) = store.api_token(&narrow.hash).await.unwrap().unwrap();
    assert_eq!(
        (found, owner.map(|user| user.id)),
        (narrow.clone(), Some(bob.id))
    );

    let of_bob = TokensOf::User(bob.id);
    let listed = store.api_tokens(of_bob, &after(9, None)).await.unwrap();
    assert_eq!(listed.items, [narrow.clone()]);
    let first = store
        .api_tokens(TokensOf::Anybody, &after(1, None))
        .await
        .unwrap();
    let second = store
        .api_tokens(TokensOf::Anybody, &after(1, first.next))
        .await
        .unwrap();
    assert_eq!(second.items, std::slice::from_ref(&wide));
    let not_his = store.delete_api_token(wide.id, of_bob, &event("x")).await;
    assert!(matches!(not_his, Err(StoreError::Gone)));
    // With the workspace goes what it may see, and nothing is seen instead.
    store
        .delete_workspace(team.id, &event("workspace.delete"))
        .await
        .unwrap();
    let (left, _) = store.api_token(&narrow.hash).await.unwrap().unwrap();
    assert_eq!(left.scope.workspaces, Some(BTreeSet::new()));
    // With the user go the tokens.
    store
        .delete_user(bob.id, &event("user.delete"))
        .await
        .unwrap();
    assert!(store.api_token(&narrow.hash).await.unwrap().is_none());
}

#[tokio::test]
async fn a_token_of_the_installation_gives_way_to_the_next_of_its_name() {
    let home = Home::new();
    let store = home.open().await;
    let (first, second) = (
        api_token(None, "admin.token", "1"),
        api_token(None, "admin.token", "2"),
    );
    let other = api_token(None, "ci", "3");
    for token in [&first, &second, &other] {
        store
            .replace_api_token(token, &event("token.renew"))
            .await
            .unwrap();
    }
    assert_eq!(
        store.api_token(&first.hash).await.unwrap().map(|t| t.0),
        None
    );
    for token in [second, other] {
        let found = store.api_token(&token.hash).await.unwrap();
        assert_eq!(found.map(|found| found.0), Some(token));
    }
}

#[tokio::test]
async fn an_invitation_makes_one_user_with_its_roles_once() {
    let home = Home::new();
    let store = home.open().await;
    let ada = set_up(&store, "Ada").await;
    let team = kept_workspace(&store, "team-a").await;
    let roles = BTreeMap::from([(team.id, Role::Operator)]);
    let open = Invitation {
        roles: roles.clone(),
        ..invitation(&ada, "Bob", "link")
    };
    store
        .insert_invitation(&open, &event("invitation.create"))
        .await
        .unwrap();
    assert_eq!(
        store.invitation(&open.hash).await.unwrap(),
        Some(open.clone())
    );
    for taken in ["bob", "ada"] {
        let again = store
            .insert_invitation(&invitation(&ada, taken, taken), &event("x"))
            .await;
        assert!(matches!(again, Err(StoreError::NameTaken)), "{taken}");
    }
    let bob = User {
        administrator: false,
        roles,
        ..user("Bob")
    };
    for done in [true, false] {
        let accepted = store
            .accept_invitation(&open.hash, &bob, &event("user.create"))
            .await;
        assert_eq!(accepted.is_ok(), done);
    }
    let found = store.user("bob").await.unwrap().unwrap();
    assert_eq!(found.rights().role_in(team.id), Some(Role::Operator));
}

#[tokio::test]
async fn an_invitation_goes_with_whoever_invited() {
    let home = Home::new();
    let store = home.open().await;
    let ada = set_up(&store, "Ada").await;
    let bob = invited(&store, &ada, user("Bob")).await;
    let (hers, his) = (
        invitation(&ada, "Eve", "1"),
        invitation(&bob, "Mallory", "2"),
    );
    for open in [&hers, &his] {
        store
            .insert_invitation(open, &event("invitation.create"))
            .await
            .unwrap();
    }
    let of_bob = store
        .invitations(Some(bob.id), &after(9, None))
        .await
        .unwrap();
    assert_eq!(of_bob.items, std::slice::from_ref(&his));
    let not_his = store
        .delete_invitation(hers.id, Some(bob.id), &event("x"))
        .await;
    assert!(matches!(not_his, Err(StoreError::Gone)));
    let disable = commissary_core::people::UserChange::Disable(now());
    store
        .change_user(bob.id, &disable, &event("user.disable"))
        .await
        .unwrap();
    let all = store.invitations(None, &after(9, None)).await.unwrap();
    assert_eq!(all.items, std::slice::from_ref(&hers));
    assert_eq!(store.invitation(&his.hash).await.unwrap(), None);
    // One that is over makes room for another of its name.
    let later = Invitation {
        created_at: hers.expires_at,
        expires_at: hers.expires_at + SignedDuration::from_hours(1),
        ..invitation(&ada, "eve", "3")
    };
    store
        .insert_invitation(&later, &event("invitation.create"))
        .await
        .unwrap();
    assert_eq!(store.invitation(&hers.hash).await.unwrap(), None);
}

#[tokio::test]
async fn attempts_are_counted_at_every_gate_or_at_none() {
    let home = Home::new();
    let store = home.open().await;
    let ada = set_up(&store, "Ada").await;
    let places = Places::new("192.0.2.7", Some(&TokenHash::of("mark")));
    let strange = places.gates("ada", None);
    let at = now();
    let attempt = async |name: &str, now: Timestamp| {
        let gates = places.gates(name, None);
        store.attempt(&gates, now).await.unwrap()
    };
    for _ in 0..5 {
        assert_eq!(attempt("ada", at).await, Ok(()));
    }
    let opens_at = at + SignedDuration::from_secs(1);
    for name in ["ada", "ADA"] {
        assert_eq!(attempt(name, at).await, Err(opens_at));
    }
    // At the address the closed gate counted nothing, and another account's is open.
    for _ in 5..20 {
        let name = format!("somebody {}", now());
        assert_eq!(attempt(&name, at).await, Ok(()));
    }
    assert_eq!(attempt("anybody", at).await, Err(opens_at));

    let since = at - SignedDuration::from_hours(1);
    let known = async || store.known_place("ADA", &places, since).await.unwrap();
    assert_eq!(known().await, None);
    store.forgive(&strange, ada.id, &places, at).await.unwrap();
    assert_eq!(known().await, places.browser);
    // The account's gate is open again; the address's gave back one attempt.
    assert_eq!(attempt("ada", at).await, Ok(()));
    assert_eq!(attempt("ada", at).await, Err(opens_at));
    let mine = places.gates("ada", places.browser.as_deref());
    assert_eq!(store.attempt(&mine, at).await.unwrap(), Ok(()));
    let elsewhere = Places::new("192.0.2.8", None);
    assert_eq!(
        store.known_place("ada", &elsewhere, since).await.unwrap(),
        None
    );
    let much_later = at + SignedDuration::from_hours(24);
    assert_eq!(attempt("ada", much_later).await, Ok(()));
}
