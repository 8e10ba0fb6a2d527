//! Terraform resources of the AWS provider, in HCL.

use std::fmt::Write as _;

use serde_json::Value;

use super::ACCOUNT;
use super::labels::Label;
use crate::blueprint::{Blueprint, ManagedPolicy, NodeRole, SELF_CHECK_POLICY};

const ABOUT_KEY: &str = "\
# No access key: Terraform would keep its secret in the state, for all who read that. Make it with
#   (umask 077; aws iam create-access-key --user-name=USER > access-key.json)
# Whoever wants it in the state all the same, adds
#   resource \"aws_iam_access_key\" \"key\" {
#     user = aws_iam_user.user.name
#   }
";

/// Knows the account, for ARNs that a resource cannot tell of itself.
const CALLER: &str = "data \"aws_caller_identity\" \"current\" {}\n";

pub(super) fn policies(policies: &[ManagedPolicy]) -> String {
    let blocks = policies.iter().map(|policy| {
        let label = Label::of_user_policy(&policy.name).snake();
        let block = managed_policy(&label, policy, None);
        format!("# {}\n{block}", policy.description)
    });
    blocks.collect::<Vec<_>>().join("\n")
}

pub(super) fn blueprint(blueprint: &Blueprint) -> String {
    let mut blocks = vec![user(blueprint)];
    for policy in &blueprint.policies {
        let label = Label::of_user_policy(&policy.name).snake();
        blocks.push(managed_policy(&label, policy, Some(blueprint)));
        blocks.push(resource(
            "aws_iam_user_policy_attachment",
            &label,
            &[
                ("user", "aws_iam_user.user.name".to_owned()),
                ("policy_arn", format!("aws_iam_policy.{label}.arn")),
            ],
        ));
    }
    if blueprint.self_check {
        blocks.push(CALLER.to_owned());
        blocks.push(self_check(blueprint));
    }
    for policy in &blueprint.role_policies {
        let label = Label::of_role_policy(&policy.name).snake();
        blocks.push(managed_policy(&label, policy, Some(blueprint)));
    }
    let roles = blueprint.roles.iter();
    blocks.extend(roles.flat_map(|role| self::role(blueprint, role)));
    let key = ABOUT_KEY.replace("USER", &blueprint.user_name);
    format!(
        "# An IAM user with what Cluster API needs, for the partition {}.\n#\n{key}\n{}",
        blueprint.partition,
        blocks.join("\n")
    )
}

fn user(blueprint: &Blueprint) -> String {
    let mut arguments = vec![
        ("name", string(&blueprint.user_name)),
        ("path", string(&blueprint.path)),
    ];
    arguments.extend(boundary(blueprint));
    arguments.push(("tags", tags(blueprint)));
    resource("aws_iam_user", "user", &arguments)
}

fn managed_policy(label: &str, policy: &ManagedPolicy, of: Option<&Blueprint>) -> String {
    let mut arguments = vec![
        ("name", string(&policy.name)),
        ("description", string(&policy.description)),
        ("policy", encoded(policy.document.as_json())),
    ];
    arguments.extend(of.map(|blueprint| ("tags", tags(blueprint))));
    resource("aws_iam_policy", label, &arguments)
}

fn self_check(blueprint: &Blueprint) -> String {
    let document = Blueprint::self_check_document(&blueprint.user_arn(ACCOUNT));
    let account = "${data.aws_caller_identity.current.account_id}";
    resource(
        "aws_iam_user_policy",
        "self_check",
        &[
            ("name", string(SELF_CHECK_POLICY)),
            ("user", "aws_iam_user.user.name".to_owned()),
            ("policy", encoded(&document).replace(ACCOUNT, account)),
        ],
    )
}

/// A role with its attachments and its instance profile.
fn role(blueprint: &Blueprint, role: &NodeRole) -> Vec<String> {
    let label = Label::of_role(&role.name).snake();
    let name = format!("aws_iam_role.{label}.name");
    let mut arguments = vec![
        ("name", string(&role.name)),
        ("description", string(&role.description)),
        ("assume_role_policy", encoded(&role.trust())),
    ];
    arguments.extend(boundary(blueprint));
    arguments.push(("tags", tags(blueprint)));
    let mut blocks = vec![resource("aws_iam_role", &label, &arguments)];
    for (index, arn) in arns(blueprint, role).into_iter().enumerate() {
        blocks.push(resource(
            "aws_iam_role_policy_attachment",
            &format!("{label}_{}", index + 1),
            &[("role", name.clone()), ("policy_arn", arn)],
        ));
    }
    if role.instance_profile {
        let profile = Label::of_profile(&role.name).snake();
        let arguments = [
            ("name", string(&role.name)),
            ("role", name),
            ("tags", tags(blueprint)),
        ];
        blocks.push(resource("aws_iam_instance_profile", &profile, &arguments));
    }
    blocks
}

/// The policies of a role: references to those that are made, ARNs of AWS's own.
fn arns(blueprint: &Blueprint, role: &NodeRole) -> Vec<String> {
    let has = |policy: &&ManagedPolicy| role.policies.contains(&policy.name);
    let of_user = blueprint.policies.iter().filter(has);
    let of_user = of_user.map(|policy| Label::of_user_policy(&policy.name));
    let of_roles = blueprint.role_policies.iter().filter(has);
    let of_roles = of_roles.map(|policy| Label::of_role_policy(&policy.name));
    let made = of_user.chain(of_roles);
    let made = made.map(|label| format!("aws_iam_policy.{}.arn", label.snake()));
    made.chain(role.aws_policies.iter().map(|arn| string(arn)))
        .collect()
}

fn boundary(blueprint: &Blueprint) -> Option<(&'static str, String)> {
    let arn = blueprint.permissions_boundary.as_ref()?;
    Some(("permissions_boundary", string(arn)))
}

fn tags(blueprint: &Blueprint) -> String {
    let mut text = "{\n".to_owned();
    for tag in &blueprint.tags {
        let _ = writeln!(text, "    {} = {}", string(&tag.key), string(&tag.value));
    }
    text.push_str("  }");
    text
}

fn resource(kind: &str, label: &str, arguments: &[(&str, String)]) -> String {
    let mut text = format!("resource \"{kind}\" \"{label}\" {{\n");
    for (name, value) in arguments {
        let _ = writeln!(text, "  {name} = {value}");
    }
    text.push_str("}\n");
    text
}

fn string(text: &str) -> String {
    to_the_letter(&Value::from(text).to_string())
}

/// JSON is an expression of Terraform's language, but for its templates.
fn encoded(document: &Value) -> String {
    let document = to_the_letter(&crate::document::pretty(document));
    format!("jsonencode({})", document.replace('\n', "\n  "))
}

/// Keeps what begins a template from beginning one: the sign is doubled. Signs of its kind before
/// it would make three of the two, and stand in an expression of their own (HCL Native Syntax
/// Specification, "Template Expressions").
fn to_the_letter(text: &str) -> String {
    let mut written = String::new();
    let mut signs = 0;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let next = rest.peek();
        match c {
            '$' | '%' if next == Some(&c) => signs += 1,
            '$' | '%' if next == Some(&'{') => {
                if signs > 0 {
                    let before: String = std::iter::repeat_n(c, signs).collect();
                    let _ = write!(written, "${{\"{before}\"}}");
                }
                written.extend([c, c]);
                signs = 0;
            }
            c => {
                written.extend(std::iter::repeat_n(c, signs + 1));
                signs = 0;
            }
        }
    }
    written
}
