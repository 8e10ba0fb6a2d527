//! Scripts, run by a real shell with an `aws` that notes what it is asked and finds nothing.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use commissary_permissions::{Blueprint, Export, SELF_CHECK_POLICY};
use serde_json::{Value, json};

use super::{ACCOUNT, blueprints, documents, self_check, two};

/// Each call as its words, in quotes that no word has.
const AWS: &str = r#"#!/bin/sh
{ printf '%s\037' "$@"; printf '\036'; } >>"$CALLS"
case $2 in
get-caller-identity) echo "arn:$PARTITION:sts::123456789012:assumed-role/admin/somebody" ;;
get-instance-profile) case "$*" in *--query*) exit 0 ;; esac; echo NoSuchEntity >&2; exit 254 ;;
get-*) echo NoSuchEntity >&2; exit 254 ;;
list-access-keys) echo 0 ;;
create-policy) echo "arn:$PARTITION:iam::123456789012:policy/${3#--policy-name=}" ;;
create-access-key) echo '{}' ;;
esac
"#;

/// Runs a script in an account of a partition; the calls that change something, as words.
fn changes(script: &str, partition: &str) -> Vec<Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    let aws = folder.path().join("aws");
    fs::write(&aws, AWS).unwrap();
    fs::set_permissions(&aws, fs::Permissions::from_mode(0o755)).unwrap();
    let file = folder.path().join("script");
    fs::write(&file, script).unwrap();
    let calls = folder.path().join("calls");
    let path = format!(
        "{}:{}",
        folder.path().display(),
        std::env::var("PATH").unwrap()
    );
    let output = Command::new("sh")
        .arg(&file)
        .env("PATH", path)
        .env("CALLS", &calls)
        .env("PARTITION", partition)
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let calls = fs::read_to_string(calls).unwrap();
    let calls = calls.split_terminator('\u{1e}').map(|call| {
        let words = call.split_terminator('\u{1f}');
        words.map(ToOwned::to_owned).collect::<Vec<_>>()
    });
    let asks = ["get-", "list-", "wait"];
    calls
        .filter(|call| !asks.iter().any(|ask| call[1].starts_with(ask)))
        .collect()
}

/// The value of an option of a call.
fn option<'a>(call: &'a [String], name: &str) -> Option<&'a str> {
    let option = format!("--{name}=");
    call.iter()
        .find_map(|word| word.strip_prefix(option.as_str()))
}

/// The calls of an operation, each with these options.
fn asked<'a, const N: usize>(
    calls: &'a [Vec<String>],
    operation: &str,
    options: [&str; N],
) -> Vec<[&'a str; N]> {
    let calls = calls.iter().filter(|call| call[1] == operation);
    let values = calls.map(|call| options.map(|name| option(call, name).unwrap_or_default()));
    values.collect()
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn commands_make_what_a_blueprint_says() {
    for blueprint in blueprints() {
        let calls = changes(&Export::AwsCli.write(&blueprint), &blueprint.partition);
        let tags = blueprint.tags.iter();
        let tags: Value = tags
            .map(|tag| json!({"Key": tag.key, "Value": tag.value}))
            .collect();
        let boundary = blueprint
            .permissions_boundary
            .as_deref()
            .unwrap_or_default();
        let user = blueprint.user_name.as_str();

        let options = ["user-name", "path", "permissions-boundary", "tags"];
        let users = asked(&calls, "create-user", options);
        assert_eq!(
            users,
            [[user, &blueprint.path, boundary, &tags.to_string()]]
        );
        let options = ["policy-name", "description", "policy-document", "tags"];
        let made = asked(&calls, "create-policy", options);
        for (policy, made) in blueprint.managed_policies().zip(&made) {
            assert_eq!(made[..2], [&policy.name, &policy.description]);
            assert_eq!(parsed(made[2]), *policy.document.as_json());
            assert_eq!(parsed(made[3]), tags);
        }
        assert_eq!(made.len(), blueprint.managed_policies().count());
        let attached = asked(&calls, "attach-user-policy", ["user-name", "policy-arn"]);
        let policies = blueprint.policies.iter();
        let arns: Vec<String> = policies
            .map(|policy| blueprint.policy_arn(ACCOUNT, &policy.name))
            .collect();
        assert_eq!(
            attached,
            arns.iter().map(|arn| [user, arn]).collect::<Vec<_>>()
        );
        let options = ["user-name", "policy-name", "policy-document"];
        let inline = asked(&calls, "put-user-policy", options);
        assert_eq!(inline.len(), usize::from(blueprint.self_check));
        for put in inline {
            assert_eq!(put[..2], [user, SELF_CHECK_POLICY]);
            assert_eq!(parsed(put[2]), self_check(&blueprint));
        }
        roles(&blueprint, &calls, boundary, &tags);
        let last = calls.last().unwrap();
        assert_eq!(last[1], "create-access-key");
        assert_eq!(option(last, "user-name"), Some(user));
        assert_eq!(asked(&calls, "create-access-key", []).len(), 1);
    }
}

fn roles(blueprint: &Blueprint, calls: &[Vec<String>], boundary: &str, tags: &Value) {
    let options = [
        "role-name",
        "description",
        "assume-role-policy-document",
        "permissions-boundary",
        "tags",
    ];
    let made = asked(calls, "create-role", options);
    assert_eq!(made.len(), blueprint.roles.len());
    let mut attachments = Vec::new();
    let mut profiles = Vec::new();
    for (role, made) in blueprint.roles.iter().zip(&made) {
        let name = role.name.as_str();
        assert_eq!(
            [made[0], made[1], made[3]],
            [name, &role.description, boundary]
        );
        assert_eq!(parsed(made[2]), role.trust());
        assert_eq!(parsed(made[4]), *tags);
        let of_ours = role.policies.iter();
        let of_ours = of_ours.map(|policy| blueprint.policy_arn(ACCOUNT, policy));
        let arns = of_ours.chain(role.aws_policies.iter().cloned());
        attachments.extend(arns.map(|arn| [name.to_owned(), arn]));
        profiles.extend(role.instance_profile.then_some(name));
    }
    let mut found: Vec<[String; 2]> =
        asked(calls, "attach-role-policy", ["role-name", "policy-arn"])
            .into_iter()
            .map(|words| words.map(ToOwned::to_owned))
            .collect();
    found.sort();
    attachments.sort();
    assert_eq!(found, attachments);
    let options = ["instance-profile-name", "tags"];
    let made = asked(calls, "create-instance-profile", options);
    let tags = tags.to_string();
    let wanted: Vec<[&str; 2]> = profiles.iter().map(|name| [*name, tags.as_str()]).collect();
    assert_eq!(made, wanted);
    let options = ["instance-profile-name", "role-name"];
    let filled = asked(calls, "add-role-to-instance-profile", options);
    assert_eq!(
        filled,
        profiles
            .iter()
            .map(|name| [*name, *name])
            .collect::<Vec<_>>()
    );
}

#[test]
fn policies_alone_are_made_and_attached_to_nobody() {
    let parts = two();
    let calls = changes(&Export::AwsCli.write_policies("capa", &parts), "aws");
    let made = asked(&calls, "create-policy", ["policy-name", "policy-document"]);
    let names: Vec<&str> = made.iter().map(|[name, _]| *name).collect();
    assert_eq!(names, ["capa-1", "capa-2"]);
    let found: Vec<Value> = made.iter().map(|[_, document]| parsed(document)).collect();
    assert_eq!(found, documents(&parts));
    assert_eq!(calls.len(), 2, "{calls:?}");
}
