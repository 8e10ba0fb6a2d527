//! Looking at the account; nothing is changed.

use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;

use aws_sdk_iam::types::{Policy, PolicyScopeType, Tag as SdkTag};
use commissary_core::domain::KnownKey;
use commissary_core::ports::CloudError;
use commissary_permissions::{Blueprint, OWNER_TAG, SELF_CHECK_POLICY, Tag};
use tokio::task::JoinSet;

use super::account::{Account, KnownPolicy, KnownProfile, KnownRole, KnownUser};
use super::keys::keys_of;
use super::line::Tagged;
use super::obstacles::obstacles;
use crate::AwsSession;
use crate::pages::listed;

/// The names to look for.
#[derive(Debug)]
pub(super) struct Names {
    pub(super) user: String,
    pub(super) policies: BTreeSet<String>,
    /// Policies of this name, and of it with a number, are looked for as well.
    pub(super) policy: String,
    pub(super) roles: BTreeSet<String>,
    /// Whether policies of other names that a bootstrap made for the user are looked for: among
    /// those that it has and those that nobody has.
    pub(super) all_of_user: bool,
}

impl Names {
    /// What a blueprint names, and what is called after the user's policy.
    pub(super) fn of(blueprint: &Blueprint, policy: &str, all_of_user: bool) -> Self {
        let policies = blueprint.managed_policies();
        Self {
            user: blueprint.user_name.clone(),
            policies: policies.map(|policy| policy.name.clone()).collect(),
            policy: policy.to_owned(),
            roles: blueprint
                .roles
                .iter()
                .map(|role| role.name.clone())
                .collect(),
            all_of_user,
        }
    }

    fn is_named(&self, policy: &Policy) -> bool {
        let policy = policy.policy_name().unwrap_or_default();
        let named = self.policies.iter();
        let mut named = named.filter(|name| name.eq_ignore_ascii_case(policy));
        named.next().is_some() || is_numbered(&self.policy, policy)
    }
}

/// Looks at everything of these names.
pub(super) async fn inspect(session: &AwsSession, names: &Names) -> Result<Account, CloudError> {
    let identity = session.identify().await?;
    // Joined, not tried: who may do nothing hears of the first question, not of the quickest.
    let (listed, user) = tokio::join!(all_policies(session), user(session, &names.user));
    let (listed, mut user) = (listed?, user?);
    if let Some(user) = user.as_mut().filter(|_| names.all_of_user) {
        user.obstacles = obstacles(session, &user.name).await?;
    }
    let roles: Vec<String> = names.roles.iter().cloned().collect();
    let (policies, roles, profiles, keys, other_case) = tokio::join!(
        policies_of(session, names, listed, user.as_ref()),
        each(session, roles.clone(), role),
        each(session, roles, profile),
        keys(session, user.as_ref()),
        other_case(session, names, user.as_ref()),
    );
    Ok(Account {
        identity,
        policies: policies?,
        roles: roles?.into_iter().flatten().collect(),
        profiles: profiles?.into_iter().flatten().collect(),
        keys: keys?,
        other_case: other_case?,
        user,
    })
}

/// Whether a policy is called as the parts of the user's policy are.
pub(super) fn is_numbered(whole: &str, policy: &str) -> bool {
    let (head, rest) = policy.split_at_checked(whole.len()).unwrap_or((policy, ""));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    head.eq_ignore_ascii_case(whole)
        && (rest.is_empty() || rest.strip_prefix('-').is_some_and(is_number))
}

/// How many things are asked about at the same time.
const AT_ONCE: usize = 6;

