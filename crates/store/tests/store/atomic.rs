//! A change happens with its audit event or not at all.

use commissary_core::domain::AuditEvent;
use commissary_core::people::{ApiToken, Session, TokenHash};
use commissary_core::ports::{SetupLink, Store as _, StoreError};
use sqlx::{Row as _, SqliteConnection};

use crate::samples::{
    Home, event, identity, kept_provider, kept_workspace, key, now, other_key, provider, report,
    user, workspace,
};

/// Every table that holds data.
const TABLES: [&str; 9] = [
    "SELECT * FROM root_keys",
    "SELECT * FROM workspaces",
    "SELECT * FROM providers",
    "SELECT * FROM sealed_secrets",
    "SELECT * FROM reports",
    "SELECT * FROM users",
    "SELECT * FROM setup_link",
    "SELECT * FROM sessions",
    "SELECT * FROM api_tokens",
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
    let link = SetupLink {
        hash: TokenHash::of("link"),
        expires_at: now(),
    };
    store.replace_setup_link(&link).await.unwrap();
    let ada = user("Ada");
    store
        .complete_setup(&link.hash, &ada, &event("user.create"))
        .await
        .unwrap();
    store.replace_setup_link(&link).await.unwrap();
    let session = |token: &str| Session {
        hash: TokenHash::of(token),
        user_id: ada.id,
        created_at: now(),
        expires_at: now(),
    };
    store
        .insert_session(&session("kept"), &event("session.begin"))
        .await
        .unwrap();
    let token = |token: &str| ApiToken {
        hash: TokenHash::of(token),
        name: "admin.token".to_owned(),
        created_at: now(),
    };
    store
        .replace_api_token(&token("kept"), &event("token.renew"))
        .await
        .unwrap();
    // An event of this id is there already, so that it cannot be added.
    let taken: AuditEvent = event("taken");
    store.append_audit(&taken).await.unwrap();

    let mut sql = home.sql().await;
    let before = everything(&mut sql).await;
    let new = provider(&team, "new");
    let refused = [
        store.insert_workspace(&workspace("new"), &taken).await,
        store.delete_workspace(empty.id, &taken).await,
        store.insert_provider(&new, &key(), &taken).await,
        store
            .update_provider(&kept, Some(&other_key()), &taken)
            .await,
        store.delete_provider(kept.id, &taken).await,
        store.save_report(&kept, &report(), &taken).await,
        store.save_refusal(&kept, "no such key", &taken).await,
        store.save_identity(&kept, &identity(), &taken).await,
        store.insert_session(&session("new"), &taken).await,
        store.delete_session(&session("kept").hash, &taken).await,
        store.replace_api_token(&token("new"), &taken).await,
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
