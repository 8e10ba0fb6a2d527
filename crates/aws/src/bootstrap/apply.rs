//! Doing what was planned, one call after the other.

use aws_sdk_iam::Config;
use aws_sdk_iam::config::retry::RetryConfig;
use aws_sdk_iam::types::Tag;
use commissary_core::domain::{AccessKey, AccessKeyId, BootstrapEvent, BootstrapOutcome};
use commissary_core::ports::{BootstrapError, CloudError, Keeper};
use commissary_permissions::{Blueprint, ManagedPolicy, SELF_CHECK_POLICY};
use secrecy::SecretString;
use serde_json::Value;

use super::line::{Call, Line, Tagged};
use super::usable::{Patience, is_missing, while_in_use, while_missing};
use super::{BootstrapPlan, inspect};
use crate::AwsSession;

impl BootstrapPlan {
    /// Does the lines, telling `keeper` each as it is done, and of the access key before and after
    /// it is made.
    ///
    /// # Errors
    /// AWS refuses or does not answer, or `keeper` does not let the key be made or cannot keep it.
    /// What was made until then stays; the next run uses it.
    pub async fn apply(
        self,
        session: &AwsSession,
        keeper: &dyn Keeper,
    ) -> Result<BootstrapOutcome, BootstrapError> {
        let planning = super::plan::Planning::new(&self.request, &self.account);
        let user_arn = planning.user_arn();
        let policies = self.request.blueprint.policies.iter();
        let policy_arns = policies.map(|policy| planning.policy_arn(&policy.name));
        let policy_arns = policy_arns.collect();
        let doing = Doing {
            session,
            blueprint: &self.request.blueprint,
            account_id: &self.account.identity.account_id,
            user_arn: &user_arn,
        };
        let mut access_key = None;
        for line in &self.lines {
            let mut detail = line.detail.clone();
            for call in &line.calls {
                if self.is_of_new_key(call) {
                    let noted = keeper.about_to_make_key(&self.account.keys).await;
                    noted.map_err(BootstrapError::NotNoted)?;
                }
                if let Some(key) = doing.call(call).await? {
                    doing.hand_over(&key, keeper).await?;
                    detail = format!("`{}` {detail}", key.id);
                    access_key = Some(key);
                }
            }
            keeper.tell(event(line, detail));
        }
        let removed = |id: &AccessKeyId| {
            let mut calls = self.lines.iter().flat_map(|line| &line.calls);
            calls.any(|call| matches!(call, Call::DeleteKey(gone) if gone == id))
        };
        let keys = self.account.keys.iter().filter(|key| !removed(&key.id));
        Ok(BootstrapOutcome {
            known_keys: keys.cloned().collect(),
            user_arn,
            policy_arns,
            access_key,
        })
    }

    /// Whether a call makes an access key, or makes room for it.
    fn is_of_new_key(&self, call: &Call) -> bool {
        match call {
            Call::CreateKey => true,
            Call::DeleteKey(id) => self.request.key.replaces() == Some(id),
            _ => false,
        }
    }
}

/// Does the lines of a plan that makes nothing.
pub(super) async fn apply_removals(
    session: &AwsSession,
    blueprint: &Blueprint,
    lines: &[Line],
    mut tell: impl FnMut(BootstrapEvent) + Send,
) -> Result<(), BootstrapError> {
    let doing = Doing {
        session,
        blueprint,
        account_id: "",
        user_arn: "",
    };
    for line in lines {
        for call in &line.calls {
            match doing.call(call).await {
                // Somebody else, or the run before, was faster.
                Err(BootstrapError::Cloud(error)) if is_missing(&error) => {}
                other => drop(other?),
            }
        }
        tell(event(line, line.detail.clone()));
    }
    Ok(())
}

/// Deletes an access key of a user that another took the place of. That it is gone already is no
/// error.
///
/// # Errors
/// AWS refuses or does not answer.
pub async fn delete_key(
    session: &AwsSession,
    user: &str,
    id: &AccessKeyId,
) -> Result<(), BootstrapError> {
    let request = session.iam.delete_access_key();
    let call = request.user_name(user).access_key_id(id.as_str()).send();
    match session.ask("iam:DeleteAccessKey", call).await {
        Err(error) if !is_missing(&error) => Err(error.into()),
        _ => Ok(()),
    }
}

fn event(line: &Line, detail: String) -> BootstrapEvent {
    BootstrapEvent {
        step: line.step,
        state: line.state,
        detail,
    }
}

