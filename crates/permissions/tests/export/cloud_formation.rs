//! Templates, with what CloudFormation sets in.

use std::collections::BTreeMap;

use commissary_permissions::{Blueprint, Export, SELF_CHECK_POLICY};
use serde_json::{Map, Value, json};

use super::{ACCOUNT, blueprints, documents, self_check, two};

/// The most bytes of a template that goes with a request (CloudFormation User Guide, "quotas").
const MOST_BYTES: usize = 51_200;

/// The template with each function carried out: references become the name of what they name.
fn resolved(value: &Value, template: &Value, partition: &str) -> Value {
    let again = |value: &Value| resolved(value, template, partition);
    match value {
        Value::Array(items) => items.iter().map(again).collect(),
        Value::Object(members) => match (members.get("Ref"), members.get("Fn::Sub")) {
            (Some(Value::String(id)), _) => {
                let properties = &template["Resources"][id]["Properties"];
                let names = ["UserName", "RoleName"];
                let mut names = names.iter().filter_map(|name| properties.get(name));
                names.next().unwrap().clone()
            }
            (_, Some(Value::String(text))) => substituted(text, partition).into(),
            _ => members
                .iter()
                .map(|(key, value)| (key.clone(), again(value)))
                .collect(),
        },
        plain => plain.clone(),
    }
}

/// CloudFormation User Guide, "Fn::Sub": `${!Literal}` becomes `${Literal}`.
fn substituted(text: &str, partition: &str) -> String {
    let mut pieces = text.split("${");
    let mut done = pieces.next().unwrap().to_owned();
    for piece in pieces {
        let (inside, rest) = piece.split_once('}').unwrap();
        match inside {
            "AWS::Partition" => done.push_str(partition),
            "AWS::AccountId" => done.push_str(ACCOUNT),
            literal => {
                let literal = literal.strip_prefix('!').unwrap();
                done.push_str(&format!("${{{literal}}}"));
            }
        }
        done.push_str(rest);
    }
    done
}

/// The properties of all resources of a type.
fn all(template: &Value, partition: &str, kind: &str) -> Vec<Value> {
    let resources = template["Resources"].as_object().unwrap().values();
    let of_kind = resources.filter(|resource| resource["Type"] == kind);
    let properties = of_kind.map(|resource| resolved(&resource["Properties"], template, partition));
    sorted(properties.collect())
}

fn sorted(mut values: Vec<Value>) -> Vec<Value> {
    values.sort_by_key(Value::to_string);
    values
}

fn bounded(blueprint: &Blueprint, properties: Value) -> Value {
    let mut properties: Map<String, Value> = properties.as_object().unwrap().clone();
    if let Some(arn) = &blueprint.permissions_boundary {
        properties.insert("PermissionsBoundary".into(), json!(arn));
    }
    let tags = blueprint.tags.iter();
    let tags = tags.map(|tag| json!({"Key": tag.key, "Value": tag.value}));
    properties.insert("Tags".into(), tags.collect());
    properties.into()
}

#[test]
fn resources_are_what_a_blueprint_says() {
    for blueprint in blueprints() {
        let text = Export::CloudFormation.write(&blueprint);
        assert!(text.len() < MOST_BYTES, "{} bytes", text.len());
        let template: Value = serde_json::from_str(&text).unwrap();
        let all = |kind: &str| all(&template, &blueprint.partition, kind);
        let user = json!({"UserName": blueprint.user_name, "Path": blueprint.path});
        assert_eq!(all("AWS::IAM::User"), [bounded(&blueprint, user)]);
        assert_eq!(all("AWS::IAM::ManagedPolicy"), managed_policies(&blueprint));
        let inline = blueprint.self_check.then(|| {
            json!({
                "PolicyName": SELF_CHECK_POLICY, "Users": [blueprint.user_name],
                "PolicyDocument": self_check(&blueprint),
            })
        });
        assert_eq!(
            all("AWS::IAM::Policy"),
            inline.into_iter().collect::<Vec<_>>()
        );
        let roles = blueprint.roles.iter().map(|role| {
            let mut role_json = json!({
                "RoleName": role.name, "Description": role.description,
                "AssumeRolePolicyDocument": role.trust(),
            });
            if !role.aws_policies.is_empty() {
                role_json["ManagedPolicyArns"] = json!(role.aws_policies);
            }
            bounded(&blueprint, role_json)
        });
        assert_eq!(all("AWS::IAM::Role"), sorted(roles.collect()));
        let profiles = blueprint.roles.iter().filter(|role| role.instance_profile);
        let profiles =
            profiles.map(|role| json!({"InstanceProfileName": role.name, "Roles": [role.name]}));
        assert_eq!(all("AWS::IAM::InstanceProfile"), sorted(profiles.collect()));
    }
}

fn managed_policies(blueprint: &Blueprint) -> Vec<Value> {
    let of_user: BTreeMap<&str, Value> = blueprint
        .policies
        .iter()
        .map(|policy| (policy.name.as_str(), json!([blueprint.user_name])))
        .collect();
    let policies = blueprint.managed_policies().map(|policy| {
        let mut properties = json!({
            "ManagedPolicyName": policy.name, "Description": policy.description,
            "PolicyDocument": policy.document.as_json(),
        });
        if let Some(users) = of_user.get(policy.name.as_str()) {
            properties["Users"] = users.clone();
        }
        let roles = blueprint
            .roles
            .iter()
            .filter(|role| role.policies.contains(&policy.name));
        let roles: Vec<&str> = roles.map(|role| role.name.as_str()).collect();
        if !roles.is_empty() {
            properties["Roles"] = json!(roles);
        }
        properties
    });
    // The order of members is the template's own.
    let template = policies.map(|policy| reordered(&policy));
    sorted(template.collect())
}

/// Its members as the template has them: the document last.
fn reordered(policy: &Value) -> Value {
    let mut members = policy.as_object().unwrap().clone();
    let document = members.shift_remove("PolicyDocument").unwrap();
    members.insert("PolicyDocument".into(), document);
    members.into()
}

#[test]
fn the_command_for_the_key_is_an_output() {
    for blueprint in blueprints() {
        let template: Value =
            serde_json::from_str(&Export::CloudFormation.write(&blueprint)).unwrap();
        let command = template["Outputs"]["AccessKeyCommand"]["Value"]
            .as_str()
            .unwrap();
        let user = format!("--user-name={} ", blueprint.user_name);
        assert!(
            command.contains(&user) && command.contains("umask 077"),
            "{command}"
        );
        assert_eq!(
            template["Outputs"]["UserArn"]["Value"],
            json!({"Fn::GetAtt": ["User", "Arn"]})
        );
    }
}

#[test]
fn policies_alone_have_a_resource_each() {
    let parts = two();
    let text = Export::CloudFormation.write_policies("kommander-policy", &parts);
    let template: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(template["AWSTemplateFormatVersion"], "2010-09-09");
    let resources = template["Resources"].as_object().unwrap();
    let ids: Vec<&String> = resources.keys().collect();
    assert_eq!(ids, ["PolicyKommanderPolicy1", "PolicyKommanderPolicy2"]);
    let found = all(&template, "aws", "AWS::IAM::ManagedPolicy").into_iter();
    let found: Vec<Value> = found.map(|p| p["PolicyDocument"].clone()).collect();
    assert_eq!(sorted(found), sorted(documents(&parts)));
    for id in ids {
        assert_eq!(
            template["Outputs"][format!("{id}Arn")]["Value"]["Ref"],
            **id
        );
    }
}
