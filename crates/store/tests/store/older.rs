//! Data of older versions, opened by this one.

use std::fs;
use std::path::Path;

use commissary_core::people::{Rights, Role};
use commissary_core::ports::{PeopleStore as _, Store as _};
use sqlx::migrate::Migrator;

use crate::samples::Home;

/// Makes a database as a version made it that knew the steps up to `last`.
async fn made_by(home: &Home, last: &str) {
    fs::create_dir_all(home.dir()).unwrap();
    fs::write(home.database(), "").unwrap();
    let steps = tempfile::tempdir().unwrap();
    let all = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    for entry in fs::read_dir(all).unwrap() {
        let entry = entry.unwrap();
        if entry.file_name().to_string_lossy().as_ref() < last {
            fs::copy(entry.path(), steps.path().join(entry.file_name())).unwrap();
        }
    }
    let migrator = Migrator::new(steps.path()).await.unwrap();
    migrator.run(&mut home.sql().await).await.unwrap();
}

#[tokio::test]
async fn who_was_there_before_there_were_roles_is_a_global_administrator() {
    let home = Home::new();
    made_by(&home, "0003").await;
    home.execute(
        "INSERT INTO users (id, name, name_key, password_hash, created_at) VALUES
         ('0198c0de-0000-7000-8000-000000000001', 'Ada', 'ada', 'x', '2026-01-05T12:00:00.000000000Z')",
    )
    .await;
    let store = home.open().await;
    let ada = store.user("ada").await.unwrap().unwrap();
    assert_eq!(ada.rights(), Rights::administrator());
}

#[tokio::test]
async fn roles_are_read_with_the_user() {
    let home = Home::new();
    let store = home.open().await;
    home.execute(
        "INSERT INTO users (id, name, name_key, password_hash, administrator, created_at) VALUES
         ('0198c0de-0000-7000-8000-000000000001', 'Ada', 'ada', 'x', FALSE, '2026-01-05T12:00:00.000000000Z');
         INSERT INTO workspaces (id, name, name_key, created_at) VALUES
         ('0198c0de-0000-7000-8000-000000000002', 'a', 'a', '2026-01-05T12:00:00.000000000Z');
         INSERT INTO workspace_members (workspace_id, user_id, role) VALUES
         ('0198c0de-0000-7000-8000-000000000002', '0198c0de-0000-7000-8000-000000000001', 'operator')",
    )
    .await;
    let ada = store.user("ada").await.unwrap().unwrap();
    let team = commissary_core::domain::WorkspaceName::parse("a").unwrap();
    let team = store.workspace(&team).await.unwrap().unwrap();
    assert!(!ada.rights().is_administrator());
    assert_eq!(ada.rights().role_in(team.id), Some(Role::Operator));
}
