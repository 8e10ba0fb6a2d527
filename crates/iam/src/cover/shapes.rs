//! How the ARNs of a service look where they are not of the usual shape: a region, and the
//! account of the caller. Source: "Service Authorization Reference", the tables of resource types.

/// What stands in a segment of an ARN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// The region or the account in question.
    Own,
    /// Nothing.
    Empty,
    /// `aws`: the resource is Amazon's own.
    Aws,
}

/// The ARNs of some resources of a service.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    pub(super) region: Part,
    pub(super) account: Part,
    /// A pattern of the resource; none for all that are not listed apart.
    pub(super) resource: Option<&'static str>,
}

/// Services whose ARNs never name a region.
const WITHOUT_REGION: &[&str] = &[
    "account",
    "arc-region-switch",
    "bcm-dashboards",
    "bcm-pricing-calculator",
    "billing",
    "billingconductor",
    "budgets",
    "ce",
    "chatbot",
    "cloudfront",
    "compute-optimizer",
    "consoleapp",
    "controlcatalog",
    "ecr-public",
    "globalaccelerator",
    "iam",
    "identitystore",
    "invoicing",
    "networkmanager",
    "notifications-contacts",
    "opsworks-cm",
    "organizations",
    "payments",
    "purchase-orders",
    "route53",
    "route53-recovery-control",
    "route53-recovery-readiness",
    "savingsplans",
    "shield",
    "ssm-incidents",
    "sso",
    "sts",
    "swf",
    "ts",
    "vendor-insights",
    "waf",
    "worklink",
];

use Part::{Aws, Empty, Own};

/// Resources of another shape than the rest of their service: service, region, account, resource.
const APART: &[(&str, Part, Part, &str)] = &[
    ("apigateway", Own, Empty, "*"),
    ("artifact", Empty, Empty, "*"),
    ("aws-marketplace", Empty, Own, "*"),
    ("bedrock", Empty, Own, "system-tool/*"),
    ("bedrock", Own, Empty, "foundation-model/*"),
    ("bedrock-agentcore", Own, Aws, "*"),
    ("cloudwatch", Empty, Own, "dashboard/*"),
    ("codecatalyst", Empty, Empty, "space/*"),
    ("connect", Own, Aws, "view/*"),
    ("controlcatalog", Empty, Empty, "*"),
    ("controltower", Own, Empty, "baseline/*"),
    ("dataexchange", Own, Empty, "data-sets/*"),
    ("devicefarm", Own, Empty, "device*"),
    ("directconnect", Empty, Own, "dx-*"),
    ("dynamodb", Empty, Own, "global-table/*"),
    ("ec2", Own, Empty, "image/*"),
    ("ec2", Own, Empty, "snapshot/*"),
    ("ec2", Empty, Own, "ipam*"),
    ("eks", Empty, Aws, "cluster-access-policy/*"),
    ("elasticache", Empty, Own, "globalreplicationgroup:*"),
    ("elasticbeanstalk", Own, Empty, "solutionstack/*"),
    ("elasticbeanstalk", Own, Empty, "platform/*"),
    ("events", Own, Empty, "event-source/*"),
    ("forecast", Empty, Empty, "algorithm/*"),
    ("gamelift", Own, Empty, "alias/*"),
    ("geo-maps", Own, Empty, "*"),
    ("geo-places", Own, Empty, "*"),
    ("geo-routes", Own, Empty, "*"),
    ("guardduty", Empty, Aws, "detection-rule/*"),
    ("health", Own, Empty, "event/*"),
    ("iam", Empty, Aws, "policy/*"),
    ("iam", Empty, Aws, "role-template/*"),
    ("iam", Empty, Aws, "contextProvider/*"),
    ("identitystore", Empty, Empty, "*"),
    ("internetmonitor", Empty, Own, "internet-event/*"),
    ("license-manager", Empty, Own, "*"),
    ("managedblockchain", Own, Empty, "*"),
    ("memorydb", Empty, Own, "multiregion*"),
    ("notifications", Empty, Own, "*"),
    ("organizations", Empty, Aws, "policy/*"),
    ("partnercentral", Own, Empty, "*"),
    ("partnercentral", Empty, Own, "*"),
    ("personalize", Empty, Empty, "*"),
    ("quicksight", Empty, Own, "assignment/*"),
    ("ram", Empty, Own, "permission/*"),
    ("ram", Empty, Aws, "permission/*"),
    ("rds", Empty, Own, "global-cluster:*"),
    ("route53", Empty, Empty, "*"),
    ("s3", Empty, Empty, "*"),
    ("s3", Empty, Own, "accesspoint/*"),
    ("ses", Own, Aws, "reputation-policy/*"),
    ("signin", Empty, Empty, "*"),
    ("ssm", Own, Empty, "parameter/aws/*"),
    ("ssm", Own, Empty, "document/AWS*"),
    ("sso", Empty, Empty, "*"),
    ("sso", Empty, Aws, "applicationProvider/*"),
    ("ts", Empty, Aws, "tool/*"),
    ("vendor-insights", Empty, Empty, "*"),
    ("verifiedpermissions", Empty, Own, "policy-store/*"),
];

/// Services whose resources have no colon in their part of the ARN, so that a wildcard of a policy
/// has nothing to run over. (The path of a role or user may have one by the letter of the IAM API
/// reference; none such is taken to exist.)
const WITHOUT_COLON: &[&str] = &[
    "acm",
    "dynamodb",
    "ec2",
    "ecr",
    "eks",
    "elasticfilesystem",
    "elasticloadbalancing",
    "iam",
    "kms",
    "route53",
    "ssm",
    "sts",
];

/// Whether the resources of a service have no colon in their part of the ARN.
pub(super) fn is_without_colon(service: &str) -> bool {
    WITHOUT_COLON.contains(&service)
}

/// Whether the ARNs of a service never name a region.
pub(super) fn is_without_region(service: &str) -> bool {
    WITHOUT_REGION.contains(&service)
}

/// The shapes of a service's ARNs; those of every service when it is not known which.
pub(super) fn shapes(service: Option<&str>) -> Vec<Shape> {
    let Some(service) = service else {
        let regions = [Own, Empty].into_iter();
        let shapes = regions.flat_map(|region| {
            [Own, Empty, Aws].map(|account| Shape {
                region,
                account,
                resource: None,
            })
        });
        return shapes.collect();
    };
    let usual = Shape {
        region: if is_without_region(service) {
            Empty
        } else {
            Own
        },
        account: Own,
        resource: None,
    };
    let apart = APART.iter().filter(|(name, ..)| *name == service);
    let apart = apart.map(|(_, region, account, resource)| Shape {
        region: *region,
        account: *account,
        resource: Some(resource),
    });
    std::iter::once(usual).chain(apart).collect()
}
