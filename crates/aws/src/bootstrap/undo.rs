//! The way back: what a bootstrap made is removed, and only that.

use std::collections::BTreeSet;
use std::fmt;

use commissary_core::domain::Identity;
use commissary_permissions::{Blueprint, OWNER_TAG, SELF_CHECK_POLICY};

use super::BootstrapError;
use super::account::{Account, KnownPolicy, KnownRole, KnownUser};
use super::apply::apply_removals;
use super::inspect::{Names, inspect};
use super::line::{BootstrapEvent, BootstrapState, BootstrapStep, Call, PlanLine};
use super::plan::remove_policy;
use crate::AwsSession;

/// Whose bootstrap is undone.
#[derive(Debug, Clone)]
pub struct UndoRequest {
    /// A blueprint of the user, with every role that may have been made for it.
    pub blueprint: Blueprint,
    /// The name that the user's policies are called after.
    pub policy_name: String,
}

/// What would be removed, and what is left; nothing is changed yet.
pub struct UndoPlan {
    request: UndoRequest,
    account: Account,
    lines: Vec<PlanLine>,
}

impl UndoPlan {
    /// Looks at the account and plans.
    ///
    /// # Errors
    /// A name is none, or AWS does not answer. Nothing was changed.
    pub async fn prepare(
        session: &AwsSession,
        request: UndoRequest,
    ) -> Result<Self, BootstrapError> {
        request.blueprint.check()?;
        let blueprint = &request.blueprint;
        let names = Names {
            user: blueprint.user_name.clone(),
            policies: blueprint
                .managed_policies()
                .map(|policy| policy.name.clone())
                .collect(),
            policy: request.policy_name.clone(),
            roles: blueprint
                .roles
                .iter()
                .map(|role| role.name.clone())
                .collect(),
        };
        let account = inspect(session, &names).await?;
        let lines = lines(&blueprint.user_name, &account);
        Ok(Self {
            request,
            account,
            lines,
        })
    }

    /// The lines in their order.
    pub fn lines(&self) -> &[PlanLine] {
        &self.lines
    }

    /// Whether anything would be removed.
    pub fn changes(&self) -> bool {
        self.lines.iter().any(PlanLine::changes)
    }

    /// Who would do it, and in which account.
    pub fn administrator(&self) -> &Identity {
        &self.account.identity
    }

    /// Removes, telling each line as it is done.
    ///
    /// # Errors
    /// AWS refuses or does not answer. The next run goes on.
    pub async fn apply(
        self,
        session: &AwsSession,
        tell: impl FnMut(BootstrapEvent) + Send,
    ) -> Result<(), BootstrapError> {
        apply_removals(session, &self.request.blueprint, &self.lines, tell).await
    }
}

impl fmt::Debug for UndoPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UndoPlan")
            .field("lines", &self.lines)
            .finish_non_exhaustive()
    }
}

/// What a bootstrap of the user made, in the order in which IAM lets it go (IAM API Reference,
/// "DeleteUser", "DeleteRole" and "DeletePolicy").
fn lines(user_name: &str, account: &Account) -> Vec<PlanLine> {
    let undoing = Undoing { user_name, account };
    let mut lines = Vec::new();
    if let Some(user) = &account.user {
        lines.append(&mut undoing.keys(user));
        lines.append(&mut undoing.parts_of(user));
    }
    lines.append(&mut undoing.profiles());
    lines.append(&mut undoing.roles());
    lines.append(&mut undoing.policies());
    if let Some(user) = &account.user {
        lines.push(undoing.user(user));
    }
    lines
}

struct Undoing<'a> {
    user_name: &'a str,
    account: &'a Account,
}

