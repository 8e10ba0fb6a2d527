//! A change happens with its audit event or not at all.

use commissary_core::domain::{AuditEvent, CheckState};
use commissary_core::people::{Role, TokenHash, TokensOf, UserChange};
use commissary_core::ports::{PeopleStore as _, SetupLink, Store as _, StoreError};
use sqlx::{Row as _, SqliteConnection};

use crate::samples::{
    Home, api_token, check, event, identity, invitation, kept_provider, kept_workspace, key, now,
    other_key, provider, report, session, set_up, user, workspace,
};
use crate::user_holds::hold;

/// Every table that holds data.
const TABLES: [&str; 13] = [
    "SELECT * FROM root_keys",
    "SELECT * FROM workspaces",
    "SELECT * FROM providers",
    "SELECT * FROM sealed_secrets",
    "SELECT * FROM reports",
    "SELECT * FROM users",
    "SELECT * FROM setup_link",
    "SELECT * FROM sessions",
    "SELECT * FROM api_tokens",
    "SELECT * FROM workspace_members",
    "SELECT * FROM invitations",
    "SELECT * FROM invitation_roles",
    "SELECT * FROM user_holds",
];

/// Everything in the database but the audit log, as text.
async fn everything(sql: &mut SqliteConnection) -> String {
    let mut all = String::new();
    for table in TABLES {
        for row in sqlx::query(table).fetch_all(&mut *sql).await.unwrap() {
            for column in 0..row.len() {
                let bytes = row.try_get_unchecked::<Option<Vec<u8>>, _>(column);
                all.push_str(&format!("{bytes:?} "));
            }
        }
        all.push('\n');
    }
    all
}

#[tokio::test]
async fn what_cannot_be_audited_does_not_happen() {
    let home = Home::new();
    let store = home.open().await;
    let team = kept_workspace(&store, "team-a").await;
    let empty = kept_workspace(&store, "empty").await;
    let kept = kept_provider(&store, &team, "prod").await;
    let ada = set_up(&store, "Ada").await;
    let link = SetupLink {
        hash: TokenHash::of("link"),
        expires_at: now(),
    };
    store.replace_setup_link(&link).await.unwrap();
    let begun = session(&ada, "kept");
    store
        .insert_session(&begun, None, &event("session.begin"))
        .await
        .unwrap();
    let token = api_token(None, "admin.token", "kept");
    store
        .replace_api_token(&token, &event("token.renew"))
        .await
        .unwrap();
    let invited = invitation(&ada, "Eve", "kept");
    store
        .insert_invitation(&invited, &event("invitation.create"))
        .await
        .unwrap();
    let running = check(&kept);
    store
        .begin_check(&running, &event("check.start"))
        .await
        .unwrap();
    let other = kept_provider(&store, &team, "other").await;
    // An event of this id is there already, so that it cannot be added.
    let taken: AuditEvent = event("taken");
    store.append_audit(&taken).await.unwrap();

    let holding = hold("held");
    let made = event("user.make");
    store.hold_user(&holding, now(), &made).await.unwrap();

    let mut sql = home.sql().await;
    let before = everything(&mut sql).await;
    let new = provider(&team, "new");
    let held = hold("new");
    let refused = [
        store.insert_workspace(&workspace("new"), &taken).await,
        store.delete_workspace(empty.id, &taken).await,
        store.insert_provider(&new, &key(), &taken).await,
        store
            .update_provider(&kept, Some(&other_key()), &taken)
            .await,
        store.delete_provider(kept.id, &taken).await,
        store
            .finish_check(running.id, &kept, &report(), None, &taken)
            .await,
        store
            .end_check(running.id, CheckState::Failed, None, &taken)
            .await,
        store.ask_to_cancel(running.id, &taken).await,
        store.begin_check(&check(&other), &taken).await.map(drop),
        store.hold_user(&held, now(), &taken).await.map(|_| ()),
        store
            .insert_made_provider(&held, &new, &key(), &taken)
            .await,
        store.release_user(&holding, &taken).await,
        store.save_refusal(&kept, "no such key", &taken).await,
        store.save_identity(&kept, &identity(), &taken).await,
        store
            .insert_session(&session(&ada, "new"), Some(&begun.hash), &taken)
            .await,
        store.delete_session(begun.id, ada.id, &taken).await,
        store
            .replace_api_token(&api_token(None, "admin.token", "new"), &taken)
            .await,
        store
            .insert_api_token(&api_token(Some(&ada), "ci", "new"), &taken)
            .await,
        store
            .delete_api_token(token.id, TokensOf::Anybody, &taken)
            .await,
        store.change_user(ada.id, &UserChange::Enable, &taken).await,
        store
            .set_role(team.id, ada.id, Some(Role::Viewer), &taken)
            .await,
        store
            .insert_invitation(&invitation(&ada, "Bob", "new"), &taken)
            .await,
        store.delete_invitation(invited.id, None, &taken).await,
        store
            .accept_invitation(&invited.hash, &user("Eve"), &taken)
            .await,
    ];
    for (number, result) in refused.into_iter().enumerate() {
        assert!(
            matches!(result, Err(StoreError::Unavailable(_))),
            "{number}: {result:?}"
        );
    }
    assert_eq!(everything(&mut sql).await, before);
    // The same calls with events of their own do change things.
    store
        .delete_workspace(empty.id, &event("workspace.delete"))
        .await
        .unwrap();
    assert_ne!(everything(&mut sql).await, before);
}

#[tokio::test]
async fn a_setup_that_cannot_be_audited_leaves_the_link_open() {
    let home = Home::new();
    let store = home.open().await;
    let link = SetupLink {
        hash: TokenHash::of("link"),
        expires_at: now(),
    };
    store.replace_setup_link(&link).await.unwrap();
    let taken = event("taken");
    store.append_audit(&taken).await.unwrap();
    let refused = store.complete_setup(&link.hash, &user("Ada"), &taken).await;
    assert!(matches!(refused, Err(StoreError::Unavailable(_))));
    assert!(!store.has_user().await.unwrap());
    assert_eq!(store.setup_link().await.unwrap(), Some(link));
}
