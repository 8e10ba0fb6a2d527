//! Doing what was planned.

use aws_sdk_iam::Config;
use aws_sdk_iam::config::retry::RetryConfig;
use commissary_core::domain::{AccessKey, AccessKeyId};
use commissary_core::ports::CloudError;
use secrecy::SecretString;

use super::inspect::self_check_document;
use super::plan::described;
use super::usable::{Patience, while_missing};
use super::{
    BootstrapError, BootstrapEvent, BootstrapOutcome, BootstrapPlan, BootstrapState, BootstrapStep,
    SELF_CHECK_POLICY,
};
use crate::AwsSession;

impl BootstrapPlan {
    /// Does the steps, telling each as it is done.
    ///
    /// # Errors
    /// AWS refuses or does not answer. What was made until then stays; the next run uses it.
    pub async fn apply(
        self,
        session: &AwsSession,
        mut tell: impl FnMut(BootstrapEvent) + Send,
    ) -> Result<BootstrapOutcome, BootstrapError> {
        let mut tell = |step, state, detail: String| {
            tell(BootstrapEvent {
                step,
                state,
                detail,
            });
        };
        let doing = Doing {
            plan: &self,
            session,
        };
        let (user_arn, policy_arn) = (doing.user(&mut tell).await?, doing.policy(&mut tell).await?);
        doing.attachment(&policy_arn, &mut tell).await?;
        doing.self_check(&user_arn, &mut tell).await?;
        let access_key = doing.access_key(&mut tell).await?;
        Ok(BootstrapOutcome {
            user_arn,
            policy_arn,
            access_key,
            known_keys: self.account.keys,
        })
    }
}

trait Tell: FnMut(BootstrapStep, BootstrapState, String) + Send {}
impl<T: FnMut(BootstrapStep, BootstrapState, String) + Send> Tell for T {}

struct Doing<'a> {
    plan: &'a BootstrapPlan,
    session: &'a AwsSession,
}

