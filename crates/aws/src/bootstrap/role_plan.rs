//! The roles that machines run with, and their instance profiles. Pure.

use commissary_core::domain::{BootstrapState, BootstrapStep};
use commissary_core::ports::BootstrapError;
use commissary_permissions::NodeRole;

use super::account::{KnownProfile, KnownRole};
use super::line::{Call, Line, Tagged};
use super::plan::Planning;
use crate::document;

/// A line for each role, followed by one for its instance profile.
pub(super) fn lines(planning: &Planning<'_>) -> Result<Vec<Line>, BootstrapError> {
    let mut lines = Vec::new();
    for role in &planning.blueprint.roles {
        lines.push(match planning.account.role(&role.name) {
            None => made(planning, role),
            Some(known) => existing(planning, role, known)?,
        });
        lines.extend(planning.account.role(&role.name).and_then(|known| {
            let thing = Tagged::Role(known.name.clone());
            planning.tags(known.owner.as_ref(), &known.tags, thing, &known.name)
        }));
        if role.instance_profile {
            lines.append(&mut profile(planning, role)?);
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

fn made(planning: &Planning<'_>, role: &NodeRole) -> Line {
    let policies = policies(planning, role);
    let create = Call::CreateRole {
        name: role.name.clone(),
        description: role.description.clone(),
        trust: role.trust(),
    };
    Line {
        step: BootstrapStep::Role,
        state: BootstrapState::Made,
        detail: format!(
            "`{}` with {} policies: {}",
            role.name,
            policies.len(),
            role.description
        ),
        undo: Some(planning.by_undo()),
        calls: std::iter::once(create)
            .chain(policies.into_iter().map(|arn| attach(role, arn)))
            .collect(),
    }
}

/// Policies that it lacks are attached, and it is bounded as asked; what else it has is left. A
/// role that no bootstrap of this user made is left as it is, unless others may be changed.
fn existing(
    planning: &Planning<'_>,
    role: &NodeRole,
    known: &KnownRole,
) -> Result<Line, BootstrapError> {
    let step = BootstrapStep::Role;
    let trusts = document::same(&known.trust, &role.trust());
    if !trusts && !planning.may_change(known.owner.as_ref()) {
        return Err(BootstrapError::Other {
            what: "role",
            name: known.name.clone(),
            allow: planning.request.words.change_others,
        });
    }
    let trust = (!trusts).then(|| Call::SetTrust {
        name: role.name.clone(),
        trust: role.trust(),
    });
    let bounded = planning.blueprint.permissions_boundary.as_ref();
    let boundary = bounded.filter(|wanted| known.boundary.as_ref() != Some(wanted));
    let lacking: Vec<String> = policies(planning, role)
        .into_iter()
        .filter(|arn| !known.attached.contains(arn))
        .collect();
    if !planning.may_change(known.owner.as_ref()) {
        return left(planning, known, boundary, &lacking);
    }
    let bound = boundary.map(|_| Call::PutRoleBoundary {
        name: role.name.clone(),
    });
    let bounds = if bound.is_some() {
        ", its permissions boundary is set"
    } else {
        ""
    };
    let calls: Vec<Call> = trust
        .into_iter()
        .chain(bound)
        .chain(lacking.into_iter().map(|arn| attach(role, arn)))
        .collect();
    if calls.is_empty() {
        let detail = format!("`{}` with its policies", role.name);
        return Ok(Line::still(step, BootstrapState::Existed, detail));
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
    Ok(Line {
        step,
        state: BootstrapState::Changed,
        detail: format!(
            "`{}` gets {attached} policies that it lacks{bounds}{trust}",
            role.name
        ),
        undo: Some(
            "`aws iam detach-role-policy`; an earlier trust policy or boundary is not kept"
                .to_owned(),
        ),
        calls,
    })
}

fn left(
    planning: &Planning<'_>,
    known: &KnownRole,
    boundary: Option<&String>,
    lacking: &[String],
) -> Result<Line, BootstrapError> {
    let (name, allow) = (&known.name, planning.request.words.change_others);
    if let Some(boundary) = boundary {
        return Err(BootstrapError::NotBounded {
            what: "role",
            name: name.clone(),
            boundary: boundary.clone(),
            there: known.boundary.clone().unwrap_or_else(|| "none".to_owned()),
            allow,
        });
    }
    let mut detail = format!("`{name}` was not made by a bootstrap of this user");
    if lacking.is_empty() {
        detail.push_str(" and has what it needs");
        let (step, state) = (BootstrapStep::Role, BootstrapState::Existed);
        return Ok(Line::still(step, state, detail));
    }
    let lacking: Vec<String> = lacking.iter().map(|arn| format!("`{arn}`")).collect();
    detail.push_str(&format!(
        "; it lacks {}: attach them, or let it be changed with {allow}",
        lacking.join(", ")
    ));
    let (step, state) = (BootstrapStep::Role, BootstrapState::Left);
    Ok(Line::still(step, state, detail))
}

fn profile(planning: &Planning<'_>, role: &NodeRole) -> Result<Vec<Line>, BootstrapError> {
    let known = planning.account.profile(&role.name);
    let line = profile_line(planning, role, known)?;
    let tags = known.and_then(|known| {
        let thing = Tagged::Profile(known.name.clone());
        planning.tags(known.owner.as_ref(), &known.tags, thing, &known.name)
    });
    Ok(std::iter::once(line).chain(tags).collect())
}

fn profile_line(
    planning: &Planning<'_>,
    role: &NodeRole,
    known: Option<&KnownProfile>,
) -> Result<Line, BootstrapError> {
    let step = BootstrapStep::InstanceProfile;
    let add = Call::AddToProfile {
        name: role.name.clone(),
        role: role.name.clone(),
    };
    let line = |state, detail, calls| Line {
        step,
        state,
        detail,
        undo: Some(planning.by_undo()),
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
            None if !planning.may_change(known.owner.as_ref()) => {
                let detail = format!(
                    "{named} was not made by a bootstrap of this user and holds no role: add `{}`, or let it be changed with {}",
                    role.name, planning.request.words.change_others
                );
                Ok(Line::still(step, BootstrapState::Left, detail))
            }
            None => Ok(line(
                BootstrapState::Changed,
                format!("{named} gets its role"),
                vec![add],
            )),
            Some(inside) if inside.eq_ignore_ascii_case(&role.name) => {
                Ok(Line::still(step, BootstrapState::Existed, named))
            }
            Some(other) => Err(BootstrapError::OtherRole {
                name: role.name.clone(),
                role: other.clone(),
            }),
        },
    }
}
