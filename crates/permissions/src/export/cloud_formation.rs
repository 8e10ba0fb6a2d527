//! A CloudFormation template (CloudFormation Template Reference, resource types `AWS::IAM`).

use serde_json::{Map, Value, json};

use super::ACCOUNT;
use super::labels::Label;
use crate::blueprint::{Blueprint, ManagedPolicy, NodeRole, SELF_CHECK_POLICY};

pub(super) fn policies(policies: &[ManagedPolicy]) -> String {
    let resources = policies.iter().map(|policy| {
        let id = Label::of_user_policy(&policy.name).camel();
        (id, managed_policy(policy, Map::new()))
    });
    let resources: Map<String, Value> = resources.collect();
    let outputs = arns(resources.keys());
    template(
        "Managed policies for Cluster API. Needs the capability CAPABILITY_NAMED_IAM.",
        resources,
        outputs,
    )
}

/// CloudFormation cannot tag managed policies and instance profiles; they are known by their stack.
pub(super) fn blueprint(blueprint: &Blueprint) -> String {
    let mut resources = Map::new();
    resources.insert("User".to_owned(), user(blueprint));
    for policy in &blueprint.policies {
        let id = Label::of_user_policy(&policy.name).camel();
        resources.insert(id, attached(blueprint, policy, true));
    }
    if blueprint.self_check {
        resources.insert("SelfCheck".to_owned(), self_check(blueprint));
    }
    for policy in &blueprint.role_policies {
        let id = Label::of_role_policy(&policy.name).camel();
        resources.insert(id, attached(blueprint, policy, false));
    }
    for role in &blueprint.roles {
        let id = Label::of_role(&role.name).camel();
        if role.instance_profile {
            let profile = Label::of_profile(&role.name).camel();
            resources.insert(profile, instance_profile(role, &id));
        }
        resources.insert(id, self::role(blueprint, role));
    }
    let of_user = blueprint.policies.iter();
    let of_user: Vec<String> = of_user
        .map(|policy| Label::of_user_policy(&policy.name).camel())
        .collect();
    let mut outputs = arns(of_user.iter());
    outputs.insert(
        "UserArn".to_owned(),
        json!({"Value": {"Fn::GetAtt": ["User", "Arn"]}}),
    );
    outputs.insert("AccessKeyCommand".to_owned(), key_command(blueprint));
    let description = format!(
        "An IAM user with what Cluster API needs, for the partition {}. Needs the capability \
         CAPABILITY_NAMED_IAM. It makes no access key, whose secret a stack would keep: the \
         output AccessKeyCommand tells how.",
        blueprint.partition
    );
    template(&description, resources, outputs)
}

fn template(
    description: &str,
    resources: Map<String, Value>,
    outputs: Map<String, Value>,
) -> String {
    crate::document::pretty(&json!({
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": description,
        "Resources": resources,
        "Outputs": outputs,
    }))
}

fn arns<'a>(ids: impl Iterator<Item = &'a String>) -> Map<String, Value> {
    ids.map(|id| (format!("{id}Arn"), json!({"Value": {"Ref": id}})))
        .collect()
}

fn user(blueprint: &Blueprint) -> Value {
    let mut properties = Map::new();
    properties.insert("UserName".to_owned(), json!(blueprint.user_name));
    properties.insert("Path".to_owned(), json!(blueprint.path));
    bound_and_tagged(blueprint, properties, "AWS::IAM::User")
}

fn bound_and_tagged(blueprint: &Blueprint, mut properties: Map<String, Value>, of: &str) -> Value {
    if let Some(arn) = &blueprint.permissions_boundary {
        properties.insert("PermissionsBoundary".to_owned(), json!(arn));
    }
    let tags = blueprint.tags.iter();
    let tags: Vec<Value> = tags
        .map(|tag| json!({"Key": tag.key, "Value": tag.value}))
        .collect();
    properties.insert("Tags".to_owned(), json!(tags));
    json!({"Type": of, "Properties": properties})
}

/// A managed policy with those that it is attached to.
fn attached(blueprint: &Blueprint, policy: &ManagedPolicy, to_user: bool) -> Value {
    let mut to = Map::new();
    if to_user {
        to.insert("Users".to_owned(), json!([{"Ref": "User"}]));
    }
    let roles = blueprint.roles.iter();
    let roles = roles.filter(|role| role.policies.contains(&policy.name));
    let roles: Vec<Value> = roles
        .map(|role| json!({"Ref": Label::of_role(&role.name).camel()}))
        .collect();
    if !roles.is_empty() {
        to.insert("Roles".to_owned(), json!(roles));
    }
    managed_policy(policy, to)
}

fn managed_policy(policy: &ManagedPolicy, to: Map<String, Value>) -> Value {
    let mut properties = Map::new();
    properties.insert("ManagedPolicyName".to_owned(), json!(policy.name));
    properties.insert("Description".to_owned(), json!(policy.description));
    properties.extend(to);
    properties.insert(
        "PolicyDocument".to_owned(),
        policy.document.as_json().clone(),
    );
    json!({"Type": "AWS::IAM::ManagedPolicy", "Properties": properties})
}

/// Apart from the user, whose ARN it names.
fn self_check(blueprint: &Blueprint) -> Value {
    let mut document = Blueprint::self_check_document(&blueprint.user_arn(ACCOUNT));
    if let Some(resource) = document.pointer_mut("/Statement/0/Resource") {
        let arn = resource.as_str().unwrap_or_default();
        // What `Fn::Sub` is to leave as it is has an exclamation mark.
        let arn = arn.replace("${", "${!");
        let own = format!("arn:{}:", blueprint.partition);
        let arn = arn.replacen(&own, "arn:${AWS::Partition}:", 1);
        *resource = json!({"Fn::Sub": arn.replace(ACCOUNT, "${AWS::AccountId}")});
    }
    json!({
        "Type": "AWS::IAM::Policy",
        "Properties": {
            "PolicyName": SELF_CHECK_POLICY,
            "Users": [{"Ref": "User"}],
            "PolicyDocument": document,
        }
    })
}

fn role(blueprint: &Blueprint, role: &NodeRole) -> Value {
    let mut properties = Map::new();
    properties.insert("RoleName".to_owned(), json!(role.name));
    properties.insert("Description".to_owned(), json!(role.description));
    properties.insert("AssumeRolePolicyDocument".to_owned(), role.trust());
    let own = format!("arn:{}:", blueprint.partition);
    let arns = role.aws_policies.iter();
    let arns: Vec<Value> = arns
        .map(|arn| json!({"Fn::Sub": arn.replacen(&own, "arn:${AWS::Partition}:", 1)}))
        .collect();
    if !arns.is_empty() {
        properties.insert("ManagedPolicyArns".to_owned(), json!(arns));
    }
    bound_and_tagged(blueprint, properties, "AWS::IAM::Role")
}

fn instance_profile(role: &NodeRole, id: &str) -> Value {
    json!({
        "Type": "AWS::IAM::InstanceProfile",
        "Properties": {"InstanceProfileName": role.name, "Roles": [{"Ref": id}]}
    })
}

/// A user's name has no character that a shell reads otherwise, and may begin with a dash.
fn key_command(blueprint: &Blueprint) -> Value {
    json!({
        "Description": "Makes the access key, into a file that only its owner may read",
        "Value": format!(
            "(umask 077; aws iam create-access-key --user-name={} > access-key.json)",
            blueprint.user_name
        ),
    })
}
