//! What is there already.

use commissary_core::domain::Identity;
use commissary_core::ports::CloudError;
use serde_json::{Value, json};

use super::keys::{KnownKey, keys_of};
use super::{BootstrapError, BootstrapRequest, SELF_CHECK_POLICY};
use crate::pages::listed;
use crate::{AwsSession, document};

/// The parts of the account that a bootstrap is about.
pub(super) struct Account {
    pub(super) identity: Identity,
    pub(super) user_arn: Option<String>,
    pub(super) policy: Option<KnownPolicy>,
    pub(super) attached: bool,
    pub(super) self_check: SelfCheck,
    pub(super) keys: Vec<KnownKey>,
}

/// A customer managed policy of the name.
pub(super) struct KnownPolicy {
    pub(super) arn: String,
    /// Whether its default version says the same as the document that was handed in.
    pub(super) same: bool,
}

/// How the inline policy for the self-check stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum SelfCheck {
    Absent,
    Same,
    Other,
}

/// Looks at the account; changes nothing.
pub(super) async fn inspect(
    session: &AwsSession,
    request: &BootstrapRequest,
    document: &Value,
) -> Result<Account, BootstrapError> {
    let identity = session.identify().await?;
    let policy = find_policy(session, &request.policy_name, document).await?;
    let user_arn = find_user(session, &request.user_name).await?;
    let mut account = Account {
        identity,
        user_arn,
        policy,
        attached: false,
        self_check: SelfCheck::Absent,
        keys: Vec::new(),
    };
    if let Some(user_arn) = &account.user_arn {
        let user = &request.user_name;
        if let Some(policy) = &account.policy {
            account.attached = is_attached(session, user, &policy.arn).await?;
        }
        if request.self_check {
            account.self_check = self_check(session, user, user_arn).await?;
        }
        account.keys = keys_of(session, user).await?;
    }
    Ok(account)
}

/// The inline policy that lets a user check itself.
pub(super) fn self_check_document(user_arn: &str) -> Value {
    json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Sid": "CommissarySelfCheck",
            "Effect": "Allow",
            "Action": ["iam:GetUser", "iam:SimulatePrincipalPolicy"],
            "Resource": user_arn,
        }],
    })
}

async fn find_user(session: &AwsSession, name: &str) -> Result<Option<String>, CloudError> {
    let action = "iam:GetUser";
    let request = session.iam.get_user().user_name(name);
    let Some(answer) = found(session.ask(action, request.send()).await)? else {
        return Ok(None);
    };
    match answer.user() {
        Some(user) => Ok(Some(user.arn().to_owned())),
        None => Err(session.nonsense(action, "its answer holds no user")),
    }
}

/// Policies are found by name in the whole account: a name is taken in every path (IAM User Guide,
/// "IAM identifiers": names are unique in the account, upper and lower case being the same).
async fn find_policy(
    session: &AwsSession,
    name: &str,
    document: &Value,
) -> Result<Option<KnownPolicy>, CloudError> {
    let action = "iam:ListPolicies";
    let scope = aws_sdk_iam::types::PolicyScopeType::Local;
    let request = session.iam.list_policies().scope(scope).max_items(1_000);
    let policies = listed!(session, action, request, |page| page
        .policies
        .unwrap_or_default())?;
    let named = |policy: &&aws_sdk_iam::types::Policy| {
        policy
            .policy_name()
            .is_some_and(|known| known.eq_ignore_ascii_case(name))
    };
    let Some(policy) = policies.iter().find(named) else {
        return Ok(None);
    };
    let (Some(arn), Some(version)) = (policy.arn(), policy.default_version_id()) else {
        return Err(session.nonsense(action, "it lists a policy without ARN or version"));
    };
    let action = "iam:GetPolicyVersion";
    let request = session
        .iam
        .get_policy_version()
        .policy_arn(arn)
        .version_id(version);
    let answer = session.ask(action, request.send()).await?;
    let theirs = answer
        .policy_version()
        .and_then(|version| version.document());
    let theirs = theirs.ok_or_else(|| session.nonsense(action, "its answer holds no document"))?;
    Ok(Some(KnownPolicy {
        arn: arn.to_owned(),
        same: document::same(theirs, document),
    }))
}

async fn is_attached(session: &AwsSession, user: &str, arn: &str) -> Result<bool, CloudError> {
    let action = "iam:ListAttachedUserPolicies";
    let request = session.iam.list_attached_user_policies().user_name(user);
    let attached = listed!(session, action, request, |page| page
        .attached_policies
        .unwrap_or_default())?;
    Ok(attached
        .iter()
        .any(|policy| policy.policy_arn() == Some(arn)))
}

async fn self_check(
    session: &AwsSession,
    user: &str,
    user_arn: &str,
) -> Result<SelfCheck, CloudError> {
    let request = session.iam.get_user_policy().user_name(user);
    let request = request.policy_name(SELF_CHECK_POLICY);
    Ok(
        match found(session.ask("iam:GetUserPolicy", request.send()).await)? {
            None => SelfCheck::Absent,
            Some(answer)
                if document::same(answer.policy_document(), &self_check_document(user_arn)) =>
            {
                SelfCheck::Same
            }
            Some(_) => SelfCheck::Other,
        },
    )
}

/// That there is none of a name is an answer, not an error.
fn found<T>(answer: Result<T, CloudError>) -> Result<Option<T>, CloudError> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(CloudError::Refused { code, .. }) if code == "NoSuchEntity" => Ok(None),
        Err(error) => Err(error),
    }
}
