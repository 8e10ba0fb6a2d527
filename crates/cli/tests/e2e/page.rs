//! The page, step by step, by the command line against the sandbox.

use crate::support::{CHECK_POOR, Server, keys_of, run_with_input, with_poor_user};

const BOOTSTRAP: [&str; 9] = [
    "aws",
    "bootstrap",
    "--yes",
    "--user-name",
    "Kommander",
    "--policy-name",
    "kommander-policy",
    "--release",
    "kommander-2.2",
];

fn bootstrap<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&BOOTSTRAP, more].concat()
}

#[test]
fn an_account_becomes_a_provider() {
    let server = Server::with_sandbox();
    server.run(&["workspace", "create", "team-a"]).with_code(0);
    let made = server.run(&bootstrap(&[
        "--self-check",
        "--register",
        "team-a/Kommander",
    ]));
    for step in ["user", "policy", "attach", "access key"] {
        assert!(made.err.contains(step), "{step} is not told: {}", made.err);
    }
    made.with_code(0);

    let shown = server
        .run(&[
            "-o",
            "json",
            "provider",
            "show",
            "Kommander",
            "-w",
            "team-a",
        ])
        .json();
    assert_eq!(shown["partition"], "aws");
    assert_eq!(shown["accountId"].as_str().unwrap().len(), 12);
    assert!(
        shown["principalArn"]
            .as_str()
            .unwrap()
            .ends_with(":user/Kommander")
    );
    assert_eq!(shown["lastCheck"]["denied"], 0);
    assert!(shown["lastCheck"]["allowed"].as_u64().unwrap() > 100);

    let list = server
        .run(&["-o", "json", "provider", "list", "-w", "team-a"])
        .json();
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
    let table = server
        .run(&["provider", "list", "-w", "team-a"])
        .with_code(0);
    assert!(table.contains("Kommander"), "{table}");

    server
        .run(&["provider", "check", "Kommander", "-w", "team-a"])
        .with_code(0);
    server
        .run(&["provider", "delete", "Kommander", "-w", "team-a"])
        .with_code(2);
    server
        .run(&[
            "provider",
            "delete",
            "Kommander",
            "-w",
            "team-a",
            "--confirm",
            "kommander",
        ])
        .with_code(1);
    server
        .run(&[
            "provider",
            "delete",
            "Kommander",
            "-w",
            "team-a",
            "--confirm",
            "Kommander",
        ])
        .with_code(0);
    server
        .run(&["provider", "show", "Kommander", "-w", "team-a"])
        .with_code(6);
    server.run(&["workspace", "delete", "team-a"]).with_code(0);
}

#[test]
fn bootstrap_run_twice_makes_no_second_key() {
    let server = Server::with_sandbox();
    server.run(&["workspace", "create", "team-a"]).with_code(0);
    server
        .run(&bootstrap(&["--register", "team-a/Kommander"]))
        .with_code(0);
    let again = server.run(&bootstrap(&["--register", "team-a/Kommander"]));
    assert!(!again.err.contains("access key  made"), "{}", again.err);
    again.with_code(0);
    let list = server
        .run(&["-o", "json", "provider", "list", "-w", "team-a"])
        .json();
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
}

#[test]
fn the_key_goes_where_it_was_sent_and_nowhere_else() {
    use std::os::unix::fs::PermissionsExt as _;
    let server = Server::with_sandbox();
    let file = server.home.path().join("keys");
    let made = server.run(&bootstrap(&["--credentials-file", file.to_str().unwrap()]));
    let (id, secret) = keys_of(&file, "Kommander");
    assert!(id.starts_with("AKIA") && secret.len() == 40);
    assert!(!made.out.contains(&secret) && !made.err.contains(&secret));
    assert!(!server.log().contains(&secret));
    made.with_code(0);
    let mode = std::fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);

    let shown = server.run(&bootstrap(&["--new-key", "--show-secret"]));
    assert!(shown.out.contains("Secret Key: "), "{}", shown.out);
    shown.with_code(0);

    let other = [
        "-o",
        "json",
        "aws",
        "bootstrap",
        "--yes",
        "--user-name",
        "other",
        "--policy-name",
        "other-policy",
        "--show-secret",
    ];
    let document = server.run(&other).json();
    assert_eq!(document["secretAccessKey"].as_str().unwrap().len(), 40);
}

#[test]
fn an_existing_user_is_checked_by_resource_kind_in_the_pages_order() {
    let server = Server::with_sandbox();
    server.run(&bootstrap(&[])).with_code(0);
    let alone = server
        .run(&["-o", "json", "aws", "check", "--profile", "Kommander"])
        .json();
    assert_eq!(
        alone["summary"]["denied"], 0,
        "what cannot be known is not denied"
    );
    let lent = [
        "aws",
        "check",
        "--profile",
        "Kommander",
        "--admin-profile",
        "sandbox-admin",
    ];
    let report = server.run(&[&["-o", "json"], &lent[..]].concat()).json();
    assert_eq!(report["summary"]["denied"], 0);
    assert_eq!(report["findings"].as_array().unwrap().len(), 114);
    let kinds: Vec<_> = report["byKind"]
        .as_array()
        .unwrap()
        .iter()
        .map(|kind| kind["kind"].clone())
        .collect();
    let page = [
        "ec2-instances",
        "vpc",
        "subnets",
        "load-balancers",
        "internet-gateways",
        "nat-gateways",
        "volumes",
        "security-groups",
        "route-tables",
        "iam-roles",
    ];
    assert_eq!(kinds[..10], page.map(serde_json::Value::from));
    server
        .run(&[&lent[..], &["--strict"]].concat())
        .with_code(4);
}

