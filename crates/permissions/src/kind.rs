//! The kinds of cloud resources that requirements serve.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a requirement is for: the ten resources of the Kommander page "AWS Static Credentials",
/// in its order and words, then what the page's policy grants beyond them.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "`title` says what each one is")]
pub enum ResourceKind {
    Ec2Instances,
    Vpc,
    Subnets,
    LoadBalancers,
    InternetGateways,
    NatGateways,
    Volumes,
    SecurityGroups,
    RouteTables,
    IamRoles,
    Eks,
    AutoScaling,
    Secrets,
    Encryption,
    Tags,
}

impl ResourceKind {
    /// Every kind, in the order in which people read them.
    pub const ALL: [Self; 15] = [
        Self::Ec2Instances,
        Self::Vpc,
        Self::Subnets,
        Self::LoadBalancers,
        Self::InternetGateways,
        Self::NatGateways,
        Self::Volumes,
        Self::SecurityGroups,
        Self::RouteTables,
        Self::IamRoles,
        Self::Eks,
        Self::AutoScaling,
        Self::Secrets,
        Self::Encryption,
        Self::Tags,
    ];

    /// The name that programs use, in kebab-case; the same as in JSON.
    #[must_use]
    pub const fn id(self) -> &'static str {
        self.names().0
    }

    /// The name that people read; for the first ten exactly the page's words.
    #[must_use]
    pub const fn title(self) -> &'static str {
        self.names().1
    }

    /// Whether the page lists this kind among what the user must be able to create.
    #[must_use]
    pub const fn is_on_page(self) -> bool {
        (self as u8) <= (Self::IamRoles as u8)
    }

    const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Ec2Instances => ("ec2-instances", "EC2 Instances"),
            Self::Vpc => ("vpc", "VPC"),
            Self::Subnets => ("subnets", "Subnets"),
            Self::LoadBalancers => ("load-balancers", "Elastic Load Balancer (ELB)"),
            Self::InternetGateways => ("internet-gateways", "Internet Gateway"),
            Self::NatGateways => ("nat-gateways", "NAT Gateway"),
            Self::Volumes => ("volumes", "Elastic Block Storage (EBS) Volumes"),
            Self::SecurityGroups => ("security-groups", "Security Groups"),
            Self::RouteTables => ("route-tables", "Route Tables"),
            Self::IamRoles => ("iam-roles", "IAM Roles"),
            Self::Eks => ("eks", "EKS"),
            Self::AutoScaling => ("auto-scaling", "Auto Scaling"),
            Self::Secrets => ("secrets", "Secrets"),
            Self::Encryption => ("encryption", "Encryption"),
            Self::Tags => ("tags", "Tags"),
        }
    }
}
