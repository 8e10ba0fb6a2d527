//! Bootstrap as people call it: the plan, what is printed, where a key is registered.

use std::process::Command;

use crate::killed::{account, ask, command};
use crate::support::{AwsCli, Done, Killer, Moment, Moto, Server};

fn done(command: &mut Command) -> Done {
    Done::of(command.output().unwrap())
}

#[test]
fn the_printed_script_leaves_the_same_account_as_the_command() {
    let choice = [
        "aws",
        "bootstrap",
        "--feature",
        "ec2",
        "--self-check",
        "--node-roles",
        "--user-path",
        "/teams/a/",
        "--tag",
        "team=platform",
    ];
    let moto = Moto::start();
    let aws = AwsCli::new(&moto.endpoint, "us-east-1");
    let home = tempfile::tempdir().unwrap();
    let print = [&choice[..], &["--print", "aws-cli"]].concat();
    // Printing asks nobody and needs no credentials.
    let mut printed = crate::support::commissary(home.path());
    let script = done(printed.args(&print)).with_code(0);
    let file = aws.folder.path().join("printed.sh");
    std::fs::write(&file, script).unwrap();
    aws.script(&file, &[]).with_code(0);
    let by_script = account(&moto);
    let plan = [&choice[..], &["--plan", "-o", "json"]].concat();
    let plan = done(&mut command(home.path(), &moto.endpoint, &plan)).json();
    assert_eq!(plan["changes"], false, "{plan}");

    ask(&moto, "/moto-api/reset", "");
    let make = [&choice[..], &["--yes"]].concat();
    done(&mut command(home.path(), &moto.endpoint, &make)).with_code(0);
    assert_eq!(account(&moto), by_script);
}

#[test]
fn other_tools_texts_are_printed_for_the_regions_partition_without_credentials() {
    let home = tempfile::tempdir().unwrap();
    for (tool, parts) in [
        ("cloudformation", ["AWS::IAM::User", "ec2.amazonaws.com.cn"]),
        ("terraform", ["aws_iam_user", "ec2.amazonaws.com.cn"]),
    ] {
        let mut print = crate::support::commissary(home.path());
        print.args(["aws", "bootstrap", "--node-roles", "--region", "cn-north-1"]);
        let text = done(print.args(["--print", tool])).with_code(0);
        assert!(parts.iter().all(|part| text.contains(part)), "{text}");
    }
    let mut print = crate::support::commissary(home.path());
    print.args([
        "aws",
        "bootstrap",
        "--print",
        "terraform",
        "--user-name",
        "a b",
    ]);
    done(&mut print).with_code(2);
}

#[test]
fn nothing_is_done_without_a_yes_and_a_plan_does_nothing() {
    let server = Server::with_sandbox();
    let asked = server.run(&["aws", "bootstrap"]);
    assert!(asked.err.contains("--yes"), "{}", asked.err);
    asked.with_code(2);
    let plan = server
        .run(&["-o", "json", "aws", "bootstrap", "--plan", "--node-roles"])
        .json();
    let lines = plan["lines"].as_array().unwrap();
    assert!(lines.iter().all(|line| line["state"] == "made"), "{plan}");
    let again = server
        .run(&["-o", "json", "aws", "bootstrap", "--plan", "--node-roles"])
        .json();
    assert_eq!(again, plan);
}

const REGISTER: [&str; 6] = [
    "aws",
    "bootstrap",
    "--yes",
    "--self-check",
    "--register",
    "team-a/prod",
];

#[test]
fn a_registered_provider_is_checked_and_the_exit_code_says_how_it_is() {
    let server = Server::with_sandbox();
    server.run(&["workspace", "create", "team-a"]).with_code(0);
    let made = server.run(&REGISTER);
    assert!(made.out.contains("checked: "), "{}", made.out);
    assert!(made.out.contains(" 0 denied"), "{}", made.out);
    made.with_code(0);
    let again = server
        .run(&[&["-o", "json"], &REGISTER[..]].concat())
        .json();
    assert_eq!(again["check"]["denied"], 0);
    // The key stays; what the user may do is less, and is told.
    let narrower = [&REGISTER[..], &["--feature", "ec2"]].concat();
    let fewer = server.run(&narrower);
    assert!(fewer.out.contains("not ready: "), "{}", fewer.out);
    fewer.with_code(3);
}

#[test]
fn a_registration_that_is_killed_at_any_call_of_the_server_goes_on() {
    for moment in [Moment::Before, Moment::After, Moment::Answered] {
        for at in 1.. {
            let server = Server::with_sandbox();
            server.run(&["workspace", "create", "team-a"]).with_code(0);
            let killer = Killer::before(&server.base);
            let mut first = server.elsewhere();
            first
                .args(["--server", &killer.endpoint, "--token-file"])
                .arg(server.data().join("admin.token"))
                .args(REGISTER);
            let (calls, ended) = killer.run(&mut first, Some((at, moment)));
            if let Some(status) = ended {
                assert!(status.success() && at > 1 && calls < at, "{calls} calls");
                break;
            }
            server.run(&REGISTER).with_code(0);
            let list = server
                .run(&["-o", "json", "provider", "list", "-w", "team-a"])
                .json();
            let [provider] = &list["items"].as_array().unwrap()[..] else {
                panic!("{list}");
            };
            let again = server
                .run(&[&["-o", "json"], &REGISTER[..]].concat())
                .json();
            let known = again["knownAccessKeys"].as_array().unwrap();
            assert_eq!(known.len(), 1, "{moment:?} at {at}");
            assert_eq!(known[0]["id"], provider["accessKeyId"]);
            let pending = server
                .home
                .path()
                .join(".local/state/commissary/pending-keys");
            assert_eq!(std::fs::read_dir(pending).unwrap().count(), 0);
        }
    }
}
