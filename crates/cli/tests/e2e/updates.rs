//! `commissary provider update` against the sandbox.

use std::path::Path;

use crate::support::{keys_of, run_with_input, with_poor_user};

const W: [&str; 2] = ["-w", "team-a"];

#[test]
fn keys_settings_and_name_of_a_provider_are_changed() {
    let server = with_poor_user();
    server.run(&["workspace", "create", "team-a"]).with_code(0);
    let update =
        |more: &[&str]| server.run(&[&["-o", "json", "provider", "update"], more, &W].concat());
    let add = ["provider", "add", "aws", "prod", "--from-profile", "poor"];
    server.run(&[&add[..], &W].concat()).with_code(0);

    let nothing = update(&["prod"]);
    assert!(nothing.err.contains("nothing to change"), "{}", nothing.err);
    nothing.with_code(2);
    update(&["none", "--region", "us-west-2"]).with_code(6);
    let asked = update(&["prod", "--keys"]);
    assert!(asked.err.contains("no terminal"), "{}", asked.err);
    asked.with_code(2);

    let narrowed = update(&["prod", "--feature", "ec2", "--region", "us-west-2"]).json();
    assert_eq!(narrowed["features"], serde_json::json!(["ec2"]));
    assert_eq!(narrowed["region"], "us-west-2");
    let renamed = update(&["prod", "--rename", "staging"]).json();
    assert_eq!(renamed["name"], "staging");

    let admin = update(&["staging", "--from-profile", "sandbox-admin"]).json();
    assert_ne!(admin["principalArn"], narrowed["principalArn"]);

    // The secret of another key is refused, and nothing is changed.
    let env = std::fs::read_to_string(server.data().join("sandbox/env")).unwrap();
    let named = env.split("AWS_SHARED_CREDENTIALS_FILE='").nth(1).unwrap();
    let credentials = Path::new(named.split('\'').next().unwrap());
    let (id, secret) = keys_of(credentials, "poor");
    let with_secret = [
        "provider",
        "update",
        "staging",
        "--access-key-id",
        id.as_str(),
    ];
    let with_secret = [&with_secret[..], &["--secret-key-file", "-"], &W].concat();
    let wrong = secret.to_lowercase();
    let refused = run_with_input(&mut server.command(&with_secret), &wrong);
    assert!(
        refused.err.contains("secret key does not belong to it"),
        "{}",
        refused.err
    );
    refused.with_code(1);
    run_with_input(&mut server.command(&with_secret), &secret).with_code(0);
    let show = ["-o", "json", "provider", "show", "staging"];
    let shown = server.run(&[&show[..], &W].concat()).json();
    assert_eq!(shown["accessKeyId"], id.as_str());
    assert_eq!(shown["principalArn"], narrowed["principalArn"]);
}
