//! The AWS configuration files.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use commissary_sandbox::SandboxError;

use crate::support::{World, open};

#[test]
fn profiles_point_every_aws_tool_at_the_sandbox() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = open(folder.path());
    let paths = sandbox.write_profile("http://127.0.0.1:8181").unwrap();
    assert_eq!(paths.config, folder.path().join("aws/config"));
    assert_eq!(paths.credentials, folder.path().join("aws/credentials"));
    let config = fs::read_to_string(&paths.config).unwrap();
    assert_eq!(
        config,
        "[profile sandbox-admin]\nregion = us-east-1\nendpoint_url = http://127.0.0.1:8181\n\n\
         [profile sandbox-root]\nregion = us-east-1\nendpoint_url = http://127.0.0.1:8181\n"
    );
    for path in [&paths.config, &paths.credentials] {
        let mode = fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn other_peoples_profiles_stay() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = open(folder.path());
    let paths = sandbox.write_profile("http://127.0.0.1:1").unwrap();
    let mine = "[Kommander]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = x\n";
    let before = fs::read_to_string(&paths.credentials).unwrap();
    fs::write(&paths.credentials, format!("{before}\n{mine}")).unwrap();
    sandbox.write_profile("http://127.0.0.1:2").unwrap();
    let after = fs::read_to_string(&paths.credentials).unwrap();
    assert!(after.contains(mine.trim_end()));
    assert_eq!(after.matches("[sandbox-admin]").count(), 1);
    let config = fs::read_to_string(&paths.config).unwrap();
    assert!(config.contains("127.0.0.1:2") && !config.contains("127.0.0.1:1\n"));
}

#[test]
fn an_endpoint_that_is_no_web_address_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = open(folder.path());
    for url in ["127.0.0.1:8181", "", "http://x\nregion = y"] {
        let error = sandbox.write_profile(url).unwrap_err();
        assert!(matches!(error, SandboxError::EndpointUrl { .. }), "{error}");
    }
    assert!(!folder.path().join("aws").exists());
}

#[tokio::test]
async fn an_administrator_without_key_is_told() {
    let world = World::start().await;
    let key = [("AccessKeyId", world.admin.id.as_str())];
    world.iam(&world.root, "GetAccessKeyLastUsed", &key).await;
    let delete = [("UserName", "sandbox-admin"), key[0]];
    assert_eq!(
        world
            .iam(&world.root, "DeleteAccessKey", &delete)
            .await
            .status,
        200
    );
    let folder = world.stop().await;
    let error = open(folder.path())
        .write_profile("http://127.0.0.1:1")
        .unwrap_err();
    assert!(matches!(error, SandboxError::NoAdministratorKey), "{error}");
}

#[tokio::test]
async fn the_sandbox_serves_on_loopback_only() {
    let folder = tempfile::tempdir().unwrap();
    let listener = tokio::net::TcpListener::bind("0.0.0.0:0").await.unwrap();
    let refused = open(folder.path())
        .serve(listener, std::future::pending())
        .await;
    assert_eq!(
        refused.unwrap_err().kind(),
        std::io::ErrorKind::InvalidInput
    );
}
