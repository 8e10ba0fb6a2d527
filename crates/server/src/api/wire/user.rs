//! People in JSON.

use std::collections::BTreeMap;

use commissary_core::Role;
use commissary_core::domain::WorkspaceId;
use commissary_core::people::{Invitation, Member, User, WorkspaceNames};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

/// Roles by the name of the workspace.
pub(crate) type RolesJson = BTreeMap<String, Role>;

/// A user as it is written.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "User")]
#[serde(rename_all = "camelCase")]
pub(crate) struct UserJson {
    name: String,
    administrator: bool,
    disabled: bool,
    roles: RolesJson,
    /// What of it the groups of the identity provider give; left out for who has a password.
    #[serde(skip_serializing_if = "Option::is_none")]
    from_groups: Option<FromGroupsJson>,
    created_at: Timestamp,
}

/// What groups give.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "FromGroups")]
#[serde(rename_all = "camelCase")]
struct FromGroupsJson {
    issuer: String,
    administrator: bool,
    roles: RolesJson,
    until: Timestamp,
}

impl UserJson {
    pub(crate) fn of(user: &User, names: &WorkspaceNames) -> Self {
        Self {
            name: user.name.clone(),
            administrator: user.is_administrator(),
            disabled: user.disabled_at.is_some(),
            roles: roles(&user.effective_roles(), names),
            from_groups: user.elsewhere.as_ref().map(|known| FromGroupsJson {
                issuer: known.issuer.clone(),
                administrator: known.rights.administrator,
                roles: roles(&known.rights.roles, names),
                until: known.until,
            }),
            created_at: user.created_at,
        }
    }
}

/// Somebody with a role in a workspace as it is written.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Member")]
#[serde(rename_all = "camelCase")]
pub(crate) struct MemberJson {
    name: String,
    role: Role,
    /// The role that a group of the identity provider gives, if one does.
    #[serde(skip_serializing_if = "Option::is_none")]
    from_group: Option<Role>,
    disabled: bool,
}

impl MemberJson {
    pub(crate) fn of(member: &Member) -> Self {
        Self {
            name: member.name.clone(),
            role: member.role,
            from_group: member.by_group,
            disabled: member.disabled,
        }
    }
}

/// An invitation as it is written.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Invitation")]
#[serde(rename_all = "camelCase")]
pub(crate) struct InvitationJson {
    id: String,
    name: String,
    administrator: bool,
    roles: RolesJson,
    invited_by: String,
    created_at: Timestamp,
    expires_at: Timestamp,
}

impl InvitationJson {
    pub(crate) fn of(invitation: &Invitation, names: &WorkspaceNames) -> Self {
        Self {
            id: invitation.id.0.to_string(),
            name: invitation.name.clone(),
            administrator: invitation.administrator,
            roles: roles(&invitation.roles, names),
            invited_by: invitation.invited_by.clone(),
            created_at: invitation.created_at,
            expires_at: invitation.expires_at,
        }
    }
}

/// Roles by name; a workspace that went away meanwhile is left out.
pub(crate) fn roles(roles: &BTreeMap<WorkspaceId, Role>, names: &WorkspaceNames) -> RolesJson {
    let named = |(id, role): (&WorkspaceId, &Role)| Some((names.get(id)?.to_string(), *role));
    roles.iter().filter_map(named).collect()
}
