//! HCL, read by another parser and set in for its references.

use std::collections::BTreeMap;

use commissary_permissions::{Blueprint, Export, NodeRole, SELF_CHECK_POLICY};
use hcl::eval::{Context, Evaluate as _};
use hcl::{Expression, Map};
use serde_json::{Value, json};

use super::{ACCOUNT, blueprints, documents, self_check, two};

/// The arguments of each resource, by type and label.
type Resources = BTreeMap<(String, String), Map<String, Expression>>;

fn resources(text: &str) -> Resources {
    let body = hcl::parse(text).unwrap();
    let blocks = body
        .blocks()
        .filter(|block| block.identifier() == "resource");
    let mut resources = Resources::new();
    for block in blocks {
        let labels: Vec<&str> = block.labels().iter().map(|label| label.as_str()).collect();
        let [kind, label] = labels[..] else {
            panic!("{labels:?}")
        };
        let attributes = block.body().attributes();
        let attributes = attributes.map(|a| (a.key().to_owned(), a.expr().clone()));
        let before = resources.insert((kind.into(), label.into()), attributes.collect());
        assert!(before.is_none(), "{kind} {label} is there twice");
    }
    resources
}

/// What Terraform makes of an expression: `jsonencode` keeps its argument, references to what is
/// made become its name or ARN.
fn value(expression: &Expression) -> Value {
    if let Expression::FuncCall(call) = expression {
        assert_eq!(call.name.name.as_str(), "jsonencode");
        return value(&call.args[0]);
    }
    let mut context = Context::new();
    let account = hcl::value!({ "current" = { "account_id" = (ACCOUNT) } });
    context.declare_var("data", hcl::value!({ "aws_caller_identity" = (account) }));
    if let Expression::Traversal(_) = expression {
        return hcl::format::to_string(expression).unwrap().trim().into();
    }
    serde_json::to_value(expression.evaluate(&context).unwrap()).unwrap()
}

impl<'a> From<&'a Blueprint> for Wanted<'a> {
    fn from(blueprint: &'a Blueprint) -> Self {
        Self { blueprint }
    }
}

struct Wanted<'a> {
    blueprint: &'a Blueprint,
}

impl Wanted<'_> {
    fn tags(&self) -> Value {
        let tags = self.blueprint.tags.iter();
        tags.map(|tag| (tag.key.clone(), json!(tag.value)))
            .collect()
    }

    fn bounded(&self, mut arguments: Value) -> Value {
        arguments["tags"] = self.tags();
        if let Some(arn) = &self.blueprint.permissions_boundary {
            arguments["permissions_boundary"] = json!(arn);
        }
        arguments
    }
}

/// The resources of a type, each as what it says.
fn all(resources: &Resources, kind: &str) -> Vec<(String, Value)> {
    let of_kind = resources.iter().filter(|((known, _), _)| known == kind);
    let shown = of_kind.map(|((_, label), arguments)| {
        let arguments = arguments.iter();
        let shown = arguments.map(|(key, expression)| (key.clone(), value(expression)));
        (label.clone(), shown.collect())
    });
    shown.collect()
}

fn sorted(mut values: Vec<Value>) -> Vec<Value> {
    values.sort_by_key(Value::to_string);
    values
}

fn said(resources: &Resources, kind: &str) -> Vec<Value> {
    let all = all(resources, kind).into_iter();
    sorted(all.map(|(_, said)| said).collect())
}

#[test]
fn resources_are_what_a_blueprint_says() {
    for blueprint in blueprints() {
        let resources = resources(&Export::Terraform.write(&blueprint));
        let wanted = Wanted::from(&blueprint);
        let user = json!({"name": blueprint.user_name, "path": blueprint.path});
        assert_eq!(said(&resources, "aws_iam_user"), [wanted.bounded(user)]);
        let policies = blueprint.managed_policies().map(|policy| {
            json!({
                "name": policy.name, "description": policy.description,
                "policy": policy.document.as_json(), "tags": wanted.tags(),
            })
        });
        assert_eq!(
            said(&resources, "aws_iam_policy"),
            sorted(policies.collect())
        );
        let roles = blueprint.roles.iter().map(|role| {
            wanted.bounded(json!({
                "name": role.name, "description": role.description,
                "assume_role_policy": role.trust(),
            }))
        });
        assert_eq!(said(&resources, "aws_iam_role"), sorted(roles.collect()));
        let inline = blueprint.self_check.then(|| {
            json!({
                "name": SELF_CHECK_POLICY, "user": "aws_iam_user.user.name",
                "policy": self_check(&blueprint),
            })
        });
        let inline: Vec<Value> = inline.into_iter().collect();
        assert_eq!(said(&resources, "aws_iam_user_policy"), inline);
        attachments(&blueprint, &resources);
    }
}

/// The name that a label stands for.
fn reference(resources: &Resources, kind: &str, name: &str, what: &str) -> Value {
    let mut all = all(resources, kind).into_iter();
    let (label, _) = all.find(|(_, said)| said["name"] == name).unwrap();
    json!(format!("{kind}.{label}.{what}"))
}

fn attachments(blueprint: &Blueprint, resources: &Resources) {
    let arn = |name: &str| reference(resources, "aws_iam_policy", name, "arn");
    let role_name = |role: &NodeRole| reference(resources, "aws_iam_role", &role.name, "name");
    let of_user = blueprint
        .policies
        .iter()
        .map(|policy| json!({"user": "aws_iam_user.user.name", "policy_arn": arn(&policy.name)}));
    assert_eq!(
        said(resources, "aws_iam_user_policy_attachment"),
        sorted(of_user.collect())
    );
    let of_roles = blueprint.roles.iter().flat_map(|role| {
        let made = role.policies.iter().map(|name| arn(name));
        let arns = made.chain(role.aws_policies.iter().map(|arn| json!(arn)));
        arns.map(|arn| json!({"role": role_name(role), "policy_arn": arn}))
            .collect::<Vec<_>>()
    });
    assert_eq!(
        said(resources, "aws_iam_role_policy_attachment"),
        sorted(of_roles.collect())
    );
    let tags = Wanted::from(blueprint).tags();
    let profiles = blueprint.roles.iter().filter(|role| role.instance_profile);
    let profiles =
        profiles.map(|role| json!({"name": role.name, "role": role_name(role), "tags": tags}));
    assert_eq!(
        said(resources, "aws_iam_instance_profile"),
        sorted(profiles.collect())
    );
}

#[test]
fn policies_alone_carry_each_document() {
    let parts = two();
    let resources = resources(&Export::Terraform.write_policies("kommander-policy", &parts));
    let labels: Vec<&str> = resources.keys().map(|(_, label)| label.as_str()).collect();
    assert_eq!(
        labels,
        ["policy_kommander_policy_1", "policy_kommander_policy_2"]
    );
    let found = all(&resources, "aws_iam_policy").into_iter();
    let found: Vec<Value> = found.map(|(_, said)| said["policy"].clone()).collect();
    assert_eq!(found, documents(&parts));
}
