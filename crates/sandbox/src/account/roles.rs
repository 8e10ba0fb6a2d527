//! IAM roles.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::directory::Named;
use super::documents::{self, Document};
use super::grants::Grants;
use super::tags::{self, Tag, Tags};
use super::{Account, limits};
use crate::fault::{Code, Fault};
use crate::random::Random;

/// The path of the roles that only services take on.
pub(crate) const SERVICE_LINKED: &str = "/aws-service-role/";

/// How long a session of a role lasts at most unless its role says otherwise, in seconds.
const SESSION: u32 = 3600;

/// A role, with everything that hangs on it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Role {
    pub(crate) name: String,
    pub(crate) path: String,
    pub(crate) id: String,
    pub(crate) created_at: Timestamp,
    pub(crate) description: Option<String>,
    /// Who may take it on.
    pub(crate) trust: Document,
    /// In seconds.
    pub(crate) longest_session: u32,
    pub(crate) tags: Tags,
    pub(crate) grants: Grants,
    /// The ARN of the managed policy that bounds the role.
    pub(crate) boundary: Option<String>,
}

/// What `CreateRole` asks for.
pub(crate) struct NewRole {
    pub(crate) name: String,
    pub(crate) path: String,
    pub(crate) description: Option<String>,
    pub(crate) trust: String,
    pub(crate) longest_session: Option<u32>,
    pub(crate) boundary: Option<String>,
    pub(crate) tags: Vec<Tag>,
}

impl Named for Role {
    fn name(&self) -> &str {
        &self.name
    }
}

impl Role {
    /// Whether only a service can have made it, and only it can end it.
    pub(crate) fn is_service_linked(&self) -> bool {
        self.path.starts_with(SERVICE_LINKED)
    }
}

impl Account {
    pub(crate) fn role_arn(&self, role: &Role) -> String {
        self.arn("role", &role.path, &role.name)
    }

    pub(crate) fn role(&self, name: &str) -> Result<&Role, Fault> {
        self.roles.get(name).ok_or_else(|| no_role(name))
    }

    pub(crate) fn role_mut(&mut self, name: &str) -> Result<&mut Role, Fault> {
        self.roles.get_mut(name).ok_or_else(|| no_role(name))
    }

    /// A role that people may change: not one that only its service may.
    pub(crate) fn own_role(&mut self, name: &str) -> Result<&mut Role, Fault> {
        let role = self.role_mut(name)?;
        if role.is_service_linked() {
            return Err(Fault::new(
                Code::Own("UnmodifiableEntity", 400),
                format!(
                    "Cannot perform the operation on the protected role '{}' - this role is only \
                     modifiable by AWS",
                    role.name
                ),
            ));
        }
        Ok(role)
    }

    pub(crate) fn create_role(
        &mut self,
        new: NewRole,
        random: &Random,
        now: Timestamp,
    ) -> Result<Role, Fault> {
        if self.roles.get(&new.name).is_some() {
            return Err(Fault::new(
                Code::EntityAlreadyExists,
                format!("Role with name {} already exists.", new.name),
            ));
        }
        if self.roles.len() >= limits::ROLES {
            return Err(Fault::limit(format!(
                "Cannot exceed quota for RolesPerAccount: {}",
                limits::ROLES
            )));
        }
        if let Some(arn) = &new.boundary {
            self.attachable(arn)?;
        }
        let mut tags = Tags::default();
        tags::add(&mut tags, new.tags)?;
        let role = Role {
            name: new.name,
            path: new.path,
            id: random.id("AROA", 17),
            created_at: now,
            description: new.description,
            trust: trust(&new.trust)?,
            longest_session: new.longest_session.unwrap_or(SESSION),
            tags,
            grants: Grants::default(),
            boundary: new.boundary,
        };
        self.roles.insert(role.clone());
        Ok(role)
    }

    /// Removes a role on which nothing hangs any more (IAM API Reference, "DeleteRole").
    pub(crate) fn delete_role(&mut self, name: &str) -> Result<(), Fault> {
        self.own_role(name)?;
        let role = self.role(name)?;
        let obstacles = [
            (
                self.profiles_of(&role.name).next().is_some(),
                "must remove roles from instance profile first.",
            ),
            (
                !role.grants.attached.is_empty(),
                "must detach all policies first.",
            ),
            (
                !role.grants.inline.is_empty(),
                "must delete policies first.",
            ),
        ];
        if let Some((_, what)) = obstacles.iter().find(|(stands, _)| *stands) {
            return Err(Fault::conflict(format!("Cannot delete entity, {what}")));
        }
        self.roles.remove(name);
        Ok(())
    }

    /// Replaces the policy that says who may take a role on.
    pub(crate) fn set_trust(&mut self, name: &str, document: &str) -> Result<(), Fault> {
        let trust = trust(document)?;
        self.own_role(name)?.trust = trust;
        Ok(())
    }

    /// Sets or clears the permissions boundary of a role.
    pub(crate) fn set_role_boundary(
        &mut self,
        name: &str,
        arn: Option<String>,
    ) -> Result<(), Fault> {
        if let Some(arn) = &arn {
            self.attachable(arn)?;
        }
        self.own_role(name)?.boundary = arn;
        Ok(())
    }
}

fn trust(text: &str) -> Result<Document, Fault> {
    let document = documents::check_trust(text)?;
    if limits::policy_size(text) > limits::TRUST_POLICY_SIZE {
        return Err(Fault::limit(format!(
            "Cannot exceed quota for ACLSizePerRole: {}",
            limits::TRUST_POLICY_SIZE
        )));
    }
    Ok(document)
}

fn no_role(name: &str) -> Fault {
    Fault::no_such(format!("The role with name {name} cannot be found."))
}
