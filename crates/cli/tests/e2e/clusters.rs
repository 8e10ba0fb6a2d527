//! `commissary management-cluster` and `workspace namespaces`, against a real API server where one
//! is asked.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::kubernetes::{Cluster, STRANGER, Served};
use crate::support::{Done, Server, run_with_input};

/// A kubeconfig of a cluster that nobody has.
const NOWHERE: &str = r#"
contexts: [{name: nowhere, context: {cluster: nowhere, user: nowhere}}]
clusters: [{name: nowhere, cluster: {server: "https://127.0.0.1:1"}}]
users: [{name: nowhere, user: {token: canary-token-of-nowhere}}]
current-context: nowhere
"#;

fn add(server: &Server, name: &str, kubeconfig: &str, more: &[&str]) -> Done {
    let args = ["-o", "json", "management-cluster", "add", name];
    let args = [&args[..], &["--kubeconfig", "-"], more].concat();
    run_with_input(&mut server.command(&args), kubeconfig)
}

fn file(server: &Server, name: &str, text: &str) -> PathBuf {
    let path = server.home.path().join(name);
    std::fs::write(&path, text).unwrap();
    path
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_is_named_and_the_printed_manifest_grants_it() {
    let cluster = Cluster::with_capa(Served::V1beta2).await;
    let server = Server::with_sandbox();
    let added = add(&server, "capi", &cluster.kubeconfig_text(STRANGER), &[]);
    for right in [
        "the right to create secrets in the namespace `capa-system` is missing",
        "the right to patch awsclusterstaticidentities.infrastructure.cluster.x-k8s.io is missing",
    ] {
        assert!(added.err.contains(right), "{}", added.err);
    }
    let added = added.json();
    assert_eq!(added["status"], "notReady");
    assert_eq!(added["lastCheck"]["findings"].as_array().unwrap().len(), 17);
    server
        .run(&["management-cluster", "check", "capi"])
        .with_code(3);

    let rbac = server.run(&["-o", "json", "management-cluster", "rbac"]);
    let namespace = crate::kubernetes::capa_system();
    assert_eq!(rbac.json(), commissary_kubernetes::rbac(&namespace));
    let token = cluster.service_account().await;
    let kubeconfig = file(&server, "capi.yaml", &cluster.kubeconfig_text(&token));
    let update = ["-o", "json", "management-cluster", "update", "capi"];
    let kubeconfig = ["--kubeconfig", kubeconfig.to_str().unwrap()];
    let updated = server.run(&[&update[..], &kubeconfig].concat()).json();
    assert_eq!(
        (&updated["status"], &updated["notices"]),
        (&json!("ready"), &json!([]))
    );
    for kind in updated["lastCheck"]["kinds"].as_array().unwrap() {
        assert_eq!(kind["versions"], json!(["v1beta2"]));
    }
    let checked = server.run(&["management-cluster", "check", "capi"]);
    let shown = checked.with_code(0);
    assert!(
        shown.contains("ready") && shown.contains("AWSCluster v1beta2"),
        "{shown}"
    );

    let log = server.run(&["-o", "json", "audit", "list"]).with_code(0);
    for action in ["add", "check", "update"] {
        assert!(
            log.contains(&format!("managementCluster.{action}")),
            "{log}"
        );
    }
    let said = [shown, log, server.log(), updated.to_string()].concat();
    for secret in [STRANGER, &token] {
        assert!(!said.contains(secret), "a token was told");
    }
}

#[test]
fn a_cluster_that_lets_nobody_in_is_saved_only_unasked() {
    let server = Server::with_sandbox();
    let refused = add(&server, "capi", NOWHERE, &[]);
    assert!(
        refused.err.contains("nothing listens there"),
        "{}",
        refused.err
    );
    refused.with_code(1);
    server
        .run(&["management-cluster", "show", "capi"])
        .with_code(6);
    let added = add(&server, "capi", NOWHERE, &["--verify-later"]);
    assert!(
        added.err.contains("saved without asking the cluster"),
        "{}",
        added.err
    );
    assert_eq!(added.json()["connection"]["server"], "https://127.0.0.1:1");
    add(&server, "capi", NOWHERE, &["--verify-later"]).with_code(7);
    let checked = server.run(&["-o", "json", "management-cluster", "check", "capi"]);
    let found: Value = serde_json::from_str(&checked.with_code(3)).unwrap();
    assert_eq!(found["lastCheck"]["findings"][0]["code"], "unreachable");
    let listed = server.run(&["management-cluster", "list"]).with_code(0);
    assert!(
        listed.contains("capi") && listed.contains("1 finding"),
        "{listed}"
    );
    assert!(!server.log().contains("canary"), "{}", server.log());

    let renamed = ["management-cluster", "update", "capi", "--rename", "eu"];
    server.run(&renamed).with_code(0);
    let delete = ["management-cluster", "delete", "eu"];
    server.run(&delete).with_code(2);
    server
        .run(&[&delete[..], &["--confirm", "capi"]].concat())
        .with_code(1);
    server
        .run(&[&delete[..], &["--confirm", "eu"]].concat())
        .with_code(0);
    server.run(&delete).with_code(6);
}

#[test]
fn what_is_no_way_to_a_cluster_is_told_before_anything_is_sent() {
    let server = Server::with_sandbox();
    let program = NOWHERE.replace("token: canary-token-of-nowhere", "exec: {command: canary}");
    for (text, args, said, code) in [
        ("", vec![], "no current context", 1),
        ("kind: [", vec![], "this is not a kubeconfig", 1),
        (
            NOWHERE,
            vec!["--context", "other"],
            "no context `other`; name one of `nowhere`",
            1,
        ),
        (&program, vec![], "a server runs no program", 1),
    ] {
        let refused = add(&server, "capi", text, &args);
        assert!(refused.err.contains(said), "{}", refused.err);
        refused.with_code(code);
    }
    for (args, said, code) in [
        (vec![], "how is the cluster reached?", 2),
        (
            vec!["--in-cluster"],
            "does not run inside a Kubernetes cluster",
            1,
        ),
        (vec!["--kubeconfig", "/nowhere/at/all"], "cannot be read", 1),
    ] {
        let args = [&["management-cluster", "add", "capi"][..], &args].concat();
        let refused = server.run(&args);
        assert!(refused.err.contains(said), "{}", refused.err);
        refused.with_code(code);
    }
}

#[test]
fn a_kubeconfig_brings_the_files_that_it_names_along() {
    let server = Server::with_sandbox();
    let folder = server.home.path().join("kube");
    std::fs::create_dir(&folder).unwrap();
    for (name, text) in [("client.crt", "certificate"), ("client.key", "canary-key")] {
        std::fs::write(folder.join(name), text).unwrap();
    }
    let by_files = NOWHERE.replace(
        "token: canary-token-of-nowhere",
        "client-certificate: client.crt, client-key: client.key",
    );
    std::fs::write(folder.join("config"), by_files).unwrap();
    let add = ["management-cluster", "add", "capi", "--verify-later"];
    let config = folder.join("config");
    let kubeconfig = ["--kubeconfig", config.to_str().unwrap()];
    server.run(&[&add[..], &kubeconfig].concat()).with_code(0);
}

#[test]
fn a_provider_is_exported_for_a_repository_without_its_secret() {
    let server = Server::with_sandbox();
    server.run(&["workspace", "create", "team-a"]).with_code(0);
    let inside = ["--in-cluster", "--verify-later"];
    let add = [
        "management-cluster",
        "add",
        "capi",
        "--capa-namespace",
        "capa",
    ];
    server.run(&[&add[..], &inside].concat()).with_code(0);
    let set = ["workspace", "namespaces", "set", "team-a", "capi", "b", "a"];
    server.run(&set).with_code(0);
    let secret = "canary-of-the-export-with-40-characters-";
    let key = [
        "--access-key-id",
        "AKIAIOSFODNN7EXAMPLE",
        "--secret-key-file",
        "-",
    ];
    let add = [
        "provider",
        "add",
        "aws",
        "prod",
        "-w",
        "team-a",
        "--verify-later",
    ];
    let mut added = server.command(&[&add[..], &key].concat());
    run_with_input(&mut added, secret).with_code(0);

    let export = ["provider", "export", "prod", "-w", "team-a"];
    let text = server.run(&[&export[..], &["--format", "kubernetes"]].concat());
    let text = text.with_code(0);
    assert!(
        text.contains("#   AccessKeyID: AKIAIOSFODNN7EXAMPLE\n"),
        "{text}"
    );
    assert!(!text.contains(secret), "{text}");
    let json = server.run(&[&["-o", "json"][..], &export].concat()).json();
    assert_eq!(json["items"].as_array().unwrap().len(), 1);
    let identity = &json["items"][0];
    assert_eq!(identity["kind"], "AWSClusterStaticIdentity");
    assert_eq!(
        identity["spec"]["allowedNamespaces"],
        json!({"list": ["a", "b"]})
    );
    let other = ["--namespace", "c", "--api-version", "v1beta1"];
    let other = server.run(&[&export[..], &other].concat()).with_code(0);
    assert!(
        other.contains("v1beta1") && other.contains("    - c\n"),
        "{other}"
    );
    let nowhere = server.run(&[&export[..], &["--management-cluster", "eu"]].concat());
    assert!(
        nowhere
            .err
            .contains("no namespaces in a management cluster `eu`"),
        "{}",
        nowhere.err
    );
    nowhere.with_code(7);
}

#[test]
fn a_namespace_belongs_to_one_workspace() {
    let server = Server::with_sandbox();
    for args in [
        &["workspace", "create", "team-a"][..],
        &["workspace", "create", "team-b"],
        &[
            "management-cluster",
            "add",
            "capi",
            "--in-cluster",
            "--verify-later",
        ],
    ] {
        server.run(args).with_code(0);
    }
    let set = |workspace: &str, names: &[&str]| {
        let args = ["workspace", "namespaces", "set", workspace, "capi"];
        server.run(&[&args[..], names].concat())
    };
    let said = set("team-a", &["staging", "prod"]).with_code(0);
    assert!(said.contains("has prod, staging in `capi` now"), "{said}");
    let refused = set("team-b", &["dev", "prod"]);
    assert!(
        refused.err.contains("`prod` is of `team-a`"),
        "{}",
        refused.err
    );
    refused.with_code(7);
    set("team-b", &["Dev"]).with_code(1);
    set("team-b", &[]).with_code(2);
    let show = ["-o", "json", "workspace", "namespaces", "show", "team-a"];
    let expected = json!([{"managementCluster": "capi", "namespaces": ["prod", "staging"]}]);
    assert_eq!(server.run(&show).json()["items"], expected);

    let refused = server.run(&["workspace", "delete", "team-a"]);
    let why = "still has the namespaces `prod`, `staging` in the management cluster `capi`";
    assert!(refused.err.contains(why), "{}", refused.err);
    refused.with_code(7);
    set("team-a", &["--none"]).with_code(0);
    server.run(&["workspace", "delete", "team-a"]).with_code(0);
    set("team-b", &["prod"]).with_code(0);
}
