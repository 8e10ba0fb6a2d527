//! A server that runs inside the cluster, as the service account of the manifest.

use super::world::{NO_AWS, add_unasked, deliveries, has_arrived, set_namespaces};
use crate::kubernetes::{Cluster, Served, Things, until};
use crate::support::Server;

/// Has what the cluster gives to what runs in it: where the API server is, its authority, a token.
#[tokio::test(flavor = "multi_thread")]
async fn the_service_account_of_the_manifest_delivers_from_inside() {
    let cluster = Cluster::with_capa(Served::V1beta2).await;
    let there = Things::of(&cluster, "v1beta2").await;
    let token = cluster.service_account().await;
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("serviceaccount");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("token"), &token).unwrap();
    let authority = cluster.certificates().join("apiserver.crt");
    std::fs::copy(authority, folder.join("ca.crt")).unwrap();
    let port = cluster.port().to_string();
    let given = [
        ("AWS_ENDPOINT_URL", NO_AWS),
        ("KUBERNETES_SERVICE_HOST", "127.0.0.1"),
        ("KUBERNETES_SERVICE_PORT", &port),
    ];
    let args = ["--service-account-dir", folder.to_str().unwrap()];
    let server = Server::start(home, &args, &given);

    let add = [
        "-o",
        "json",
        "management-cluster",
        "add",
        "here",
        "--in-cluster",
    ];
    let added = server.run(&add).json();
    assert_eq!(added["status"], "ready", "{added}");
    server.run(&["workspace", "create", "team-a"]).with_code(0);
    set_namespaces(&server, "team-a", "here", &["default"]);
    add_unasked(&server, "team-a", "prod");
    until("it is delivered", async || {
        deliveries(&server, "team-a", "prod")
            .iter()
            .all(has_arrived)
    })
    .await;
    let secret = there.secret("team-a-prod").await.unwrap();
    assert_eq!(secret["metadata"]["namespace"], "capa-system");
    assert!(!server.log().contains(&token), "a token was told");

    // Files that are not there are told as what is missing.
    std::fs::remove_file(folder.join("token")).unwrap();
    let check = server.run(&["-o", "json", "management-cluster", "check", "here"]);
    let found = check.with_code(3);
    assert!(
        found.contains("does not run inside a Kubernetes cluster"),
        "{found}"
    );
}
