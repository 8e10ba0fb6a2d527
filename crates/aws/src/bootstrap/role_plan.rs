//! The roles that machines run with, and their instance profiles. Pure.

use commissary_permissions::NodeRole;

use super::BootstrapError;
use super::account::{KnownProfile, KnownRole};
use super::line::{BootstrapState, BootstrapStep, Call, PlanLine};
use super::plan::{BY_UNDO, Planning};
use crate::document;

/// A line for each role, followed by one for its instance profile.
pub(super) fn lines(planning: &Planning<'_>) -> Result<Vec<PlanLine>, BootstrapError> {
    let mut lines = Vec::new();
    for role in &planning.blueprint.roles {
        lines.push(match planning.account.role(&role.name) {
            None => made(planning, role),
            Some(known) => existing(planning, role, known)?,
        });
        if role.instance_profile {
            lines.push(profile(role, planning.account.profile(&role.name))?);
        }
    }
    Ok(lines)
}

/// The ARNs of all policies that the role is to have.
fn policies(planning: &Planning<'_>, role: &NodeRole) -> Vec<String> {
    let made = role.policies.iter().map(|name| planning.policy_arn(name));
    made.chain(role.aws_policies.iter().cloned()).collect()
}

fn attach(role: &NodeRole, arn: String) -> Call {
    Call::AttachToRole {
        name: role.name.clone(),
        arn,
    }
}

fn made(planning: &Planning<'_>, role: &NodeRole) -> PlanLine {
    let policies = policies(planning, role);
    let create = Call::CreateRole {
        name: role.name.clone(),
        description: role.description.clone(),
        trust: role.trust(),
    };
    PlanLine {
        step: BootstrapStep::Role,
        state: BootstrapState::Made,
        detail: format!(
            "`{}` with {} policies: {}",
            role.name,
            policies.len(),
            role.description
        ),
        undo: Some(BY_UNDO.to_owned()),
        calls: std::iter::once(create)
            .chain(policies.into_iter().map(|arn| attach(role, arn)))
            .collect(),
    }
}

/// Policies that it lacks are attached; what else it has is left.
fn existing(
    planning: &Planning<'_>,
    role: &NodeRole,
    known: &KnownRole,
) -> Result<PlanLine, BootstrapError> {
    let step = BootstrapStep::Role;
    let trusts = document::same(&known.trust, &role.trust());
    if !trusts && !planning.may_change(known.owner.as_ref()) {
        return Err(BootstrapError::Other {
            what: "role",
            name: known.name.clone(),
        });
    }
    let trust = (!trusts).then(|| Call::SetTrust {
        name: role.name.clone(),
        trust: role.trust(),
    });
    let lacking = policies(planning, role).into_iter();
    let lacking = lacking.filter(|arn| !known.attached.contains(arn));
    let calls: Vec<Call> = trust
        .into_iter()
        .chain(lacking.map(|arn| attach(role, arn)))
        .collect();
    if calls.is_empty() {
        let detail = format!("`{}` with its policies", role.name);
        return Ok(PlanLine::still(step, BootstrapState::Existed, detail));
    }
    let attached = calls
        .iter()
        .filter(|call| matches!(call, Call::AttachToRole { .. }))
        .count();
    let trust = if trusts {
        ""
    } else {
        " and its trust policy is replaced"
    };
    Ok(PlanLine {
        step,
        state: BootstrapState::Changed,
        detail: format!(
            "`{}` gets {attached} policies that it lacks{trust}",
            role.name
        ),
        undo: Some("`aws iam detach-role-policy`; an earlier trust policy is not kept".to_owned()),
        calls,
    })
}

fn profile(role: &NodeRole, known: Option<&KnownProfile>) -> Result<PlanLine, BootstrapError> {
    let step = BootstrapStep::InstanceProfile;
    let add = Call::AddToProfile {
        name: role.name.clone(),
        role: role.name.clone(),
    };
    let line = |state, detail, calls| PlanLine {
        step,
        state,
        detail,
        undo: Some(BY_UNDO.to_owned()),
        calls,
    };
    let named = format!("`{}`", role.name);
    match known {
        None => {
            let create = Call::CreateProfile {
                name: role.name.clone(),
            };
            Ok(line(BootstrapState::Made, named, vec![create, add]))
        }
        Some(known) => match known.roles.first() {
            None => Ok(line(
                BootstrapState::Changed,
                format!("{named} gets its role"),
                vec![add],
            )),
            Some(inside) if inside.eq_ignore_ascii_case(&role.name) => {
                Ok(PlanLine::still(step, BootstrapState::Existed, named))
            }
            Some(other) => Err(BootstrapError::OtherRole {
                name: role.name.clone(),
                role: other.clone(),
            }),
        },
    }
}
