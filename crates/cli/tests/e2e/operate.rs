//! What operators do: back up, restore, replace the root key.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use crate::support::{Done, Server, commissary, with_poor_user};

fn ran(command: &mut Command) -> Done {
    Done::of(command.output().unwrap())
}

/// A server with a provider, and its data folder.
fn with_provider() -> Server {
    let server = with_poor_user();
    server.run(&["workspace", "create", "team-a"]).with_code(0);
    let add = [
        "provider",
        "add",
        "aws",
        "prod",
        "-w",
        "team-a",
        "--from-profile",
        "poor",
    ];
    server.run(&add).with_code(0);
    server
}

#[test]
fn a_backup_of_a_running_server_is_restored_elsewhere_and_served() {
    let server = with_provider();
    let file = server.home.path().join("today.backup");
    let back_up = || {
        let mut command = commissary(server.home.path());
        command
            .arg("backup")
            .arg(&file)
            .arg("--data-dir")
            .arg(server.data());
        ran(&mut command)
    };
    let said = back_up().with_code(0);
    assert!(
        said.contains("today.backup") && said.contains("root key"),
        "{said}"
    );
    back_up().with_code(7);
    let entries = server
        .run(&["audit", "list", "--action", "backup.*"])
        .with_code(0);
    assert!(entries.contains("backup.create"), "{entries}");

    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let restore = |root_key: &std::path::Path| {
        let mut command = commissary(home.path());
        command
            .arg("restore")
            .arg(&file)
            .arg("--data-dir")
            .arg(&data);
        command.arg("--root-key").arg(root_key);
        ran(&mut command)
    };
    let refused = restore(&home.path().join("root.key"));
    assert!(
        refused.err.contains("needs the root key"),
        "{}",
        refused.err
    );
    refused.with_code(1);
    let root_key = home.path().join("root.key");
    fs::copy(server.data().join("root.key"), &root_key).unwrap();
    let said = restore(&root_key).with_code(0);
    assert!(said.contains("its audit log is whole"), "{said}");
    restore(&root_key).with_code(7);

    let root_key = root_key.to_str().unwrap();
    let there = Server::start(home, &["--root-key", root_key], &[]);
    let list = there
        .run(&["provider", "list", "-w", "team-a"])
        .with_code(0);
    assert!(list.contains("prod"), "{list}");
    let log = there.run(&["audit", "verify", "--output", "json"]).json();
    assert_eq!(log["intact"], true);
}

#[test]
fn the_root_key_is_replaced_while_the_server_runs_and_lets_it_go_on_after_a_kill() {
    let server = with_provider();
    let before = server.run(&["key", "show", "--output", "json"]).json();
    let after = server.run(&["key", "rotate", "--output", "json"]).json();
    assert_ne!(before["rootKey"], after["rootKey"]);
    assert_eq!(after["older"].as_array().unwrap().len(), 0);
    let retired = after["retired"][0].as_str().unwrap();
    assert!(fs::exists(retired).unwrap());
    server
        .run(&["provider", "check", "prod", "-w", "team-a"])
        .with_code(3);
    let entries = server
        .run(&["audit", "list", "--action", "rootKey.*"])
        .with_code(0);
    for action in ["rootKey.rotate", "rootKey.rewrap", "rootKey.retire"] {
        assert!(entries.contains(action), "{entries}");
    }
    // Without the old key, after a power cut.
    fs::remove_file(retired).unwrap();
    let home = server.killed();
    let sandbox = ["--sandbox", "--sandbox-listen", "127.0.0.1:0"];
    let server = Server::start(home, &sandbox, &[]);
    server
        .run(&["provider", "check", "prod", "-w", "team-a"])
        .with_code(3);
    let shown = server.run(&["key", "show", "--output", "json"]).json();
    assert_eq!(shown["rootKey"], after["rootKey"]);
}

#[test]
fn the_doctor_says_what_is_broken_and_what_to_mend() {
    let server = with_provider();
    let data = server.data();
    let endpoint = server.elsewhere();
    let endpoint = endpoint
        .get_envs()
        .find(|(name, _)| *name == "AWS_ENDPOINT_URL");
    let endpoint = endpoint.unwrap().1.unwrap().to_owned();
    let examined = |code: i32| -> serde_json::Value {
        let mut command = commissary(server.home.path());
        command.env("AWS_ENDPOINT_URL", &endpoint);
        command
            .args(["doctor", "--output", "json", "--data-dir"])
            .arg(&data);
        serde_json::from_str(&ran(&mut command).with_code(code)).unwrap()
    };
    let state = |found: &serde_json::Value, check: &str| {
        let findings = found["findings"].as_array().unwrap();
        let finding = findings.iter().find(|finding| finding["check"] == check);
        finding.map(|finding| finding["state"].as_str().unwrap().to_owned())
    };
    let sound = examined(0);
    for check in [
        "data folder",
        "root key",
        "schema",
        "root key of the data",
        "audit log",
        "aws",
    ] {
        assert_eq!(
            state(&sound, check).as_deref(),
            Some("ok"),
            "{check}: {sound}"
        );
    }
    assert_eq!(state(&sound, "permissions"), None);

    let root_key = data.join("root.key");
    let mode = |mode| fs::set_permissions(&root_key, fs::Permissions::from_mode(mode)).unwrap();
    mode(0o644);
    let open = examined(1);
    assert_eq!(state(&open, "root key").as_deref(), Some("broken"));
    assert!(open.to_string().contains("chmod 600"), "{open}");
    mode(0o600);
    let note = data.join("audit-head");
    let kept = fs::read(&note).unwrap();
    fs::write(&note, "something else").unwrap();
    assert_eq!(state(&examined(1), "audit log").as_deref(), Some("broken"));
    fs::write(&note, kept).unwrap();
    fs::set_permissions(&note, fs::Permissions::from_mode(0o644)).unwrap();
    assert_eq!(
        state(&examined(1), "permissions").as_deref(),
        Some("broken")
    );
    fs::set_permissions(&note, fs::Permissions::from_mode(0o600)).unwrap();
    let mut away = commissary(server.home.path());
    away.env("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
    away.args(["doctor", "--data-dir"]).arg(&data);
    let said = ran(&mut away).with_code(1);
    assert!(said.contains("cannot be reached"), "{said}");
}