impl Doing<'_> {
    async fn user(&self, tell: &mut impl Tell) -> Result<String, BootstrapError> {
        let step = BootstrapStep::User;
        if let Some(arn) = &self.plan.account.user_arn {
            tell(
                step,
                BootstrapState::Existed,
                format!("`{arn}` was there already"),
            );
            return Ok(arn.clone());
        }
        let name = &self.plan.request.user_name;
        let action = "iam:CreateUser";
        let request = self.session.iam.create_user().user_name(name);
        let answer = self.session.ask(action, request.send()).await;
        let answer = answer.map_err(|error| taken("user", name, error))?;
        let user = answer
            .user()
            .ok_or_else(|| self.session.nonsense(action, "its answer holds no user"))?;
        tell(
            step,
            BootstrapState::Made,
            format!("`{}` was made", user.arn()),
        );
        Ok(user.arn().to_owned())
    }

    async fn policy(&self, tell: &mut impl Tell) -> Result<String, BootstrapError> {
        let step = BootstrapStep::Policy;
        if let Some(policy) = &self.plan.account.policy {
            let detail = format!("`{}` was there already with the same document", policy.arn);
            tell(step, BootstrapState::Existed, detail);
            return Ok(policy.arn.clone());
        }
        let request = &self.plan.request;
        let name = &request.policy_name;
        let action = "iam:CreatePolicy";
        let call = self.session.iam.create_policy().policy_name(name);
        let call = call.policy_document(&request.policy_document);
        let answer = self.session.ask(action, call.send()).await;
        let answer = answer.map_err(|error| taken("policy", name, error))?;
        let arn = answer.policy().and_then(|policy| policy.arn());
        let arn = arn.ok_or_else(|| self.session.nonsense(action, "its answer holds no ARN"))?;
        tell(step, BootstrapState::Made, format!("`{arn}` was made"));
        Ok(arn.to_owned())
    }

    /// By the ARN that AWS returned: the name alone may stand for another policy.
    async fn attachment(&self, arn: &str, tell: &mut impl Tell) -> Result<(), BootstrapError> {
        let step = BootstrapStep::Attachment;
        let user = &self.plan.request.user_name;
        if self.plan.account.attached {
            let detail = format!("`{arn}` was attached to `{user}` already");
            tell(step, BootstrapState::Existed, detail);
            return Ok(());
        }
        let request = self
            .session
            .iam
            .attach_user_policy()
            .user_name(user)
            .policy_arn(arn);
        while_missing(Patience::SETTLING, || {
            self.session
                .ask("iam:AttachUserPolicy", request.clone().send())
        })
        .await?;
        tell(
            step,
            BootstrapState::Made,
            format!("`{arn}` was attached to `{user}`"),
        );
        Ok(())
    }

    async fn self_check(&self, user_arn: &str, tell: &mut impl Tell) -> Result<(), BootstrapError> {
        let step = BootstrapStep::SelfCheck;
        let user = &self.plan.request.user_name;
        let state = match self.plan.state_of(step) {
            None => return Ok(()),
            Some(BootstrapState::Existed) => {
                let detail = format!("`{user}` could check itself already");
                tell(step, BootstrapState::Existed, detail);
                return Ok(());
            }
            Some(state) => state,
        };
        let request = self.session.iam.put_user_policy().user_name(user);
        let request = request
            .policy_name(SELF_CHECK_POLICY)
            .policy_document(self_check_document(user_arn).to_string());
        while_missing(Patience::SETTLING, || {
            self.session
                .ask("iam:PutUserPolicy", request.clone().send())
        })
        .await?;
        let detail =
            format!("`{user}` may check itself by its inline policy `{SELF_CHECK_POLICY}`");
        tell(step, state, detail);
        Ok(())
    }

    async fn access_key(&self, tell: &mut impl Tell) -> Result<Option<AccessKey>, BootstrapError> {
        let step = BootstrapStep::AccessKey;
        let BootstrapPlan {
            request, account, ..
        } = self.plan;
        let user = &request.user_name;
        if !self.plan.makes_key() {
            let keys = described(&account.keys, request);
            let detail = format!(
                "no key was made, `{user}` has {keys}; AWS shows a secret only once: if it is lost, delete that key and run again, or make a second one with `--new-key` (AWS allows two)"
            );
            tell(step, BootstrapState::Existed, detail);
            return Ok(None);
        }
        let action = "iam:CreateAccessKey";
        let call = self.session.iam.create_access_key().user_name(user);
        let answer = while_missing(Patience::SETTLING, || {
            // Sent once: a second attempt after a lost answer would make a second key.
            let once = Config::builder().retry_config(RetryConfig::disabled());
            self.session.ask(
                action,
                call.clone().customize().config_override(once).send(),
            )
        })
        .await
        .map_err(uncertain)?;
        let key = answer
            .access_key
            .ok_or_else(|| self.session.nonsense(action, "its answer holds no key"))?;
        let id = AccessKeyId::parse(&key.access_key_id).map_err(|_| {
            self.session
                .nonsense(action, "its answer holds no access key id")
        })?;
        tell(
            step,
            BootstrapState::Made,
            format!("`{id}` was made for `{user}`"),
        );
        Ok(Some(AccessKey {
            id,
            secret: SecretString::from(key.secret_access_key),
            session_token: None,
        }))
    }
}

fn uncertain(error: CloudError) -> BootstrapError {
    match error {
        CloudError::TimedOut { .. }
        | CloudError::Unreachable { .. }
        | CloudError::Nonsense { .. } => BootstrapError::KeyUncertain(error),
        other => other.into(),
    }
}

fn taken(what: &'static str, name: &str, error: CloudError) -> BootstrapError {
    match error {
        CloudError::Refused { code, .. } if code == "EntityAlreadyExists" => {
            BootstrapError::Taken {
                what,
                name: name.to_owned(),
            }
        }
        other => other.into(),
    }
}
