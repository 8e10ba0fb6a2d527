//! `commissary provider check` and `checks` as jobs of the server.

use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::{Done, Server};

const W: [&str; 2] = ["-w", "team-a"];

/// A server whose AWS takes its time, and a provider that was not checked yet.
fn slow() -> Server {
    let home = tempfile::tempdir().unwrap();
    let args = [
        "--sandbox",
        "--sandbox-listen",
        "127.0.0.1:0",
        "--sandbox-latency",
        "400",
    ];
    let server = Server::start(home, &args, &[]);
    server.run(&["workspace", "create", "team-a"]).with_code(0);
    let add = [
        "provider",
        "add",
        "aws",
        "prod",
        "--from-profile",
        "sandbox-admin",
        "--verify-later",
    ];
    server.run(&[&add[..], &W].concat()).with_code(0);
    server
}

fn checks(server: &Server) -> Vec<Value> {
    let list = server.run(&["-o", "json", "provider", "checks", "prod", "-w", "team-a"]);
    list.json()["items"].as_array().unwrap().clone()
}

fn wait_for(server: &Server, state: &str) -> Value {
    let until = Instant::now() + Duration::from_secs(60);
    loop {
        if let Some(check) = checks(server)
            .into_iter()
            .find(|check| check["state"] == state)
        {
            return check;
        }
        assert!(
            Instant::now() < until,
            "no check is {state}: {:?}",
            checks(server)
        );
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn a_check_goes_on_without_its_starter_and_ctrl_c_cancels_it() {
    let server = slow();
    let check = ["provider", "check", "prod", "-w", "team-a"];
    let empty = server
        .run(&["provider", "checks", "prod", "-w", "team-a"])
        .with_code(0);
    assert!(empty.contains("never checked"), "{empty}");

    let started = server
        .run(&[&["-o", "json"], &check[..], &["--detach"]].concat())
        .json();
    assert_eq!(started["state"], "running");
    let second = server.run(&check);
    assert!(second.err.contains("under way already"), "{}", second.err);
    second.with_code(7);
    assert_eq!(wait_for(&server, "done")["id"], started["id"]);

    let waiting = server
        .command(&check)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    wait_for(&server, "running");
    let pid = waiting.id().to_string();
    std::process::Command::new("kill")
        .args(["-INT", &pid])
        .status()
        .unwrap();
    let done = Done::of(waiting.wait_with_output().unwrap());
    assert!(done.err.contains("is cancelled"), "{}", done.err);
    done.with_code(130);
    wait_for(&server, "cancelled");

    server.run(&check).with_code(0);
    let table = server
        .run(&["provider", "checks", "prod", "-w", "team-a"])
        .with_code(0);
    for told in ["STARTED", "cancelled", "nothing", "token admin.token"] {
        assert!(table.contains(told), "{table}");
    }
}

#[test]
fn a_check_of_a_killed_server_is_interrupted_and_can_be_started_again() {
    let server = slow();
    let check = ["provider", "check", "prod", "-w", "team-a"];
    server
        .run(&[&check[..], &["--detach"]].concat())
        .with_code(0);
    let home = server.killed();
    let args = ["--sandbox", "--sandbox-listen", "127.0.0.1:0"];
    let server = Server::start(home, &args, &[]);
    assert_eq!(checks(&server)[0]["state"], "interrupted");
    assert!(
        server.log().contains("checks were interrupted"),
        "{}",
        server.log()
    );
    server.run(&check).with_code(0);
    assert_eq!(checks(&server)[0]["state"], "done");
}

#[test]
fn stopping_finishes_the_check_that_runs() {
    let server = slow();
    let check = ["provider", "check", "prod", "-w", "team-a", "--detach"];
    server.run(&check).with_code(0);
    let server = server.restarted(&["--sandbox", "--sandbox-listen", "127.0.0.1:0"]);
    assert_eq!(checks(&server)[0]["state"], "done", "{}", server.log());
}

#[test]
fn keys_are_checked_before_a_provider_is_made_of_them() {
    let home = tempfile::tempdir().unwrap();
    let server = Server::start(home, &["--sandbox", "--sandbox-listen", "127.0.0.1:0"], &[]);
    server.run(&["workspace", "create", "team-a"]).with_code(0);
    let make = [
        "aws",
        "bootstrap",
        "--yes",
        "--self-check",
        "--feature",
        "ec2",
    ];
    let names = ["--user-name", "lab", "--policy-name", "lab"];
    server.run(&[&make[..], &names].concat()).with_code(0);
    let check = [
        "provider",
        "check-keys",
        "-w",
        "team-a",
        "--from-profile",
        "lab",
    ];
    let ready = server.run(&[&check[..], &["--feature", "ec2"]].concat());
    assert!(
        ready.err.contains("AWS says: arn:aws:iam::"),
        "{}",
        ready.err
    );
    let ready = ready.with_code(0);
    assert!(ready.contains("ready: all"), "{ready}");
    let json = ["-o", "json", "--feature", "ec2", "--feature", "eks"];
    let lacks = server.run(&[&check[..], &json].concat());
    assert!(lacks.out.contains("eks:CreateCluster"), "{}", lacks.out);
    lacks.with_code(3);
    let unknown = server.run(&[
        "provider",
        "check-keys",
        "-w",
        "team-b",
        "--from-profile",
        "lab",
    ]);
    unknown.with_code(6);
    let none = server
        .run(&["-o", "json", "provider", "list", "-w", "team-a"])
        .json();
    assert_eq!(none["items"], serde_json::json!([]));
}
