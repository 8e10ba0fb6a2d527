//! What `serve` and `doctor` say about a provider.

use super::person;
use crate::support::{Done, IdentityProvider, Server, commissary};

#[test]
fn what_cannot_be_meant_is_refused_before_anything_starts() {
    let home = tempfile::tempdir().unwrap();
    let refused = |args: &[&str]| {
        let mut command = commissary(home.path());
        command.arg("serve");
        if !args.contains(&"--listen") {
            command.args(["--listen", "127.0.0.1:0"]);
        }
        command.arg("--data-dir").arg(home.path().join("data"));
        command.args(args);
        let done = Done::of(command.output().unwrap());
        assert_ne!(done.code, 0, "{args:?}");
        done.err
    };
    let issuer = ["--oidc-issuer", "https://sso.example.com"];
    let client = ["--oidc-client-id", "commissary"];
    for (args, told) in [
        (issuer.to_vec(), "--oidc-client-id"),
        (
            vec![
                "--oidc-issuer",
                "http://sso.example.com",
                client[0],
                client[1],
            ],
            "clear text",
        ),
        (
            vec!["--oidc-issuer", "sso", client[0], client[1]],
            "no address",
        ),
        (
            [&issuer[..], &client, &["--oidc-role", "readers=viewer"]].concat(),
            "needs a workspace",
        ),
        (
            [
                &issuer[..],
                &client,
                &["--public-url", "https://a.example/b"],
            ]
            .concat(),
            "no path",
        ),
        (
            [
                &issuer[..],
                &client,
                &["--oidc-client-secret-file", "/nowhere"],
            ]
            .concat(),
            "/nowhere",
        ),
        (
            [
                &issuer[..],
                &client,
                &["--listen", "0.0.0.0:0", "--allow-clear-text"],
            ]
            .concat(),
            "--public-url",
        ),
    ] {
        let said = refused(&args);
        assert!(said.contains(told), "{args:?}: {said}");
    }
}

#[test]
fn the_doctor_looks_at_the_provider() {
    let provider = IdentityProvider::start(&person("ada", &[]));
    let server = Server::with_sandbox();
    let data = server.data();
    let seen = |issuer: &str| {
        let mut command = server.elsewhere();
        command.args([
            "doctor",
            "-o",
            "json",
            "--oidc-issuer",
            issuer,
            "--data-dir",
        ]);
        let done = Done::of(command.arg(&data).output().unwrap());
        let value: serde_json::Value = serde_json::from_str(&done.out).unwrap();
        let findings = value["findings"].as_array().unwrap().iter();
        let mut of_provider = findings.filter(|found| found["check"] == "identity provider");
        of_provider.next().unwrap().clone()
    };
    let found = seen(&provider.issuer);
    assert_eq!(found["state"], "ok", "{found}");
    // An issuer is compared to the letter.
    let found = seen(&format!("{}/", provider.issuer));
    assert_eq!(found["state"], "broken", "{found}");
    assert!(
        found["said"].as_str().unwrap().contains("another name"),
        "{found}"
    );
    let issuer = provider.stopped().issuer();
    let found = seen(&issuer);
    assert_eq!(found["state"], "broken", "{found}");
    assert!(
        found["said"].as_str().unwrap().contains("cannot be asked"),
        "{found}"
    );
}
