//! An account beside a blueprint: all of it that IAM tells.

use std::collections::BTreeSet;

use commissary_permissions::{Blueprint, NodeRole, SELF_CHECK_POLICY, Tag};
use serde_json::{Value, json};

use crate::support::AwsCli;

pub(super) const ACCOUNT: &str = "123456789012";

/// What a tool, or moto, does not do.
#[derive(Clone, Copy)]
pub(super) struct Lacks {
    /// Tags of users, policies and instance profiles.
    pub(super) tags: bool,
    /// AWS's own policies, attached to roles.
    pub(super) aws_policies: bool,
    /// An access key.
    pub(super) key: bool,
}

/// All of IAM but AWS's own policies.
pub(super) fn account(aws: &AwsCli) -> Value {
    let filter = ["User", "Role", "LocalManagedPolicy"];
    let args = ["iam", "get-account-authorization-details", "--filter"];
    let mut details = aws.json(&[&args[..], &filter[..]].concat());
    let profiles = aws.json(&["iam", "list-instance-profiles"]);
    details["InstanceProfiles"] = profiles["InstanceProfiles"].clone();
    // moto counts each attaching, also of what is attached already.
    for policy in details["Policies"].as_array_mut().unwrap() {
        policy.as_object_mut().unwrap().remove("AttachmentCount");
    }
    let mut keys = Vec::new();
    for user in list(&details["UserDetailList"]) {
        let name = format!("--user-name={}", text(&user["UserName"]));
        keys.push(aws.json(&["iam", "list-access-keys", &name])["AccessKeyMetadata"].clone());
    }
    details["Keys"] = json!(keys);
    details
}

/// Compares the account with what is to be there, and nothing else.
pub(super) fn assert_made(aws: &AwsCli, blueprint: &Blueprint, lacks: Lacks) {
    let account = account(aws);
    let tagged = |value: &Value| {
        let wanted = if lacks.tags { &[] } else { &blueprint.tags[..] };
        assert_eq!(
            tags(value),
            wanted.iter().map(pair).collect::<BTreeSet<_>>()
        );
    };
    let users = list(&account["UserDetailList"]);
    let [user] = users else { panic!("{users:#?}") };
    assert_eq!(user["UserName"], blueprint.user_name.as_str());
    assert_eq!(user["Path"], blueprint.path.as_str());
    assert_eq!(user["Arn"], blueprint.user_arn(ACCOUNT));
    tagged(&user["Tags"]);
    let of_user = blueprint.policies.iter().map(|policy| policy.name.as_str());
    let of_user = of_user.map(|name| blueprint.policy_arn(ACCOUNT, name));
    assert_eq!(attached(user), of_user.collect::<BTreeSet<_>>());
    let inline = list(&user["UserPolicyList"]);
    assert_eq!(inline.len(), usize::from(blueprint.self_check));
    for policy in inline {
        assert_eq!(policy["PolicyName"], SELF_CHECK_POLICY);
        let wanted = Blueprint::self_check_document(&blueprint.user_arn(ACCOUNT));
        assert_eq!(policy["PolicyDocument"], wanted);
    }
    let keys = list(&account["Keys"][0]);
    assert_eq!(keys.len(), usize::from(!lacks.key), "{keys:?}");
    policies(aws, &account, blueprint, tagged);
    roles(aws, &account, blueprint, lacks);
}

fn policies(aws: &AwsCli, account: &Value, blueprint: &Blueprint, tagged: impl Fn(&Value)) {
    let found = list(&account["Policies"]);
    assert_eq!(found.len(), blueprint.managed_policies().count());
    for policy in blueprint.managed_policies() {
        let arn = blueprint.policy_arn(ACCOUNT, &policy.name);
        let found = by(found, "Arn", &arn);
        let versions = list(&found["PolicyVersionList"]);
        assert_eq!(versions.len(), 1);
        assert_eq!(versions[0]["Document"], *policy.document.as_json());
        let arn = format!("--policy-arn={arn}");
        let policy_found = &aws.json(&["iam", "get-policy", &arn])["Policy"];
        assert_eq!(policy_found["Description"], policy.description.as_str());
        tagged(&aws.json(&["iam", "list-policy-tags", &arn])["Tags"]);
    }
}

fn roles(aws: &AwsCli, account: &Value, blueprint: &Blueprint, lacks: Lacks) {
    let found = list(&account["RoleDetailList"]);
    assert_eq!(found.len(), blueprint.roles.len());
    for role in &blueprint.roles {
        let found = by(found, "RoleName", &role.name);
        assert_eq!(found["Arn"], blueprint.role_arn(ACCOUNT, &role.name));
        assert_eq!(found["AssumeRolePolicyDocument"], role.trust());
        assert_eq!(attached(found), wanted_policies(blueprint, role, lacks));
        assert_eq!(found["RolePolicyList"], json!([]));
        let name = format!("--role-name={}", role.name);
        let role_found = &aws.json(&["iam", "get-role", &name])["Role"];
        assert_eq!(role_found["Description"], role.description.as_str());
        let tags_wanted = blueprint.tags.iter().map(pair);
        assert_eq!(
            tags(&role_found["Tags"]),
            tags_wanted.collect::<BTreeSet<_>>()
        );
        let boundary = &role_found["PermissionsBoundary"]["PermissionsBoundaryArn"];
        assert_eq!(boundary.as_str(), blueprint.permissions_boundary.as_deref());
    }
    let found = list(&account["InstanceProfiles"]);
    let profiles = blueprint.roles.iter().filter(|role| role.instance_profile);
    let profiles: Vec<&NodeRole> = profiles.collect();
    assert_eq!(found.len(), profiles.len());
    for role in profiles {
        let found = by(found, "InstanceProfileName", &role.name);
        let arn = blueprint.instance_profile_arn(ACCOUNT, &role.name);
        assert_eq!(found["Arn"], arn);
        assert_eq!(list(&found["Roles"]).len(), 1);
        assert_eq!(found["Roles"][0]["RoleName"], role.name.as_str());
        if !lacks.tags {
            let wanted = blueprint.tags.iter().map(pair);
            assert_eq!(tags(&found["Tags"]), wanted.collect::<BTreeSet<_>>());
        }
    }
}

fn wanted_policies(blueprint: &Blueprint, role: &NodeRole, lacks: Lacks) -> BTreeSet<String> {
    let made = role.policies.iter();
    let made = made.map(|name| blueprint.policy_arn(ACCOUNT, name));
    let aws = role.aws_policies.iter().filter(|_| !lacks.aws_policies);
    made.chain(aws.cloned()).collect()
}

fn attached(of: &Value) -> BTreeSet<String> {
    let policies = list(&of["AttachedManagedPolicies"]).iter();
    policies
        .map(|policy| text(&policy["PolicyArn"]).to_owned())
        .collect()
}

fn by<'a>(found: &'a [Value], key: &str, value: &str) -> &'a Value {
    let mut matching = found.iter().filter(|one| one[key] == value);
    matching
        .next()
        .unwrap_or_else(|| panic!("no {value} in {found:#?}"))
}

fn pair(tag: &Tag) -> (String, String) {
    (tag.key.clone(), tag.value.clone())
}

fn tags(value: &Value) -> BTreeSet<(String, String)> {
    let tags = value.as_array().into_iter().flatten();
    tags.map(|tag| (text(&tag["Key"]).to_owned(), text(&tag["Value"]).to_owned()))
        .collect()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}
