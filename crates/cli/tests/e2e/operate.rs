//! What operators do: back up, restore, replace the root key.

use std::fs;
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
