use serde_json::{Value, json};

use super::*;

const TOKEN: &str = "canary-token-canary-token";

fn whole() -> Value {
    json!({
        "apiVersion": "v1", "kind": "Config", "current-context": "prod",
        "clusters": [
            { "name": "c1", "cluster": { "server": "https://c1.example:6443" } },
            { "name": "c2", "cluster": { "server": "https://c2.example:6443" } },
        ],
        "users": [
            { "name": "u1", "user": { "token": TOKEN } },
            { "name": "u2", "user": { "token": "another-token-of-another-user" } },
        ],
        "contexts": [
            { "name": "prod", "context": { "cluster": "c1", "user": "u1" } },
            { "name": "test", "context": { "cluster": "c2", "user": "u2" } },
        ],
    })
}

fn text(config: &Value) -> SecretString {
    SecretString::from(config.to_string())
}

/// The sentence that a kubeconfig is refused with, once `field` of the `part` that context
/// `prod` names is set.
fn refused(part: &str, field: &str, value: Value) -> String {
    let mut config = whole();
    let inner = if part == "clusters" {
        "cluster"
    } else {
        "user"
    };
    config[part][0][inner][field] = value;
    let fault = read(&text(&config), None).unwrap_err();
    assert_eq!(fault.field, "kubeconfig");
    assert!(!fault.message.contains(TOKEN));
    fault.message
}

#[test]
fn one_context_is_taken_and_the_rest_left() {
    let taken = read(&text(&whole()), None).unwrap();
    assert_eq!(
        (&*taken.context, &*taken.server),
        ("prod", "https://c1.example:6443")
    );
    let kept = taken.text.expose_secret();
    assert!(kept.contains(TOKEN) && !kept.contains("another-token"));
    assert!(!format!("{taken:?}").contains(TOKEN));
    let other = read(&text(&whole()), Some("test")).unwrap();
    assert_eq!(other.server, "https://c2.example:6443");
    // What was kept is read again whenever the cluster is reached.
    assert_eq!(read(&other.text, None).unwrap().context, "test");
}

#[test]
fn a_context_that_is_not_there_is_answered_with_those_that_are() {
    let fault = read(&text(&whole()), Some("staging")).unwrap_err();
    assert_eq!(fault.field, "context");
    assert!(
        fault.message.contains("`prod`, `test`"),
        "{}",
        fault.message
    );
}

#[test]
fn what_a_server_cannot_work_with_is_refused_by_the_name_of_its_field() {
    for (part, field, value) in [
        (
            "users",
            "exec",
            json!({ "command": "aws", "apiVersion": "client.authentication.k8s.io/v1" }),
        ),
        ("users", "auth-provider", json!({ "name": "gcp" })),
        ("users", "client-certificate", json!("/etc/shadow")),
        ("users", "client-key", json!("/etc/shadow")),
        ("users", "tokenFile", json!("/etc/shadow")),
        ("users", "username", json!("admin")),
        ("users", "password", json!(TOKEN)),
        ("users", "as", json!("system:admin")),
        ("users", "as-groups", json!(["system:masters"])),
        ("clusters", "certificate-authority", json!("/etc/shadow")),
        ("clusters", "insecure-skip-tls-verify", json!(true)),
        ("clusters", "proxy-url", json!("http://proxy.example")),
    ] {
        let message = refused(part, field, value);
        assert!(message.starts_with(&format!("`{field}` ")), "{message}");
    }
}

#[test]
fn a_server_is_named_by_https_and_without_a_password() {
    for server in [
        "http://c1.example",
        "c1.example",
        "https://",
        "https://ada:pw@c1.example",
        "",
    ] {
        let message = refused("clusters", "server", json!(server));
        assert!(
            message.contains("`https://`") && !message.contains("pw"),
            "{message}"
        );
    }
}

#[test]
fn who_proves_nothing_is_refused() {
    let mut config = whole();
    config["users"][0]["user"] = json!({});
    let fault = read(&text(&config), None).unwrap_err();
    assert!(
        fault.message.contains("neither `token`"),
        "{}",
        fault.message
    );
}

#[test]
fn what_is_no_kubeconfig_is_not_repeated() {
    for wrong in [
        TOKEN,
        "users: [",
        "clusters: 3\ntoken: canary-token-canary-token",
    ] {
        let fault = read(&SecretString::from(wrong), None).unwrap_err();
        assert!(!fault.message.contains("canary"), "{}", fault.message);
    }
}

#[test]
fn files_are_put_in_by_who_reads_files_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("ca.pem"), "authority").unwrap();
    std::fs::write(folder.path().join("key.pem"), "key").unwrap();
    let mut config = whole();
    config["clusters"][0]["cluster"]["certificate-authority"] = json!("ca.pem");
    config["users"][0]["user"] = json!({
        "client-certificate": folder.path().join("ca.pem"), "client-key": "key.pem",
    });
    let whole = inlined(&text(&config), None, folder.path()).unwrap();
    let kept: Value = serde_json::from_str(whole.expose_secret()).unwrap();
    let (cluster, user) = (&kept["clusters"][0]["cluster"], &kept["users"][0]["user"]);
    assert_eq!(cluster["certificate-authority-data"], "YXV0aG9yaXR5");
    assert_eq!(user["client-certificate-data"], "YXV0aG9yaXR5");
    assert_eq!(user["client-key-data"], "a2V5");
    assert!(read(&whole, None).is_ok());
    config["users"][0]["user"]["client-key"] = json!("gone.pem");
    let fault = inlined(&text(&config), None, folder.path()).unwrap_err();
    assert!(fault.message.contains("gone.pem"), "{}", fault.message);
}
