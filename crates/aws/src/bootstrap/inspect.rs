//! Looking at the account; nothing is changed.

use std::collections::BTreeSet;

use aws_sdk_iam::types::{Policy, PolicyScopeType, Tag};
use commissary_core::ports::CloudError;
use commissary_permissions::{OWNER_TAG, SELF_CHECK_POLICY};

use super::account::{Account, KnownPolicy, KnownProfile, KnownRole, KnownUser};
use super::keys::keys_of;
use crate::AwsSession;
use crate::pages::listed;

/// The names to look for.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    pub(super) user: String,
    pub(super) policies: BTreeSet<String>,
    /// Policies of this name, and of it with a number, are looked for as well.
    pub(super) policy: String,
    pub(super) roles: BTreeSet<String>,
}

impl Names {
    fn is_wanted(&self, policy: &str) -> bool {
        let named = self.policies.iter();
        let mut named = named.filter(|name| name.eq_ignore_ascii_case(policy));
        named.next().is_some() || self.is_numbered(policy)
    }

    /// Whether a policy is called as the parts of the user's policy are.
    pub(super) fn is_numbered(&self, policy: &str) -> bool {
        let (head, rest) = policy
            .split_at_checked(self.policy.len())
            .unwrap_or((policy, ""));
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        head.eq_ignore_ascii_case(&self.policy)
            && (rest.is_empty() || rest.strip_prefix('-').is_some_and(is_number))
    }
}

/// Looks at everything of these names.
pub(super) async fn inspect(session: &AwsSession, names: &Names) -> Result<Account, CloudError> {
    let identity = session.identify().await?;
    let found = policies_of(session, names).await?;
    let user = user(session, &names.user).await?;
    let keys = match &user {
        Some(_) => keys_of(session, &names.user).await?,
        None => Vec::new(),
    };
    let mut policies = Vec::new();
    for policy in &found {
        policies.push(known_policy(session, policy).await?);
    }
    let (mut roles, mut profiles) = (Vec::new(), Vec::new());
    for name in &names.roles {
        roles.extend(role(session, name).await?);
        profiles.extend(profile(session, name).await?);
    }
    Ok(Account {
        identity,
        user,
        policies,
        roles,
        profiles,
        keys,
    })
}

/// Policies are found by name in the whole account: a name is taken in every path.
async fn policies_of(session: &AwsSession, names: &Names) -> Result<Vec<Policy>, CloudError> {
    let request = session.iam.list_policies().scope(PolicyScopeType::Local);
    let request = request.max_items(1_000);
    let policies = listed!(session, "iam:ListPolicies", request, |page| page
        .policies
        .unwrap_or_default())?;
    let wanted = |policy: &Policy| {
        policy
            .policy_name()
            .is_some_and(|name| names.is_wanted(name))
    };
    Ok(policies.into_iter().filter(wanted).collect())
}

async fn known_policy(session: &AwsSession, policy: &Policy) -> Result<KnownPolicy, CloudError> {
    let action = "iam:ListPolicies";
    let (Some(name), Some(arn), Some(default)) = (
        policy.policy_name(),
        policy.arn(),
        policy.default_version_id(),
    ) else {
        return Err(session.nonsense(action, "it lists a policy without name, ARN or version"));
    };
    let action = "iam:GetPolicyVersion";
    let request = session
        .iam
        .get_policy_version()
        .policy_arn(arn)
        .version_id(default);
    let answer = session.ask(action, request.send()).await?;
    let document = answer
        .policy_version()
        .and_then(|version| version.document());
    let document =
        document.ok_or_else(|| session.nonsense(action, "its answer holds no document"))?;
    // A listing leaves the tags out.
    let request = session.iam.get_policy().policy_arn(arn);
    let whole = session.ask("iam:GetPolicy", request.send()).await?;
    let tags = whole.policy().map(Policy::tags).unwrap_or_default();
    Ok(KnownPolicy {
        name: name.to_owned(),
        arn: arn.to_owned(),
        owner: owner(tags),
        document: document.to_owned(),
        versions: versions(session, arn).await?,
        default_version: default.to_owned(),
        attachments: usize::try_from(policy.attachment_count().unwrap_or(0)).unwrap_or(0),
    })
}

/// The ids of the versions, the oldest first.
async fn versions(session: &AwsSession, arn: &str) -> Result<Vec<String>, CloudError> {
    let request = session.iam.list_policy_versions().policy_arn(arn);
    let mut versions = listed!(session, "iam:ListPolicyVersions", request, |page| page
        .versions
        .unwrap_or_default())?;
    // `v2` is older than `v10`.
    versions.sort_by_key(|version| {
        let id = version.version_id().unwrap_or_default();
        id.trim_start_matches('v')
            .parse::<u64>()
            .unwrap_or(u64::MAX)
    });
    let ids = versions.iter().filter_map(|version| version.version_id());
    Ok(ids.map(str::to_owned).collect())
}

