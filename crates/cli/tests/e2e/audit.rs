//! The audit log: listed, exported, verified.

use crate::support::{Done, Server, commissary};

#[test]
fn the_log_is_listed_exported_and_verified_from_a_terminal() {
    let server = Server::with_sandbox();
    for name in ["team-a", "team-b"] {
        server.run(&["workspace", "create", name]).with_code(0);
    }
    let listed = server.run(&["audit", "list", "--action", "workspace.*", "--limit", "1"]);
    let listed = listed.with_code(0);
    assert!(
        listed.contains("team-b") && !listed.contains("team-a"),
        "{listed}"
    );
    let none = server
        .run(&["audit", "list", "--actor", "nobody"])
        .with_code(0);
    assert!(none.contains("no entry meets this filter"), "{none}");
    let wrong = server.run(&["audit", "list", "--since", "yesterday"]);
    assert!(wrong.err.contains("2026-03-04"), "{}", wrong.err);
    wrong.with_code(1);

    let lines = server.run(&["audit", "export"]).with_code(0);
    let last: serde_json::Value = serde_json::from_str(lines.lines().last().unwrap()).unwrap();
    assert_eq!(last["target"], "team-b");
    assert!(last["requestId"].is_string());
    let file = server.home.path().join("log.csv");
    let to = file.to_str().unwrap();
    let csv = ["audit", "export", "--format", "csv", "--to", to];
    server.run(&csv).with_code(0);
    let written = std::fs::read_to_string(&file).unwrap();
    assert_eq!(written.lines().count(), lines.lines().count() + 1);
    // A file that is there is not written over.
    let again = server.run(&csv);
    assert!(again.err.contains("log.csv"), "{}", again.err);
    again.with_code(1);

    let asked = server.run(&["audit", "verify", "--output", "json"]).json();
    assert_eq!(asked["intact"], true);
    let head = asked["head"].as_str().unwrap();
    assert!(head.ends_with(last["hash"].as_str().unwrap()));
    // Without asking the server, while it runs.
    let data = server.data();
    let offline = |more: &[&str]| {
        let mut command = commissary(server.home.path());
        command
            .args(["audit", "verify", "--data-dir"])
            .arg(&data)
            .args(more);
        Done::of(command.output().unwrap())
    };
    let said = offline(&["--head", head]).with_code(0);
    assert!(
        said.contains("the audit log is whole") && said.contains(head),
        "{said}"
    );
    let unread = offline(&["--head", "latest"]);
    assert!(
        unread.err.contains("head of the audit log"),
        "{}",
        unread.err
    );
    unread.with_code(2);
    let other = format!("999:{}", "0".repeat(64));
    let cut_off = offline(&["--head", &other, "--output", "json"]).with_code(1);
    let cut_off: serde_json::Value = serde_json::from_str(&cut_off).unwrap();
    assert_eq!(cut_off["fault"]["kind"], "cut-off");
}
