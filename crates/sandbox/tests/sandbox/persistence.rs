//! The account outlives its server.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;

use commissary_sandbox::{Sandbox, SandboxError};

use crate::support::{NOON, World, clock, open, random};

fn error(folder: &std::path::Path) -> SandboxError {
    let seconds = Arc::new(AtomicI64::new(NOON));
    Sandbox::open(folder, clock(&seconds), random()).unwrap_err()
}

#[tokio::test]
async fn users_keys_and_policies_survive_a_kill() {
    let world = World::start().await;
    let anna = world.user("anna").await;
    world
        .grant(
            "anna",
            r#"{"Effect":"Allow","Action":"iam:ListUsers","Resource":"*"}"#,
        )
        .await;
    let (account, admin, root) = (
        world.account.clone(),
        world.admin.clone(),
        world.root.clone(),
    );
    let world = world.restart().await;
    assert_eq!(
        (&world.account, &world.admin, &world.root),
        (&account, &admin, &root)
    );
    assert_eq!(world.iam(&anna, "ListUsers", &[]).await.status, 200);
    let used = [("AccessKeyId", admin.id.as_str())];
    let used = world.admin("GetAccessKeyLastUsed", &used).await;
    assert_eq!(used.text("LastUsedDate"), "2026-11-23T12:00:00Z");
}

/// Before there were roles, sessions, organisations and other partitions.
#[tokio::test]
async fn an_account_of_an_older_version_is_still_read() {
    let world = World::start().await;
    let (id, admin) = (world.account.clone(), world.admin.clone());
    let folder = world.stop().await;
    let path = folder.path().join("account.json");
    let text = fs::read_to_string(&path).unwrap();
    let mut file: serde_json::Value = serde_json::from_str(&text).unwrap();
    let account = file["account"].as_object_mut().unwrap();
    for newer in ["partition", "roles", "profiles", "sessions", "scps"] {
        assert!(account.remove(newer).is_some(), "{newer}");
    }
    fs::write(&path, file.to_string()).unwrap();
    let world = World::start_in(folder).await;
    assert_eq!((&world.account, &world.admin), (&id, &admin));
    assert!(
        world
            .admin("ListRoles", &[])
            .await
            .texts("RoleName")
            .is_empty()
    );
}

#[test]
fn accounts_differ() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let [one, other] = folders
        .each_ref()
        .map(|folder| open(folder.path()).account_id().to_owned());
    assert_ne!(one, other);
    assert!(one.len() == 12 && one.bytes().all(|byte| byte.is_ascii_digit()));
}

#[test]
fn only_the_owner_may_read_the_account() {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("a/b");
    drop(open(&inside));
    let mode = |path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let file = inside.join("account.json");
    assert_eq!((mode(inside.clone()), mode(file.clone())), (0o700, 0o600));
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    drop(open(&inside));
    assert_eq!(
        mode(file),
        0o600,
        "what was opened to others is closed again"
    );
}

#[test]
fn what_a_killed_process_left_half_written_does_no_harm() {
    let folder = tempfile::tempdir().unwrap();
    let id = open(folder.path()).account_id().to_owned();
    let left = folder.path().join("account.json.new");
    fs::write(&left, "{\"format\":1,\"acc").unwrap();
    let sandbox = open(folder.path());
    assert_eq!(sandbox.account_id(), id);
    sandbox.write_profile("http://127.0.0.1:1").unwrap();
}

#[test]
fn a_folder_belongs_to_one_sandbox_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let first = open(folder.path());
    assert!(matches!(error(folder.path()), SandboxError::InUse { .. }));
    drop(first);
    drop(open(folder.path()));
}

#[test]
fn a_broken_account_is_refused_without_showing_it() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(folder.path()));
    let path = folder.path().join("account.json");
    let whole = fs::read_to_string(&path).unwrap();
    let secret = whole
        .split("\"secret\": \"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    for broken in [
        whole.replace("\"users\"", "\"people\""),
        whole.replace(&format!("\"{secret}\""), &format!("[\"{secret}\"]")),
        whole.replace(
            "\"status\": \"Active\"",
            &format!("\"status\": \"{secret}\""),
        ),
        whole.split_at(whole.len() / 2).0.to_owned(),
        String::new(),
    ] {
        fs::write(&path, broken).unwrap();
        let error = error(folder.path());
        assert!(matches!(error, SandboxError::Corrupt { .. }));
        assert!(!format!("{error} {error:?}").contains(secret));
    }
    fs::write(&path, whole.replace("\"format\": 1", "\"format\": 2")).unwrap();
    assert!(matches!(
        error(folder.path()),
        SandboxError::Format { found: 2, .. }
    ));
    fs::write(&path, whole).unwrap();
    drop(open(folder.path()));
}

#[test]
fn a_place_that_cannot_be_written_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let error = error(&file.join("sandbox"));
    assert!(matches!(error, SandboxError::Write { .. }), "{error}");
}

/// An account that cannot be saved is not changed in memory either.
#[tokio::test]
async fn a_change_that_cannot_be_saved_is_no_change() {
    let world = World::start().await;
    world.admin("ListUsers", &[]).await;
    // A folder in the place of the temporary file makes writing fail, for root too.
    fs::create_dir(world.folder.path().join("account.json.new")).unwrap();
    let answer = world
        .iam(&world.admin, "CreateUser", &[("UserName", "anna")])
        .await;
    answer.refused(500, "InternalFailure");
    let listed = world.admin("ListUsers", &[]).await;
    assert_eq!(listed.texts("UserName"), ["sandbox-admin"]);
    fs::remove_dir(world.folder.path().join("account.json.new")).unwrap();
    world.admin("CreateUser", &[("UserName", "anna")]).await;
}
