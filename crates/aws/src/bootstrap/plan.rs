//! What a bootstrap would do.

use commissary_core::domain::Identity;
use commissary_iam::Policy;
use serde_json::Value;

use super::error::MAX_POLICY;
use super::inspect::{Account, SelfCheck, inspect};
use super::keys::MAX_KEYS;
use super::{BootstrapError, BootstrapRequest, BootstrapState, BootstrapStep, KnownKey};
use crate::AwsSession;

/// A step that is to be done, or was done before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PlannedStep {
    /// Which.
    pub step: BootstrapStep,
    /// What would become of it.
    pub state: BootstrapState,
}

/// The steps of a bootstrap in an account that was looked at; nothing is changed yet.
pub struct BootstrapPlan {
    pub(super) request: BootstrapRequest,
    pub(super) account: Account,
    pub(super) steps: Vec<PlannedStep>,
}

impl BootstrapPlan {
    /// Checks the request, looks at the account and plans the steps.
    ///
    /// # Errors
    /// The request is at fault, something stands in the way, or AWS does not answer. Nothing was
    /// changed.
    pub async fn prepare(
        session: &AwsSession,
        request: BootstrapRequest,
    ) -> Result<Self, BootstrapError> {
        let document = checked(&request)?;
        let account = inspect(session, &request, &document).await?;
        refuse(&request, &account)?;
        Ok(Self {
            steps: steps(&request, &account),
            request,
            account,
        })
    }

    /// The steps in their order.
    pub fn steps(&self) -> &[PlannedStep] {
        &self.steps
    }

    /// Who would do it, and in which account.
    pub fn administrator(&self) -> &Identity {
        &self.account.identity
    }

    /// The access keys that the user has already.
    pub fn known_keys(&self) -> &[KnownKey] {
        &self.account.keys
    }

    /// Whether an access key would be made.
    pub fn makes_key(&self) -> bool {
        self.state_of(BootstrapStep::AccessKey) == Some(BootstrapState::Made)
    }

    pub(super) fn state_of(&self, step: BootstrapStep) -> Option<BootstrapState> {
        let planned = self.steps.iter().find(|planned| planned.step == step);
        planned.map(|planned| planned.state)
    }
}

impl std::fmt::Debug for BootstrapPlan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BootstrapPlan")
            .field("request", &self.request)
            .field("steps", &self.steps)
            .finish_non_exhaustive()
    }
}

/// What AWS would refuse only after the first steps were done.
fn checked(request: &BootstrapRequest) -> Result<Value, BootstrapError> {
    check_name("user", &request.user_name, 64)?;
    check_name("policy", &request.policy_name, 128)?;
    let text = &request.policy_document;
    Policy::parse(text).map_err(|error| BootstrapError::Document(error.to_string()))?;
    let size = text.chars().filter(|c| !c.is_whitespace()).count();
    if size > MAX_POLICY {
        return Err(BootstrapError::TooLong { size });
    }
    serde_json::from_str(text).map_err(|error| BootstrapError::Document(error.to_string()))
}

/// IAM API Reference, "CreateUser" and "CreatePolicy".
fn check_name(what: &'static str, name: &str, most: usize) -> Result<(), BootstrapError> {
    let letters = name
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "+=,.@_-".contains(c));
    if letters && (1..=most).contains(&name.len()) {
        return Ok(());
    }
    let shown = name.chars().take(most).collect::<String>();
    Err(BootstrapError::Name {
        what,
        name: shown.escape_debug().to_string(),
        most,
    })
}

fn refuse(request: &BootstrapRequest, account: &Account) -> Result<(), BootstrapError> {
    if let Some(policy) = account.policy.as_ref().filter(|policy| !policy.same) {
        return Err(BootstrapError::OtherDocument {
            arn: policy.arn.clone(),
        });
    }
    if request.new_key && account.keys.len() >= MAX_KEYS {
        return Err(BootstrapError::KeyLimit {
            user: request.user_name.clone(),
            keys: described(&account.keys, request),
        });
    }
    Ok(())
}

fn steps(request: &BootstrapRequest, account: &Account) -> Vec<PlannedStep> {
    let there = |there| {
        if there {
            BootstrapState::Existed
        } else {
            BootstrapState::Made
        }
    };
    let self_check = match account.self_check {
        SelfCheck::Absent => BootstrapState::Made,
        SelfCheck::Same => BootstrapState::Existed,
        SelfCheck::Other => BootstrapState::Changed,
    };
    let steps = [
        (BootstrapStep::User, there(account.user_arn.is_some())),
        (BootstrapStep::Policy, there(account.policy.is_some())),
        (BootstrapStep::Attachment, there(account.attached)),
        (BootstrapStep::SelfCheck, self_check),
        (
            BootstrapStep::AccessKey,
            there(!account.keys.is_empty() && !request.new_key),
        ),
    ];
    let wanted = |step| step != BootstrapStep::SelfCheck || request.self_check;
    let steps = steps.into_iter().filter(|(step, _)| wanted(*step));
    steps
        .map(|(step, state)| PlannedStep { step, state })
        .collect()
}

/// Keys for people.
pub(super) fn described(keys: &[KnownKey], request: &BootstrapRequest) -> String {
    let keys: Vec<String> = keys.iter().map(|key| key.described(request.now)).collect();
    keys.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(user: &str, policy: &str, document: &str) -> BootstrapRequest {
        BootstrapRequest {
            user_name: user.into(),
            policy_name: policy.into(),
            policy_document: document.into(),
            self_check: false,
            new_key: false,
            now: jiff::Timestamp::UNIX_EPOCH,
        }
    }

    const DOCUMENT: &str = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}}"#;

    #[test]
    fn what_iam_would_refuse_is_refused_before_anything_is_made() {
        assert!(checked(&request("Kommander", "kommander-policy", DOCUMENT)).is_ok());
        for (user, policy, document) in [
            ("", "p", DOCUMENT),
            ("a b", "p", DOCUMENT),
            (&"x".repeat(65), "p", DOCUMENT),
            ("u", "p/q", DOCUMENT),
            ("u", &"x".repeat(129), DOCUMENT),
            ("u", "p", "{}"),
            ("u", "p", "no JSON"),
        ] {
            assert!(
                checked(&request(user, policy, document)).is_err(),
                "{user} {policy}"
            );
        }
    }

    #[test]
    fn size_is_counted_as_iam_counts() {
        let padded = format!("{DOCUMENT}{}", " ".repeat(MAX_POLICY));
        assert!(checked(&request("u", "p", &padded)).is_ok());
        let actions = vec!["\"ec2:DescribeInstances\""; 300].join(",");
        let long = DOCUMENT.replace("\"ec2:*\"", &format!("[{actions}]"));
        let error = checked(&request("u", "p", &long)).unwrap_err();
        assert!(
            matches!(error, BootstrapError::TooLong { size } if size > MAX_POLICY),
            "{error}"
        );
    }
}
