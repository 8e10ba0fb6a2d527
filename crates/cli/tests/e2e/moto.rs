//! The same flows against moto, which is not ours: wire formats and state.

use crate::support::{Done, Moto, Server, commissary, keys_of};

fn administrator(moto: &Moto, home: &std::path::Path, args: &[&str]) -> Done {
    let mut command = commissary(home);
    command
        .args(args)
        .env("AWS_ENDPOINT_URL", &moto.endpoint)
        .env("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
        .env(
            "AWS_SECRET_ACCESS_KEY",
            "0123456789abcdefghij0123456789abcdefghij",
        )
        .env("AWS_REGION", "us-east-1");
    Done::of(command.output().unwrap())
}

#[test]
fn the_page_from_user_to_provider() {
    let moto = Moto::start();
    let server = Server::with_endpoint(&moto.endpoint);
    let home = server.home.path();
    server.run(&["workspace", "create", "team-a"]).with_code(0);
    let register = [
        "--server",
        &server.base,
        "aws",
        "bootstrap",
        "--yes",
        "--register",
        "team-a/Kommander",
    ];
    administrator(&moto, home, &register).with_code(0);
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
    assert_eq!(shown["accountId"], "123456789012");
    assert!(
        shown["principalArn"]
            .as_str()
            .unwrap()
            .ends_with(":user/Kommander")
    );
    administrator(&moto, home, &register).with_code(0);
}

#[test]
fn policies_are_read_and_decided_where_nothing_simulates() {
    let moto = Moto::start();
    let home = tempfile::tempdir().unwrap();
    administrator(
        &moto,
        home.path(),
        &["aws", "bootstrap", "--yes", "--feature", "ec2"],
    )
    .with_code(0);
    keys_of(&home.path().join(".aws/credentials"), "Kommander");
    let mut check = commissary(home.path());
    check
        .args(["-o", "json", "aws", "check", "--profile", "Kommander"])
        .env("AWS_ENDPOINT_URL", &moto.endpoint);
    let checked = Done::of(check.output().unwrap());
    let report: serde_json::Value = serde_json::from_str(&checked.with_code(3)).unwrap();
    let denied = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|f| f["verdict"] == "denied");
    let denied: Vec<_> = denied
        .map(|finding| finding["action"].as_str().unwrap())
        .collect();
    assert!(denied.contains(&"eks:CreateCluster"), "{denied:?}");
    assert!(!denied.contains(&"ec2:RunInstances"), "{denied:?}");
}