impl Undoing<'_> {
    fn is_ours(&self, owner: Option<&String>) -> bool {
        owner.is_some_and(|owner| owner == self.user_name)
    }

    fn our_policies(&self) -> impl Iterator<Item = &KnownPolicy> {
        let policies = self.account.policies.iter();
        policies.filter(|policy| self.is_ours(policy.owner.as_ref()))
    }

    fn our_roles(&self) -> impl Iterator<Item = &KnownRole> {
        let roles = self.account.roles.iter();
        roles.filter(|role| self.is_ours(role.owner.as_ref()))
    }

    fn is_our_policy(&self, arn: &str) -> bool {
        self.our_policies().any(|policy| policy.arn == arn)
    }

    /// The keys of a user that is removed. Of any other user nobody can say who made them.
    fn keys(&self, user: &KnownUser) -> Vec<PlanLine> {
        let step = BootstrapStep::AccessKey;
        let keys = self.account.keys.iter();
        if self.is_ours(user.owner.as_ref()) {
            return keys
                .map(|key| PlanLine {
                    step,
                    state: BootstrapState::Removed,
                    detail: format!("`{}`: what still uses it stops working at once", key.id),
                    undo: Some("it cannot be brought back".to_owned()),
                    calls: vec![Call::DeleteKey(key.id.clone())],
                })
                .collect();
        }
        keys.map(|key| {
            let detail = format!(
                "`{}`: who made it cannot be told, for the user was there before",
                key.id
            );
            PlanLine::still(step, BootstrapState::Left, detail)
        })
        .collect()
    }

    /// The self-check and the attachments of our policies.
    fn parts_of(&self, user: &KnownUser) -> Vec<PlanLine> {
        let again = || Some("run the bootstrap again".to_owned());
        let self_check = user.self_check.as_ref().map(|_| PlanLine {
            step: BootstrapStep::SelfCheck,
            state: BootstrapState::Removed,
            detail: format!("the inline policy `{SELF_CHECK_POLICY}`"),
            undo: again(),
            calls: vec![Call::DeleteInline {
                name: SELF_CHECK_POLICY.to_owned(),
            }],
        });
        let ours = user.attached.iter().filter(|arn| self.is_our_policy(arn));
        let detached = ours.map(|arn| PlanLine {
            step: BootstrapStep::Attachment,
            state: BootstrapState::Removed,
            detail: format!("`{arn}` from `{}`", self.user_name),
            undo: again(),
            calls: vec![Call::DetachFromUser { arn: arn.clone() }],
        });
        self_check.into_iter().chain(detached).collect()
    }

    fn profiles(&self) -> Vec<PlanLine> {
        let profiles = self.account.profiles.iter();
        let ours = profiles.filter(|profile| self.is_ours(profile.owner.as_ref()));
        ours.map(|profile| {
            let name = &profile.name;
            let roles = profile.roles.iter().map(|role| Call::RemoveFromProfile {
                name: name.clone(),
                role: role.clone(),
            });
            let last = Call::DeleteProfile { name: name.clone() };
            PlanLine {
                step: BootstrapStep::InstanceProfile,
                state: BootstrapState::Removed,
                detail: format!("`{name}`: machines that run with it lose their rights"),
                undo: Some("run the bootstrap again".to_owned()),
                calls: roles.chain([last]).collect(),
            }
        })
        .collect()
    }

    fn roles(&self) -> Vec<PlanLine> {
        self.our_roles().map(|role| self.role(role)).collect()
    }

    fn role(&self, role: &KnownRole) -> PlanLine {
        let step = BootstrapStep::Role;
        let name = &role.name;
        let is_aws = |arn: &str| arn.contains(":iam::aws:policy/");
        let foreign = role.attached.iter();
        let foreign = foreign.filter(|arn| !self.is_our_policy(arn) && !is_aws(arn));
        let inline = role.inline.iter().map(|inline| format!("`{inline}`"));
        let others: Vec<String> = foreign
            .map(|arn| format!("`{arn}`"))
            .chain(inline)
            .collect();
        let shared =
            self.account.profiles.iter().any(|profile| {
                profile.roles.contains(name) && !self.is_ours(profile.owner.as_ref())
            });
        if shared || !others.is_empty() {
            let why = match others.is_empty() {
                true => "an instance profile that was not made by a bootstrap holds it".to_owned(),
                false => format!(
                    "it has policies that no bootstrap gave it: {}",
                    others.join(", ")
                ),
            };
            return PlanLine::still(step, BootstrapState::Left, format!("`{name}` stays: {why}"));
        }
        let detach = role.attached.iter().map(|arn| Call::DetachFromRole {
            name: name.clone(),
            arn: arn.clone(),
        });
        let last = Call::DeleteRole { name: name.clone() };
        PlanLine {
            step,
            state: BootstrapState::Removed,
            detail: format!("`{name}`"),
            undo: Some("run the bootstrap again".to_owned()),
            calls: detach.chain([last]).collect(),
        }
    }

    /// Our policies, once nothing of ours has them any more.
    fn policies(&self) -> Vec<PlanLine> {
        let removed: BTreeSet<&str> = self
            .our_roles()
            .filter(|role| self.role(role).state == BootstrapState::Removed)
            .map(|role| role.name.as_str())
            .collect();
        let ours = self.our_policies();
        ours.map(|policy| {
            let user = self.account.user.iter();
            let of_user = user
                .filter(|user| user.attached.contains(&policy.arn))
                .count();
            let roles = self.account.roles.iter();
            let of_roles = roles
                .filter(|role| removed.contains(role.name.as_str()))
                .filter(|role| role.attached.contains(&policy.arn))
                .count();
            remove_policy(policy, of_user + of_roles, false)
        })
        .collect()
    }

    fn user(&self, user: &KnownUser) -> PlanLine {
        let step = BootstrapStep::User;
        if !self.is_ours(user.owner.as_ref()) {
            let detail = format!(
                "`{}` stays: no bootstrap made it (it lacks the tag `{OWNER_TAG}` with its name)",
                user.arn
            );
            return PlanLine::still(step, BootstrapState::Left, detail);
        }
        let attached = user.attached.iter().filter(|arn| !self.is_our_policy(arn));
        let attached = attached.map(|arn| format!("`{arn}`"));
        let inline = user.inline.iter().filter(|name| *name != SELF_CHECK_POLICY);
        let inline = inline.map(|name| format!("the inline policy `{name}`"));
        let groups = user.groups.iter().map(|name| format!("the group `{name}`"));
        let others: Vec<String> = attached.chain(inline).chain(groups).collect();
        if !others.is_empty() {
            let detail = format!(
                "`{}` stays, without keys: it has what no bootstrap gave it: {}",
                user.arn,
                others.join(", ")
            );
            return PlanLine::still(step, BootstrapState::Left, detail);
        }
        PlanLine {
            step,
            state: BootstrapState::Removed,
            detail: format!("`{}`", user.arn),
            undo: Some("run the bootstrap again; its keys will be others".to_owned()),
            calls: vec![Call::DeleteUser],
        }
    }
}
