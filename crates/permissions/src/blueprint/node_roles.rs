//! The roles that machines and control planes run with, by release and feature.

use serde::Deserialize;

use super::{Blueprint, ManagedPolicy, NodeRole};
use crate::data::{dns_suffix, node_roles};
use crate::document::{Block, PolicyDocument};
use crate::selection::Selection;

/// `data/node-roles.json`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NodeRolesFile {
    pub(crate) policies: Vec<PolicyFile>,
    pub(crate) roles: Vec<RoleFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PolicyFile {
    pub(crate) name: String,
    pub(crate) description: String,
    /// One for each group of releases that have the same.
    pub(crate) documents: Vec<DocumentFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DocumentFile {
    pub(crate) releases: Vec<String>,
    statements: Vec<StatementFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StatementFile {
    /// The features that need it; none means that all do.
    #[serde(default)]
    features: Vec<String>,
    actions: Vec<String>,
    resources: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct RoleFile {
    name: String,
    description: String,
    /// The first parts of the service principals.
    services: Vec<String>,
    #[serde(default)]
    features: Vec<String>,
    #[serde(default)]
    pub(crate) policies: Vec<String>,
    /// Whether it has the user's policies.
    #[serde(default)]
    of_user: bool,
    #[serde(default)]
    aws_policies: Vec<AwsPolicyFile>,
    #[serde(default)]
    instance_profile: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AwsPolicyFile {
    name: String,
    #[serde(default)]
    features: Vec<String>,
}

impl Blueprint {
    /// Adds the roles and instance profiles that machines and EKS control planes of the selection
    /// run with (Cluster API Provider AWS, "clusterawsadm bootstrap iam").
    #[must_use]
    pub fn with_node_roles(mut self, selection: &Selection<'_>) -> Self {
        let file = node_roles();
        self.role_policies = file
            .policies
            .iter()
            .filter_map(|policy| policy.of(selection))
            .collect();
        let roles = file
            .roles
            .iter()
            .filter(|role| needed(&role.features, selection));
        self.roles = roles.map(|role| role.of(selection, &self)).collect();
        self
    }
}

impl PolicyFile {
    fn of(&self, selection: &Selection<'_>) -> Option<ManagedPolicy> {
        let release = selection.release().id();
        let of_release = |file: &&DocumentFile| file.releases.iter().any(|id| id == release);
        let file = self.documents.iter().find(of_release)?;
        let statements = file.statements.iter();
        let blocks: Vec<Block> = statements
            .filter(|statement| needed(&statement.features, selection))
            .map(|statement| Block {
                actions: statement.actions.clone(),
                resources: statement.resources.clone(),
                conditions: Vec::new(),
            })
            .collect();
        Some(ManagedPolicy {
            name: self.name.clone(),
            description: self.description.clone(),
            document: PolicyDocument::new("2012-10-17", &blocks),
        })
    }
}

impl RoleFile {
    fn of(&self, selection: &Selection<'_>, blueprint: &Blueprint) -> NodeRole {
        let partition = &blueprint.partition;
        let aws = self.aws_policies.iter();
        let aws = aws.filter(|policy| needed(&policy.features, selection));
        let of_user = blueprint.policies.iter().filter(|_| self.of_user);
        let of_user = of_user.map(|policy| policy.name.clone());
        let services = self.services.iter();
        NodeRole {
            name: self.name.clone(),
            description: self.description.clone(),
            services: services
                .map(|service| service_principal(service, partition))
                .collect(),
            policies: self.policies.iter().cloned().chain(of_user).collect(),
            aws_policies: aws
                .map(|policy| format!("arn:{partition}:iam::aws:policy/{}", policy.name))
                .collect(),
            instance_profile: self.instance_profile,
        }
    }
}

/// The principal of EC2 ends as the partition's host names do, those of other services do not
/// (Amazon Web Services in China, "ARNs" and the trust policies of its EC2 console).
fn service_principal(service: &str, partition: &str) -> String {
    let suffix = match service {
        "ec2" => dns_suffix(partition),
        _ => None,
    };
    format!("{service}.{}", suffix.unwrap_or("amazonaws.com"))
}

fn needed(features: &[String], selection: &Selection<'_>) -> bool {
    features.is_empty()
        || selection
            .features()
            .any(|feature| features.iter().any(|id| id == feature.id()))
}
