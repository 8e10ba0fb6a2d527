//! A new key reaches where it was to go, or nothing is lost.

use std::net::TcpListener;

use crate::support::{Done, Server};

const BOOTSTRAP: [&str; 5] = [
    "aws",
    "bootstrap",
    "--yes",
    "--register",
    "team-a/Kommander",
];

#[test]
fn a_key_that_could_not_be_registered_is_taken_up_by_the_next_run() {
    let server = Server::with_sandbox();
    server.run(&["workspace", "create", "team-a"]).with_code(0);
    let closed = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let blind = Server::with_endpoint(&format!("http://{closed}"));
    blind.run(&["workspace", "create", "team-a"]).with_code(0);

    let mut first = server.elsewhere();
    first
        .args(["--server", &blind.base, "--token-file"])
        .arg(blind.data().join("admin.token"))
        .args(BOOTSTRAP);
    let failed = Done::of(first.output().unwrap());
    assert!(failed.err.contains("nothing is lost"), "{}", failed.err);
    failed.with_code(1);
    let pending = server
        .home
        .path()
        .join(".local/state/commissary/pending-keys");
    assert_eq!(std::fs::read_dir(&pending).unwrap().count(), 1);

    let again = server
        .run(&[&["-o", "json"], &BOOTSTRAP[..]].concat())
        .json();
    assert_eq!(again["handedTo"], "team-a/Kommander");
    assert_eq!(again["knownAccessKeys"].as_array().unwrap().len(), 1);
    assert_eq!(again["accessKeyId"], again["knownAccessKeys"][0]["id"]);
    assert_eq!(std::fs::read_dir(&pending).unwrap().count(), 0);
}

#[test]
fn what_cannot_be_registered_is_refused_before_anything_is_made() {
    let server = Server::with_sandbox();
    server.run(&["workspace", "create", "team-a"]).with_code(0);
    for target in [
        "team-a",
        "team-a/a b",
        "team-a/a/b",
        "Team A/x",
        "team-a/",
        "/x",
    ] {
        server
            .run(&["aws", "bootstrap", "--yes", "--register", target])
            .with_code(2);
    }
    server
        .run(&["aws", "bootstrap", "--yes", "--register", "nobody/x"])
        .with_code(6);
    let made = server
        .run(&[&["-o", "json"], &BOOTSTRAP[..]].concat())
        .json();
    assert_eq!(
        made["knownAccessKeys"].as_array().unwrap().len(),
        0,
        "the first key is this one"
    );
}

#[test]
fn a_place_that_holds_another_users_key_is_no_success() {
    let server = Server::with_sandbox();
    server.run(&["workspace", "create", "team-a"]).with_code(0);
    server.run(&BOOTSTRAP).with_code(0);
    let other = [
        "aws",
        "bootstrap",
        "--yes",
        "--user-name",
        "other",
        "--policy-name",
        "other-policy",
    ];
    server.run(&other).with_code(0);
    let refused = server.run(&[&other[..], &["--register", "team-a/Kommander"]].concat());
    assert!(refused.err.contains("of another user"), "{}", refused.err);
    refused.with_code(7);
    let file = server.home.path().join("elsewhere");
    server
        .run(&[&other[..], &["--credentials-file", file.to_str().unwrap()]].concat())
        .with_code(7);
    server.run(&other).with_code(0);
}

#[test]
fn a_proxy_of_the_environment_sees_nothing_that_goes_to_this_machine() {
    let server = Server::with_sandbox();
    let proxy = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", proxy.local_addr().unwrap());
    proxy.set_nonblocking(true).unwrap();
    for args in [&["workspace", "create", "team-a"][..], &BOOTSTRAP] {
        let mut command = server.command(args);
        command
            .env("http_proxy", &url)
            .env("HTTP_PROXY", &url)
            .env("ALL_PROXY", &url);
        Done::of(command.output().unwrap()).with_code(0);
    }
    assert!(proxy.accept().is_err(), "somebody asked the proxy");
}
