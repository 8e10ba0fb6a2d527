//! Data of older versions, opened by this one.

use std::fs;
use std::path::Path;

use commissary_core::people::{Rights, Role};
use commissary_core::ports::{PeopleStore as _, Store as _};
use commissary_store::{DataFolder, OpenError};
use sqlx::migrate::Migrator;

use crate::samples::{Home, audited, provider_name};

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

#[tokio::test]
async fn data_of_the_first_version_is_all_there_and_its_audit_log_is_chained() {
    let home = Home::new();
    made_by(&home, "0003").await;
    home.execute(
        "INSERT INTO workspaces (id, name, name_key, created_at) VALUES
         ('0198c0de-0000-7000-8000-000000000002', 'team-a', 'team-a', '2026-01-05T12:00:00.000000000Z');
         INSERT INTO providers (id, workspace_id, name, name_key, authentication, access_key_id, temporary,
             region, release, features, created_at, updated_at) VALUES
         ('0198c0de-0000-7000-8000-000000000003', '0198c0de-0000-7000-8000-000000000002', 'Prod', 'prod', 'static',
             'AKIAIOSFODNN7EXAMPLE', FALSE, 'eu-central-1', 'kommander-2.2', '[\"ec2\"]',
             '2026-01-05T12:00:00.000000000Z', '2026-01-05T12:00:00.000000000Z');
         INSERT INTO audit_events (id, at, actor, origin, action, target, workspace_id, outcome) VALUES
         ('0198c0de-0000-7000-8000-000000000005', '2026-01-05T12:00:01.000000000Z', 'admin', '127.0.0.1', 'provider.add',
             'team-a/Prod', '0198c0de-0000-7000-8000-000000000002', 'done'),
         ('0198c0de-0000-7000-8000-000000000004', '2026-01-05T12:00:00.000000000Z', 'admin', '127.0.0.1', 'workspace.create',
             'team-a', NULL, 'done')",
    )
    .await;
    // Who only looks changes nothing, and says what to do.
    let refusal = DataFolder::look(&home.dir()).await.unwrap_err();
    assert!(
        matches!(refusal, OpenError::OlderDatabase { .. }),
        "{refusal}"
    );
    let store = home.open().await;
    let team = commissary_core::domain::WorkspaceName::parse("team-a").unwrap();
    let team = store.workspace(&team).await.unwrap().unwrap();
    let provider = store
        .provider(team.id, &provider_name("prod"))
        .await
        .unwrap();
    assert_eq!(provider.unwrap().region.as_str(), "eu-central-1");
    assert_eq!(audited(&store).await, ["provider.add", "workspace.create"]);
    let verified = store.verify_audit(&[]).await.unwrap();
    assert_eq!((verified.entries, verified.earlier), (2, 2));
    assert_eq!(verified.fault, None);
    assert!(verified.begun_at.is_some());
}