async fn user(session: &AwsSession, name: &str) -> Result<Option<KnownUser>, CloudError> {
    let action = "iam:GetUser";
    let request = session.iam.get_user().user_name(name);
    let Some(answer) = found(session.ask(action, request.send()).await)? else {
        return Ok(None);
    };
    let user = answer
        .user()
        .ok_or_else(|| session.nonsense(action, "its answer holds no user"))?;
    let request = session.iam.list_attached_user_policies().user_name(name);
    let attached = listed!(session, "iam:ListAttachedUserPolicies", request, |page| {
        page.attached_policies.unwrap_or_default()
    })?;
    let request = session.iam.list_user_policies().user_name(name);
    let inline = listed!(session, "iam:ListUserPolicies", request, |page| page
        .policy_names)?;
    let request = session.iam.list_groups_for_user().user_name(name);
    let groups = listed!(session, "iam:ListGroupsForUser", request, |page| page
        .groups)?;
    let boundary = user.permissions_boundary();
    Ok(Some(KnownUser {
        arn: user.arn().to_owned(),
        owner: owner(user.tags()),
        boundary: boundary
            .and_then(|boundary| boundary.permissions_boundary_arn())
            .map(str::to_owned),
        attached: attached
            .iter()
            .filter_map(|policy| policy.policy_arn().map(str::to_owned))
            .collect(),
        self_check: match inline.iter().any(|inline| inline == SELF_CHECK_POLICY) {
            true => self_check(session, name).await?,
            false => None,
        },
        inline,
        groups: groups.into_iter().map(|group| group.group_name).collect(),
    }))
}

async fn self_check(session: &AwsSession, user: &str) -> Result<Option<String>, CloudError> {
    let request = session.iam.get_user_policy().user_name(user);
    let request = request.policy_name(SELF_CHECK_POLICY);
    let answer = found(session.ask("iam:GetUserPolicy", request.send()).await)?;
    Ok(answer.map(|answer| answer.policy_document))
}

async fn role(session: &AwsSession, name: &str) -> Result<Option<KnownRole>, CloudError> {
    let action = "iam:GetRole";
    let request = session.iam.get_role().role_name(name);
    let Some(answer) = found(session.ask(action, request.send()).await)? else {
        return Ok(None);
    };
    let role = answer
        .role()
        .ok_or_else(|| session.nonsense(action, "its answer holds no role"))?;
    let request = session.iam.list_attached_role_policies().role_name(name);
    let attached = listed!(session, "iam:ListAttachedRolePolicies", request, |page| {
        page.attached_policies.unwrap_or_default()
    })?;
    let request = session.iam.list_role_policies().role_name(name);
    let inline = listed!(session, "iam:ListRolePolicies", request, |page| page
        .policy_names)?;
    Ok(Some(KnownRole {
        name: role.role_name().to_owned(),
        owner: owner(role.tags()),
        trust: role
            .assume_role_policy_document()
            .unwrap_or_default()
            .to_owned(),
        attached: attached
            .iter()
            .filter_map(|policy| policy.policy_arn().map(str::to_owned))
            .collect(),
        inline,
    }))
}

async fn profile(session: &AwsSession, name: &str) -> Result<Option<KnownProfile>, CloudError> {
    let action = "iam:GetInstanceProfile";
    let request = session
        .iam
        .get_instance_profile()
        .instance_profile_name(name);
    let Some(answer) = found(session.ask(action, request.send()).await)? else {
        return Ok(None);
    };
    let profile = answer
        .instance_profile()
        .ok_or_else(|| session.nonsense(action, "its answer holds no instance profile"))?;
    let roles = profile.roles().iter();
    Ok(Some(KnownProfile {
        name: profile.instance_profile_name().to_owned(),
        owner: owner(profile.tags()),
        roles: roles.map(|role| role.role_name().to_owned()).collect(),
    }))
}

fn owner(tags: &[Tag]) -> Option<String> {
    let mut tags = tags.iter().filter(|tag| tag.key() == OWNER_TAG);
    tags.next().map(|tag| tag.value().to_owned())
}

/// That there is none of a name is an answer, not an error.
fn found<T>(answer: Result<T, CloudError>) -> Result<Option<T>, CloudError> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(CloudError::Refused { code, .. }) if code == "NoSuchEntity" => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_policy_are_known_by_their_names() {
        let names = Names {
            policy: "kommander-policy".into(),
            ..Names::default()
        };
        for name in [
            "kommander-policy",
            "Kommander-Policy",
            "kommander-policy-12",
        ] {
            assert!(names.is_numbered(name), "{name}");
        }
        for name in [
            "kommander-policy-",
            "kommander-policy-x",
            "kommander",
            "my-kommander-policy",
        ] {
            assert!(!names.is_numbered(name), "{name}");
        }
    }
}