/// Asks about each thing, a few at the same time; the answers are in the order of the things.
async fn each<T, R, F>(
    session: &AwsSession,
    things: Vec<T>,
    ask: impl Fn(AwsSession, T) -> F,
) -> Result<Vec<R>, CloudError>
where
    R: Send + 'static,
    F: Future<Output = Result<R, CloudError>> + Send + 'static,
{
    let (mut running, mut answers) = (JoinSet::new(), BTreeMap::new());
    let mut things = things.into_iter().enumerate();
    loop {
        while running.len() < AT_ONCE
            && let Some((place, thing)) = things.next()
        {
            let answer = ask(session.clone(), thing);
            running.spawn(async move { (place, answer.await) });
        }
        match running.join_next().await {
            Some(Ok((place, answer))) => {
                answers.insert(place, answer?);
            }
            Some(Err(error)) => match error.try_into_panic() {
                Ok(panic) => std::panic::resume_unwind(panic),
                // Tasks are cancelled only with the set.
                Err(_) => continue,
            },
            None => return Ok(answers.into_values().collect()),
        }
    }
}

async fn all_policies(session: &AwsSession) -> Result<Vec<Policy>, CloudError> {
    let request = session.iam.list_policies().scope(PolicyScopeType::Local);
    let request = request.max_items(1_000);
    listed!(session, "iam:ListPolicies", request, |page| page
        .policies
        .unwrap_or_default())
}

/// Policies are found by name in the whole account: a name is taken in every path.
async fn policies_of(
    session: &AwsSession,
    names: &Names,
    listed: Vec<Policy>,
    user: Option<&KnownUser>,
) -> Result<Vec<KnownPolicy>, CloudError> {
    let has = |arn: &str| user.is_some_and(|user| user.attached.iter().any(|its| its == arn));
    let may_be_of_user =
        |policy: &Policy| policy.attachment_count() == Some(0) || policy.arn().is_some_and(has);
    let (named, others): (Vec<Policy>, Vec<Policy>) = listed
        .into_iter()
        .partition(|policy| names.is_named(policy));
    let mut policies = each(session, named, known_policy).await?;
    if names.all_of_user {
        let others = others.into_iter().filter(may_be_of_user).collect();
        let others = each(session, others, known_policy).await?;
        policies.extend(others.into_iter().filter(|policy| {
            let owner = policy.owner.as_deref();
            owner.is_some_and(|owner| owner.eq_ignore_ascii_case(&names.user))
        }));
    }
    Ok(policies)
}

async fn keys(session: &AwsSession, user: Option<&KnownUser>) -> Result<Vec<KnownKey>, CloudError> {
    match user {
        Some(user) => keys_of(session, &user.name).await,
        None => Ok(Vec::new()),
    }
}