struct Doing<'a> {
    session: &'a AwsSession,
    blueprint: &'a Blueprint,
    account_id: &'a str,
    user_arn: &'a str,
}

type Done = Result<(), BootstrapError>;

/// Sends a call, and again while AWS has not heard yet of what was made a moment ago. The
/// operations are alike, but the SDK gives each a type of its own.
macro_rules! send {
    ($doing:expr, $action:expr, $request:expr) => {{
        let (session, request) = ($doing.session, $request);
        while_missing(Patience::SETTLING, || {
            session.ask($action, request.clone().send())
        })
        .await
    }};
}

/// The same for what is removed: that it is gone is no reason to wait, that something still hangs
/// on it may be, for that was removed a moment ago.
macro_rules! remove {
    ($doing:expr, $action:expr, $request:expr) => {{
        let (session, request) = ($doing.session, $request);
        while_in_use(Patience::SETTLING, || {
            session.ask($action, request.clone().send())
        })
        .await
    }};
}

impl Doing<'_> {
    /// Makes a call; a key is returned if that is what it made.
    async fn call(&self, call: &Call) -> Result<Option<AccessKey>, BootstrapError> {
        match call {
            Call::CreateKey => return self.create_key().await.map(Some),
            Call::CreateUser => self.create_user().await?,
            Call::CreatePolicy(policy) => self.create_policy(policy).await?,
            Call::CreateRole {
                name,
                description,
                trust,
            } => self.create_role(name, description, trust).await?,
            Call::CreateProfile { name } => self.create_profile(name).await?,
            Call::PutBoundary
            | Call::MoveUser
            | Call::PutSelfCheck
            | Call::AttachToUser { .. }
            | Call::DetachFromUser { .. }
            | Call::DeleteInline { .. }
            | Call::DeleteKey(_)
            | Call::DeleteUser => self.change_user(call).await?,
            Call::CreatePolicyVersion { .. }
            | Call::DeletePolicyVersion { .. }
            | Call::DeletePolicy { .. } => self.change_policy(call).await?,
            Call::SetTrust { .. }
            | Call::PutRoleBoundary { .. }
            | Call::AttachToRole { .. }
            | Call::DetachFromRole { .. }
            | Call::DeleteRole { .. } => self.change_role(call).await?,
            Call::Tag(thing) => self.tag(thing).await?,
            Call::AddToProfile { .. }
            | Call::RemoveFromProfile { .. }
            | Call::DeleteProfile { .. } => self.change_profile(call).await?,
        }
        Ok(None)
    }

    fn tags(&self) -> Vec<Tag> {
        let tags = self.blueprint.tags.iter();
        // A tag without key or value cannot be built, and none is without.
        tags.filter_map(|tag| Tag::builder().key(&tag.key).value(&tag.value).build().ok())
            .collect()
    }

    async fn create_user(&self) -> Done {
        let name = &self.blueprint.user_name;
        let request = self.session.iam.create_user().user_name(name);
        let request = request
            .path(&self.blueprint.path)
            .set_tags(Some(self.tags()))
            .set_permissions_boundary(self.blueprint.permissions_boundary.clone());
        let answer = self.session.ask("iam:CreateUser", request.send()).await;
        self.made("user", name, Tagged::User, answer).await
    }

    async fn create_policy(&self, policy: &ManagedPolicy) -> Done {
        let name = &policy.name;
        let request = self.session.iam.create_policy().policy_name(name);
        let request = request
            .policy_document(policy.document.to_compact())
            .description(&policy.description)
            .set_tags(Some(self.tags()));
        let answer = self.session.ask("iam:CreatePolicy", request.send()).await;
        let (partition, account) = (&self.blueprint.partition, self.account_id);
        let arn = format!("arn:{partition}:iam::{account}:policy/{name}");
        self.made("policy", name, Tagged::Policy(arn), answer).await
    }

    async fn create_role(&self, name: &str, description: &str, trust: &Value) -> Done {
        let request = self.session.iam.create_role().role_name(name);
        let request = request
            .assume_role_policy_document(trust.to_string())
            .description(description)
            .set_tags(Some(self.tags()))
            .set_permissions_boundary(self.blueprint.permissions_boundary.clone());
        let answer = self.session.ask("iam:CreateRole", request.send()).await;
        let thing = Tagged::Role(name.to_owned());
        self.made("role", name, thing, answer).await
    }

    async fn create_profile(&self, name: &str) -> Done {
        let request = self.session.iam.create_instance_profile();
        let request = request
            .instance_profile_name(name)
            .set_tags(Some(self.tags()));
        let action = "iam:CreateInstanceProfile";
        let answer = self.session.ask(action, request.send()).await;
        let thing = Tagged::Profile(name.to_owned());
        self.made("instance profile", name, thing, answer).await
    }

    /// What became of making something. That it exists already is no fault if a bootstrap of this
    /// user made it: the first answer was lost, and the call was sent again.
    async fn made<T>(
        &self,
        what: &'static str,
        name: &str,
        thing: Tagged,
        answer: Result<T, CloudError>,
    ) -> Done {
        let code = match &answer {
            Err(CloudError::Refused { code, .. }) => code.as_str(),
            _ => "",
        };
        if code != "EntityAlreadyExists" {
            answer?;
            return Ok(());
        }
        let user = &self.blueprint.user_name;
        let owner = inspect::owner_of(self.session, &thing, user).await?;
        if owner.as_ref() == Some(user) {
            return Ok(());
        }
        Err(BootstrapError::Taken {
            what,
            name: name.to_owned(),
        })
    }

    async fn change_user(&self, call: &Call) -> Done {
        let iam = &self.session.iam;
        let user = &self.blueprint.user_name;
        match call {
            Call::PutBoundary => {
                let request = iam.put_user_permissions_boundary().user_name(user);
                let boundary = self.blueprint.permissions_boundary.clone();
                let request = request.set_permissions_boundary(boundary);
                send!(self, "iam:PutUserPermissionsBoundary", request)?;
            }
            Call::MoveUser => {
                let request = iam.update_user().user_name(user);
                let request = request.new_path(&self.blueprint.path);
                send!(self, "iam:UpdateUser", request)?;
            }
            Call::PutSelfCheck => {
                let document = Blueprint::self_check_document(self.user_arn).to_string();
                let request = iam.put_user_policy().user_name(user);
                let request = request
                    .policy_name(SELF_CHECK_POLICY)
                    .policy_document(document);
                send!(self, "iam:PutUserPolicy", request)?;
            }
            Call::AttachToUser { arn } => {
                let request = iam.attach_user_policy().user_name(user).policy_arn(arn);
                send!(self, "iam:AttachUserPolicy", request)?;
            }
            Call::DetachFromUser { arn } => {
                let request = iam.detach_user_policy().user_name(user).policy_arn(arn);
                remove!(self, "iam:DetachUserPolicy", request)?;
            }
            Call::DeleteInline { name } => {
                let request = iam.delete_user_policy().user_name(user).policy_name(name);
                remove!(self, "iam:DeleteUserPolicy", request)?;
            }
            Call::DeleteKey(id) => {
                let request = iam
                    .delete_access_key()
                    .user_name(user)
                    .access_key_id(id.as_str());
                remove!(self, "iam:DeleteAccessKey", request)?;
            }
            Call::DeleteUser => {
                remove!(self, "iam:DeleteUser", iam.delete_user().user_name(user))?;
            }
            _ => {}
        }
        Ok(())
    }

    async fn change_policy(&self, call: &Call) -> Done {
        let iam = &self.session.iam;
        match call {
            Call::CreatePolicyVersion { arn, document } => {
                let request = iam.create_policy_version().policy_arn(arn);
                let request = request.policy_document(document).set_as_default(true);
                // Sent once, as a second attempt after a lost answer would make a second version.
                while_missing(Patience::SETTLING, || {
                    let call = request.clone().customize().config_override(once());
                    self.session.ask("iam:CreatePolicyVersion", call.send())
                })
                .await?;
            }
            Call::DeletePolicyVersion { arn, version } => {
                let request = iam
                    .delete_policy_version()
                    .policy_arn(arn)
                    .version_id(version);
                remove!(self, "iam:DeletePolicyVersion", request)?;
            }
            Call::DeletePolicy { arn } => {
                remove!(
                    self,
                    "iam:DeletePolicy",
                    iam.delete_policy().policy_arn(arn)
                )?;
            }
            _ => {}
        }
        Ok(())
    }

    async fn change_role(&self, call: &Call) -> Done {
        let iam = &self.session.iam;
        match call {
            Call::SetTrust { name, trust } => {
                let request = iam.update_assume_role_policy().role_name(name);
                let request = request.policy_document(trust.to_string());
                send!(self, "iam:UpdateAssumeRolePolicy", request)?;
            }
            Call::PutRoleBoundary { name } => {
                let request = iam.put_role_permissions_boundary().role_name(name);
                let boundary = self.blueprint.permissions_boundary.clone();
                let request = request.set_permissions_boundary(boundary);
                send!(self, "iam:PutRolePermissionsBoundary", request)?;
            }
            Call::AttachToRole { name, arn } => {
                let request = iam.attach_role_policy().role_name(name).policy_arn(arn);
                send!(self, "iam:AttachRolePolicy", request)?;
            }
            Call::DetachFromRole { name, arn } => {
                let request = iam.detach_role_policy().role_name(name).policy_arn(arn);
                remove!(self, "iam:DetachRolePolicy", request)?;
            }
            Call::DeleteRole { name } => {
                remove!(self, "iam:DeleteRole", iam.delete_role().role_name(name))?;
            }
            _ => {}
        }
        Ok(())
    }

    async fn tag(&self, thing: &Tagged) -> Done {
        let iam = &self.session.iam;
        let tags = Some(self.tags());
        match thing {
            Tagged::User => {
                let request = iam.tag_user().user_name(&self.blueprint.user_name);
                send!(self, "iam:TagUser", request.set_tags(tags))?;
            }
            Tagged::Policy(arn) => {
                let request = iam.tag_policy().policy_arn(arn);
                send!(self, "iam:TagPolicy", request.set_tags(tags))?;
            }
            Tagged::Role(name) => {
                let request = iam.tag_role().role_name(name);
                send!(self, "iam:TagRole", request.set_tags(tags))?;
            }
            Tagged::Profile(name) => {
                let request = iam.tag_instance_profile().instance_profile_name(name);
                send!(self, "iam:TagInstanceProfile", request.set_tags(tags))?;
            }
        }
        Ok(())
    }

    async fn change_profile(&self, call: &Call) -> Done {
        let iam = &self.session.iam;
        match call {
            Call::AddToProfile { name, role } => {
                let request = iam.add_role_to_instance_profile();
                let request = request.instance_profile_name(name).role_name(role);
                send!(self, "iam:AddRoleToInstanceProfile", request)?;
            }
            Call::RemoveFromProfile { name, role } => {
                let request = iam.remove_role_from_instance_profile();
                let request = request.instance_profile_name(name).role_name(role);
                remove!(self, "iam:RemoveRoleFromInstanceProfile", request)?;
            }
            Call::DeleteProfile { name } => {
                let request = iam.delete_instance_profile().instance_profile_name(name);
                remove!(self, "iam:DeleteInstanceProfile", request)?;
            }
            _ => {}
        }
        Ok(())
    }

    /// Has a new key kept. One that cannot be is taken back: nobody else knows its secret.
    async fn hand_over(&self, key: &AccessKey, keeper: &dyn Keeper) -> Done {
        let Err(why) = keeper.made_key(key).await else {
            return Ok(());
        };
        match self.call(&Call::DeleteKey(key.id.clone())).await {
            Ok(_) => Err(BootstrapError::NotKept(why)),
            Err(BootstrapError::Cloud(error)) => Err(BootstrapError::KeyLeft {
                id: key.id.clone(),
                why,
                error,
            }),
            Err(other) => Err(other),
        }
    }

    async fn create_key(&self) -> Result<AccessKey, BootstrapError> {
        let action = "iam:CreateAccessKey";
        let user = &self.blueprint.user_name;
        let call = self.session.iam.create_access_key().user_name(user);
        let answer = while_missing(Patience::SETTLING, || {
            // Sent once: a second attempt after a lost answer would make a second key.
            let call = call.clone().customize().config_override(once());
            self.session.ask(action, call.send())
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
        Ok(AccessKey {
            id,
            secret: SecretString::from(key.secret_access_key),
            session_token: None,
        })
    }
}

/// The codes by which AWS says that it went wrong itself, at whatever point (IAM API Reference,
/// "Common Errors").
const FAULTS: [&str; 4] = [
    "InternalFailure",
    "InternalError",
    "ServiceFailure",
    "ServiceUnavailable",
];

/// Without the SDK's own further attempts.
pub(super) fn once() -> aws_sdk_iam::config::Builder {
    Config::builder().retry_config(RetryConfig::disabled())
}

fn uncertain(error: CloudError) -> BootstrapError {
    match error {
        CloudError::TimedOut { .. }
        | CloudError::Unreachable { .. }
        | CloudError::Nonsense { .. } => BootstrapError::KeyUncertain(error),
        CloudError::Refused { ref code, .. } if FAULTS.contains(&code.as_str()) => {
            BootstrapError::KeyUncertain(error)
        }
        other => other.into(),
    }
}
