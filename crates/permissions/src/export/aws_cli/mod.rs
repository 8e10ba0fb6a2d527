//! A script of AWS CLI commands for a POSIX shell.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::ACCOUNT;
use crate::blueprint::{Blueprint, ManagedPolicy, NodeRole, SELF_CHECK_POLICY};

const START: &str = include_str!("start.sh");
const USER: &str = include_str!("user.sh");
const ROLES: &str = include_str!("roles.sh");
const KEY: &str = include_str!("key.sh");

const ABOUT_POLICIES: &str = "\
#!/bin/sh
# Makes managed policies with the AWS CLI. What is there already is left as it is.
";

const ABOUT_ALL: &str = "\
#!/bin/sh
# Makes an IAM user with what Cluster API needs, by the AWS CLI, with the credentials of somebody
# who may. What is there already is left as it is; a second run makes nothing twice.
#
# usage: sh SCRIPT [FILE]     FILE is where the access key goes
";

pub(super) fn policies(policies: &[ManagedPolicy]) -> String {
    let mut text = format!("{ABOUT_POLICIES}{START}");
    for policy in policies {
        let arguments = arguments(policy);
        let _ = write!(
            text,
            "\n# {}\nmake_policy {arguments}\n",
            policy.description
        );
    }
    text
}

pub(super) fn blueprint(blueprint: &Blueprint) -> String {
    let mut text = format!("{ABOUT_ALL}{START}{USER}");
    if !blueprint.roles.is_empty() {
        text.push_str(ROLES);
    }
    text.push_str(&settings(blueprint));
    for (index, policy) in blueprint.managed_policies().enumerate() {
        let arguments = arguments(policy);
        let _ = write!(
            text,
            "\n# {}\nmake_policy {arguments} \"$tags\"\npolicy_{}=$made\n",
            policy.description,
            index + 1
        );
    }
    text.push_str(&user(blueprint));
    for role in &blueprint.roles {
        text.push_str(&self::role(blueprint, role));
    }
    text.push_str(KEY);
    text
}

fn arguments(policy: &ManagedPolicy) -> String {
    let document = policy.document.to_compact();
    let words = [&policy.name, &policy.description, &document];
    words.map(|word| quoted(word)).join(" ")
}

fn settings(blueprint: &Blueprint) -> String {
    let partition = quoted(&blueprint.partition);
    let tags = blueprint.tags.iter();
    let tags: Vec<Value> = tags
        .map(|tag| json!({"Key": tag.key, "Value": tag.value}))
        .collect();
    let boundary = blueprint.permissions_boundary.as_deref();
    format!(
        "\n[ \"$partition\" = {partition} ] || fail \"this is for the partition\" {partition} \
         \"and the credentials are of $partition\"\n\n\
         user={}\npath={}\nboundary={}\ntags={}\n",
        quoted(&blueprint.user_name),
        quoted(&blueprint.path),
        quoted(boundary.unwrap_or_default()),
        quoted(&Value::from(tags).to_string()),
    )
}

/// The user, with its policies by the ARNs that AWS returned.
fn user(blueprint: &Blueprint) -> String {
    let mut text =
        "\n# The user, and its policies; to attach one again does no harm.\nmake_user\n".to_owned();
    for (index, _) in blueprint.policies.iter().enumerate() {
        let _ = writeln!(
            text,
            "aws iam attach-user-policy --user-name=\"$user\" --policy-arn=\"$policy_{}\"",
            index + 1
        );
    }
    if blueprint.self_check {
        let document = Blueprint::self_check_document(&blueprint.user_arn(ACCOUNT));
        let document = quoted(&document.to_string()).replace(ACCOUNT, "'\"$account\"'");
        let _ = write!(
            text,
            "\n# The user may find out its own rights.\n\
             aws iam put-user-policy --user-name=\"$user\" --policy-name={SELF_CHECK_POLICY} \\\n    \
             --policy-document={document}\n"
        );
    }
    text
}

fn role(blueprint: &Blueprint, role: &NodeRole) -> String {
    let name = quoted(&role.name);
    let description = quoted(&role.description);
    let trust = quoted(&role.trust().to_string());
    let mut text = format!(
        "\n# {}\nmake_role {name} {description} {trust}\n",
        role.description
    );
    for (index, policy) in blueprint.managed_policies().enumerate() {
        if role.policies.contains(&policy.name) {
            let _ = writeln!(text, "attach {name} \"$policy_{}\"", index + 1);
        }
    }
    for arn in &role.aws_policies {
        let _ = writeln!(text, "attach {name} {}", quoted(arn));
    }
    if role.instance_profile {
        let _ = writeln!(text, "make_profile {name}");
    }
    text
}

/// A word of the shell that stands for itself, whatever is in it.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}