/// A user whose name differs in case only, which IAM would not let be made beside it. Whoever may
/// not list users hears of it when the user is made.
async fn other_case(
    session: &AwsSession,
    names: &Names,
    user: Option<&KnownUser>,
) -> Result<Option<String>, CloudError> {
    if let Some(user) = user {
        return Ok((user.name != names.user).then(|| user.name.clone()));
    }
    let request = session.iam.list_users().max_items(1_000);
    match listed!(session, "iam:ListUsers", request, |page| page.users) {
        Ok(users) => {
            let mut names_of = users.into_iter().map(|user| user.user_name);
            Ok(names_of.find(|name| name.eq_ignore_ascii_case(&names.user)))
        }
        Err(CloudError::Denied { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

async fn known_policy(session: AwsSession, policy: Policy) -> Result<KnownPolicy, CloudError> {
    let session = &session;
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
    let tags = tags(whole.policy().map(Policy::tags).unwrap_or_default());
    Ok(KnownPolicy {
        name: name.to_owned(),
        arn: arn.to_owned(),
        owner: owner(&tags),
        tags,
        document: document.to_owned(),
        versions: versions(session, arn).await?,
        default_version: default.to_owned(),
        attachments: count(policy.attachment_count()),
        bounds: count(policy.permissions_boundary_usage_count()),
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
    let tags = tags(user.tags());
    Ok(Some(KnownUser {
        name: user.user_name().to_owned(),
        arn: user.arn().to_owned(),
        path: user.path().to_owned(),
        owner: owner(&tags),
        tags,
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
        obstacles: Vec::new(),
    }))
}

async fn self_check(session: &AwsSession, user: &str) -> Result<Option<String>, CloudError> {
    let request = session.iam.get_user_policy().user_name(user);
    let request = request.policy_name(SELF_CHECK_POLICY);
    let answer = found(session.ask("iam:GetUserPolicy", request.send()).await)?;
    Ok(answer.map(|answer| answer.policy_document))
}

async fn role(session: AwsSession, name: String) -> Result<Option<KnownRole>, CloudError> {
    let (session, name) = (&session, &name);
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
    let tags = tags(role.tags());
    let boundary = role.permissions_boundary();
    Ok(Some(KnownRole {
        name: role.role_name().to_owned(),
        owner: owner(&tags),
        tags,
        boundary: boundary
            .and_then(|boundary| boundary.permissions_boundary_arn())
            .map(str::to_owned),
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

async fn profile(session: AwsSession, name: String) -> Result<Option<KnownProfile>, CloudError> {
    let (session, name) = (&session, &name);
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
    let tags = tags(profile.tags());
    Ok(Some(KnownProfile {
        name: profile.instance_profile_name().to_owned(),
        owner: owner(&tags),
        tags,
        roles: roles.map(|role| role.role_name().to_owned()).collect(),
    }))
}

/// For which user's bootstrap something was made; none where it is not there or not tagged.
pub(super) async fn owner_of(
    session: &AwsSession,
    thing: &Tagged,
    user: &str,
) -> Result<Option<String>, CloudError> {
    let iam = &session.iam;
    let found_tags = match thing {
        Tagged::User => {
            let request = iam.get_user().user_name(user);
            let answer = found(session.ask("iam:GetUser", request.send()).await)?;
            answer.and_then(|answer| answer.user().map(|user| tags(user.tags())))
        }
        Tagged::Policy(arn) => {
            let request = iam.get_policy().policy_arn(arn);
            let answer = found(session.ask("iam:GetPolicy", request.send()).await)?;
            answer.and_then(|answer| answer.policy().map(|policy| tags(policy.tags())))
        }
        Tagged::Role(name) => {
            let request = iam.get_role().role_name(name);
            let answer = found(session.ask("iam:GetRole", request.send()).await)?;
            answer.and_then(|answer| answer.role().map(|role| tags(role.tags())))
        }
        Tagged::Profile(name) => {
            let request = iam.get_instance_profile().instance_profile_name(name);
            let action = "iam:GetInstanceProfile";
            let answer = found(session.ask(action, request.send()).await)?;
            answer.and_then(|answer| answer.instance_profile().map(|its| tags(its.tags())))
        }
    };
    Ok(found_tags.and_then(|tags| owner(&tags)))
}

fn tags(tags: &[SdkTag]) -> Vec<Tag> {
    let tags = tags.iter().map(|tag| Tag {
        key: tag.key().to_owned(),
        value: tag.value().to_owned(),
    });
    tags.collect()
}

fn owner(tags: &[Tag]) -> Option<String> {
    let mut tags = tags.iter().filter(|tag| tag.key == OWNER_TAG);
    tags.next().map(|tag| tag.value.clone())
}

fn count(count: Option<i32>) -> usize {
    usize::try_from(count.unwrap_or(0)).unwrap_or(0)
}

/// That there is none of a name is an answer, not an error.
pub(super) fn found<T>(answer: Result<T, CloudError>) -> Result<Option<T>, CloudError> {
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
        let whole = "kommander-policy";
        for name in [
            "kommander-policy",
            "Kommander-Policy",
            "kommander-policy-12",
        ] {
            assert!(is_numbered(whole, name), "{name}");
        }
        for name in [
            "kommander-policy-",
            "kommander-policy-x",
            "kommander",
            "my-kommander-policy",
        ] {
            assert!(!is_numbered(whole, name), "{name}");
        }
    }
}