#[test]
fn a_user_without_rights_is_told_which_are_missing() {
    let server = with_poor_user();
    let checked = server.run(&CHECK_POOR);
    assert!(checked.out.contains("eks:CreateCluster"), "{}", checked.out);
    assert!(checked.out.contains("not ready"), "{}", checked.out);
    checked.with_code(3);
}

#[test]
fn the_policy_is_printed_as_the_page_has_it() {
    let home = tempfile::tempdir().unwrap();
    let print = |format: &str| {
        let mut command = crate::support::commissary(home.path());
        command.args([
            "aws",
            "policy",
            "print",
            "--release",
            "kommander-2.2",
            "--format",
            format,
        ]);
        crate::support::Done::of(command.output().unwrap()).with_code(0)
    };
    let compact = print("compact");
    assert_eq!(compact.trim_end().chars().count(), 5538);
    let pretty: serde_json::Value = serde_json::from_str(&print("pretty")).unwrap();
    assert_eq!(
        pretty,
        serde_json::from_str::<serde_json::Value>(&compact).unwrap()
    );
    assert_eq!(pretty["Statement"].as_array().unwrap().len(), 17);
}

#[test]
fn keys_are_typed_read_from_files_or_taken_from_a_profile() {
    let server = Server::with_sandbox();
    server.run(&["workspace", "create", "team-a"]).with_code(0);
    server.run(&bootstrap(&[])).with_code(0);
    let (id, secret) = keys_of(&server.data().join("sandbox/aws/credentials"), "Kommander");

    let add = [
        "provider",
        "add",
        "aws",
        "by-file",
        "-w",
        "team-a",
        "--access-key-id",
        &id,
        "--secret-key-file",
        "-",
    ];
    let added = run_with_input(&mut server.command(&add), &format!("  {secret}\r\n"));
    assert!(added.err.contains("white space"), "{}", added.err);
    added.with_code(0);
    server
        .run(&[
            "provider",
            "add",
            "aws",
            "by-profile",
            "-w",
            "team-a",
            "--from-profile",
            "Kommander",
        ])
        .with_code(0);

    let add = [
        "provider",
        "add",
        "aws",
        "wrong",
        "-w",
        "team-a",
        "--access-key-id",
        &id,
        "--secret-key-file",
        "-",
    ];
    let wrong = "0123456789abcdefghij0123456789abcdefghij";
    let refused = run_with_input(&mut server.command(&add), wrong);
    assert!(
        refused.err.contains("the secret key does not belong to it"),
        "{}",
        refused.err
    );
    assert!(!refused.err.contains(wrong));
    refused.with_code(1);
    server
        .run(&["provider", "show", "wrong", "-w", "team-a"])
        .with_code(6);
    server
        .run(&[
            "provider",
            "add",
            "aws",
            "by-file",
            "-w",
            "team-a",
            "--from-profile",
            "Kommander",
        ])
        .with_code(7);
}

#[test]
fn what_is_saved_outlives_a_restart_and_a_kill() {
    let sandbox = ["--sandbox", "--sandbox-listen", "127.0.0.1:0"];
    let server = Server::with_sandbox();
    server.run(&["workspace", "create", "team-a"]).with_code(0);
    server
        .run(&bootstrap(&[
            "--self-check",
            "--register",
            "team-a/Kommander",
        ]))
        .with_code(0);
    let server = server.restarted(&sandbox);
    server
        .run(&["provider", "check", "Kommander", "-w", "team-a"])
        .with_code(0);
    let server = Server::start(server.killed(), &sandbox, &[]);
    server
        .run(&["provider", "check", "Kommander", "-w", "team-a"])
        .with_code(0);
}

#[test]
fn every_write_is_in_the_audit_log() {
    let server = Server::with_sandbox();
    server.run(&["workspace", "create", "team-a"]).with_code(0);
    server
        .run(&bootstrap(&["--register", "team-a/Kommander"]))
        .with_code(0);
    server
        .run(&[
            "provider",
            "delete",
            "Kommander",
            "-w",
            "team-a",
            "--confirm",
            "Kommander",
        ])
        .with_code(0);
    let log = server.run(&["-o", "json", "audit", "list"]).json();
    let events = log["items"].as_array().unwrap();
    let actions: Vec<_> = events
        .iter()
        .map(|event| event["action"].as_str().unwrap())
        .collect();
    assert_eq!(
        actions,
        [
            "provider.delete",
            "provider.check",
            "check.start",
            "provider.add",
            "workspace.create",
            "token.renew"
        ]
    );
    assert_eq!(events[0]["target"], "team-a/Kommander");
    assert_eq!(events[0]["actor"], "token admin.token");
}

#[test]
fn an_administrator_lends_its_rights_for_one_check_of_a_provider() {
    let server = Server::with_sandbox();
    server.run(&["workspace", "create", "team-a"]).with_code(0);
    server
        .run(&bootstrap(&["--register", "team-a/Kommander"]))
        .with_code(0);
    let check = [
        "-o",
        "json",
        "provider",
        "check",
        "Kommander",
        "-w",
        "team-a",
    ];
    let skipped = server
        .run(&[&check[..], &["--only", "simulation"]].concat())
        .json();
    assert_eq!(skipped["summary"]["allowed"], 0);
    let lent = [&check[..], &["--admin-profile", "sandbox-admin"]].concat();
    let report = server.run(&lent).json();
    assert_eq!(report["summary"]["denied"], 0);
    assert!(report["summary"]["allowed"].as_u64().unwrap() > 105);
    let again = server.run(&[&check[..], &["--only", "simulation"]].concat());
    assert_eq!(again.json()["summary"]["allowed"], 0, "nothing was kept");
}
