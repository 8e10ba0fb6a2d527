//! Sealing certificates, and `provider export --sealed`. What the cluster's controller makes of it
//! is in the tests of the server.

use serde_json::{Value, json};

use crate::support::{Done, SEALING_CERTIFICATE, Server, run_with_input};

const SECRET: &str = "canary-of-the-sealed-export-characters40";
const KEY: &str = "AKIAIOSFODNN7EXAMPLE";

/// A server with a provider in `team-a`, which has a namespace in the management cluster `capi`.
fn with_provider() -> Server {
    let server = Server::with_sandbox();
    for line in [
        "workspace create team-a",
        "management-cluster add capi --capa-namespace capa --in-cluster --verify-later",
        "workspace namespaces set team-a capi a",
    ] {
        run(&server, line).with_code(0);
    }
    let add = "provider add aws prod -w team-a --verify-later --secret-key-file - --access-key-id";
    let mut args: Vec<&str> = add.split(' ').collect();
    args.push(KEY);
    run_with_input(&mut server.command(&args), SECRET).with_code(0);
    server
}

fn run(server: &Server, line: &str) -> Done {
    server.run(&line.split(' ').collect::<Vec<_>>())
}

/// A failure with its code that says so.
fn refused(done: Done, code: i32, said: &str) {
    assert!(done.err.contains(said), "{said}: {}", done.err);
    done.with_code(code);
}

#[test]
fn a_provider_is_exported_sealed_for_the_cluster_that_has_a_certificate() {
    let server = with_provider();
    let export = "provider export prod -w team-a --sealed";
    let without = run(&server, export);
    refused(
        without,
        7,
        "management-cluster update capi --sealing-certificate -",
    );

    let pem = std::fs::read_to_string(SEALING_CERTIFICATE).unwrap();
    let update = ["-o", "json", "management-cluster", "update", "capi"];
    let update = [&update[..], &["--sealing-certificate", "-"]].concat();
    let updated = run_with_input(&mut server.command(&update), &pem).json();
    let fingerprint = updated["sealingCertificate"]["fingerprint"]
        .as_str()
        .unwrap();
    let shown = run(&server, "management-cluster show capi").with_code(0);
    assert!(shown.contains(fingerprint), "{shown}");

    let text = run(&server, export).with_code(0);
    assert!(text.contains("kind: SealedSecret\n"), "{text}");
    assert!(text.contains("kind: AWSClusterStaticIdentity\n"), "{text}");
    assert!(!text.contains(SECRET) && !text.contains(KEY), "{text}");
    let named = format!("-o json {export} --management-cluster capi --identity-name other");
    let named = run(&server, &named).json();
    let metadata = &named["items"][0]["spec"]["template"]["metadata"];
    assert_eq!(
        (&metadata["name"], &metadata["namespace"]),
        (&json!("other"), &json!("capa"))
    );
    let log = run(&server, "-o json audit list --action provider.exportSealed").with_code(0);
    let log: Value = serde_json::from_str(&log).unwrap();
    assert_eq!(log["items"].as_array().unwrap().len(), 2, "{log}");

    let away = "management-cluster update capi --no-sealing-certificate";
    run(&server, away).with_code(0);
    refused(run(&server, export), 7, "has no sealing certificate");
    assert!(!server.log().contains(SECRET));
}

#[test]
fn what_cannot_be_is_told_before_anything_is_sent() {
    let server = with_provider();
    let file = server.home.path().join("private.pem");
    let key = rcgen::KeyPair::generate().unwrap().serialize_pem();
    std::fs::write(&file, key).unwrap();
    let update = "management-cluster update capi --sealing-certificate";
    let private = run(&server, &format!("{update} {}", file.display()));
    refused(private, 1, "there is a private key in this");
    let nowhere = run(&server, &format!("{update} /nowhere/at/all"));
    refused(nowhere, 1, "cannot be read");
    let both = run(&server, &format!("{update} - --kubeconfig -"));
    refused(both, 2, "not both");
    let both = run(&server, &format!("{update} - --no-sealing-certificate"));
    refused(both, 2, "--no-sealing-certificate");
    for other in ["--namespace a", "--capa-namespace a"] {
        let line = format!("provider export prod -w team-a --sealed {other}");
        refused(run(&server, &line), 2, "--sealed");
    }
}
