//! Everything that a bootstrap makes in an account, as data.
//!
//! One blueprint serves all that make or print it: the bootstrap that calls AWS, and the texts for
//! people who let another tool do it.

mod arns;
mod check;
mod node_roles;
mod self_check;

use serde::Serialize;
use serde_json::{Value, json};

use crate::document::PolicyDocument;
use crate::policies::{Part, numbered};

pub use check::BlueprintError;
pub(crate) use node_roles::NodeRolesFile;
pub use self_check::SELF_CHECK_POLICY;

/// The tag that says that a bootstrap made something, with the user's name as its value. What does
/// not carry it is never changed or removed unasked.
pub const OWNER_TAG: &str = "commissary:bootstrap";

/// What is to be there in the end.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Blueprint {
    /// The partition that it is for, such as `aws`.
    pub partition: String,
    /// The path of the user: `/`, or one that begins and ends with a slash.
    pub path: String,
    /// The user's name.
    pub user_name: String,
    /// The ARN of the policy that bounds the user and the roles.
    pub permissions_boundary: Option<String>,
    /// The managed policies, each attached to the user.
    pub policies: Vec<ManagedPolicy>,
    /// Whether the user may find out its own rights, by an inline policy.
    pub self_check: bool,
    /// The roles that machines and control planes run with.
    pub roles: Vec<NodeRole>,
    /// The managed policies that only these roles have.
    pub role_policies: Vec<ManagedPolicy>,
    /// What everything that can be tagged is tagged with; [`OWNER_TAG`] stands first.
    pub tags: Vec<Tag>,
}

/// A customer managed policy.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ManagedPolicy {
    /// Its name, unique in the account.
    pub name: String,
    /// What it is for, in a sentence.
    pub description: String,
    /// Its document.
    #[serde(serialize_with = "as_json")]
    pub document: PolicyDocument,
}

/// A role that AWS services take on, with what it may do.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NodeRole {
    /// Its name, unique in the account.
    pub name: String,
    /// What it is for, in a sentence.
    pub description: String,
    /// The service principals that take it on, such as `ec2.amazonaws.com`.
    pub services: Vec<String>,
    /// The names of the policies that it has of those that are made, for the user or for roles.
    pub policies: Vec<String>,
    /// The ARNs of AWS's own policies that it has.
    pub aws_policies: Vec<String>,
    /// Whether machines get it through an instance profile of the same name.
    pub instance_profile: bool,
}

/// A tag.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Tag {
    /// Its key.
    pub key: String,
    /// Its value.
    pub value: String,
}

impl Blueprint {
    /// A user with the policies of a release and nothing else, at the root path.
    #[must_use]
    pub fn of_user(partition: &str, user_name: &str, policy_name: &str, parts: &[Part]) -> Self {
        let policies = parts.iter().enumerate().map(|(index, part)| ManagedPolicy {
            name: numbered(policy_name, index, parts.len()),
            description: format!("Cluster API: {}", part.features.join(", ")),
            document: part.policy.clone(),
        });
        Self {
            partition: partition.to_owned(),
            path: "/".to_owned(),
            user_name: user_name.to_owned(),
            permissions_boundary: None,
            policies: policies.collect(),
            self_check: false,
            roles: Vec::new(),
            role_policies: Vec::new(),
            tags: vec![Tag {
                key: OWNER_TAG.to_owned(),
                value: user_name.to_owned(),
            }],
        }
    }

    /// Every managed policy that is made, the user's first.
    pub fn managed_policies(&self) -> impl Iterator<Item = &ManagedPolicy> {
        self.policies.iter().chain(&self.role_policies)
    }
}

impl NodeRole {
    /// The trust policy that lets the services take the role on.
    #[must_use]
    pub fn trust(&self) -> Value {
        json!({
            "Version": "2012-10-17",
            "Statement": [{
                "Effect": "Allow",
                "Action": ["sts:AssumeRole"],
                "Principal": {"Service": self.services},
            }],
        })
    }
}

fn as_json<S: serde::Serializer>(
    document: &PolicyDocument,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    document.as_json().serialize(serializer)
}
