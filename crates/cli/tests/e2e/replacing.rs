//! The key of a provider is replaced in its place: the new one is there before the old one goes.

use crate::support::{AwsCli, Killer, Moment, Server};

const REGISTER: [&str; 5] = [
    "aws",
    "bootstrap",
    "--yes",
    "--register",
    "team-a/Kommander",
];

fn replacing(id: &str) -> [&str; 7] {
    let [a, b, c, d, e] = REGISTER;
    [a, b, c, d, e, "--replace-key", id]
}

fn with_provider() -> Server {
    let server = Server::with_sandbox();
    server.run(&["workspace", "create", "team-a"]).with_code(0);
    server.run(&REGISTER).with_code(0);
    server
}

/// The key of the provider, which AWS takes and which is the only one that the user has.
#[track_caller]
fn only_key(server: &Server) -> String {
    let show = [
        "-o",
        "json",
        "provider",
        "show",
        "Kommander",
        "-w",
        "team-a",
    ];
    let held = server.run(&show).json()["accessKeyId"].clone();
    let cli = AwsCli::beside(server);
    let listed = cli.json(&["iam", "list-access-keys", "--user-name", "Kommander"]);
    let keys = listed["AccessKeyMetadata"].as_array().unwrap();
    let ids: Vec<_> = keys.iter().map(|key| &key["AccessKeyId"]).collect();
    assert_eq!(ids, [&held]);
    let check = ["provider", "check", "Kommander", "-w", "team-a"];
    server.run(&check).with_code(0);
    let pending = ".local/state/commissary/pending-keys";
    let pending = std::fs::read_dir(server.home.path().join(pending)).unwrap();
    assert_eq!(pending.count(), 0);
    held.as_str().unwrap().to_owned()
}

#[test]
fn the_key_of_a_provider_is_replaced_in_its_place() {
    let server = with_provider();
    let old = only_key(&server);
    let narrowed = [
        "provider",
        "update",
        "Kommander",
        "-w",
        "team-a",
        "--feature",
        "ec2",
    ];
    server.run(&narrowed).with_code(0);
    let plan = [
        "aws",
        "bootstrap",
        "--plan",
        "--register",
        "team-a/Kommander",
    ];
    let plan = server.run(&[&plan[..], &["--replace-key", &old]].concat());
    let plan = plan.with_code(0);
    assert!(
        plan.contains("stays until the new one is in its place"),
        "{plan}"
    );
    assert_eq!(only_key(&server), old);

    let done = server.run(&[&["-o", "json"], &replacing(&old)[..]].concat());
    let done = done.json();
    let new = only_key(&server);
    assert_eq!(done["accessKeyId"], new.as_str());
    assert_eq!(done["knownAccessKeys"].as_array().unwrap().len(), 0);
    assert_ne!(new, old);
    // All else of the provider stays.
    let show = [
        "-o",
        "json",
        "provider",
        "show",
        "Kommander",
        "-w",
        "team-a",
    ];
    assert_eq!(
        server.run(&show).json()["features"],
        serde_json::json!(["ec2"])
    );
    // What is gone cannot be replaced again.
    server.run(&replacing(&old)).with_code(1);
    assert_eq!(only_key(&server), new);

    // A second key that the provider does not hold is in the way, and nothing is lost.
    let cli = AwsCli::beside(&server);
    let second = cli.json(&["iam", "create-access-key", "--user-name", "Kommander"]);
    let second = second["AccessKey"]["AccessKeyId"]
        .as_str()
        .unwrap()
        .to_owned();
    let full = server.run(&replacing(&new));
    assert!(
        full.err.contains("delete the other one first"),
        "{}",
        full.err
    );
    full.with_code(1);
    let lost = server.run(&replacing(&second));
    assert!(lost.err.contains("would be lost"), "{}", lost.err);
    lost.with_code(7);
}

#[test]
fn killed_at_any_call_a_replacement_goes_on() {
    let server = with_provider();
    let mut present = only_key(&server);
    let config = std::fs::read_to_string(server.data().join("sandbox/aws/config")).unwrap();
    let endpoint = config.split("endpoint_url = ").nth(1).unwrap();
    let killer = Killer::before(endpoint.lines().next().unwrap());
    for moment in [Moment::Before, Moment::After, Moment::Answered] {
        // The new key is made, the old one is deleted.
        for call in 1..=2 {
            let mut first = server.command(&replacing(&present));
            first.env("AWS_ENDPOINT_URL", &killer.endpoint);
            let (calls, ended) = killer.run(&mut first, Some((call, moment)));
            assert_eq!(calls, call, "{moment:?}");
            assert!(ended.is_none(), "{moment:?} {call}");
            let again = server.run(&replacing(&present));
            // It may have come to its end before it was killed; then that key is known no more.
            if !(again.code == 1 && again.err.contains("has no access key")) {
                again.with_code(0);
            }
            let new = only_key(&server);
            assert_ne!(new, present, "{moment:?} {call}");
            present = new;
        }
    }
    let mut undisturbed = server.command(&replacing(&present));
    undisturbed.env("AWS_ENDPOINT_URL", &killer.endpoint);
    let (calls, ended) = killer.run(&mut undisturbed, None);
    assert_eq!((calls, ended.unwrap().success()), (2, true));
    only_key(&server);
}
