//! Roles that services make for themselves (IAM User Guide, "Create a service-linked role").

/// Service, the name of its role, and whether the name may have a suffix.
const ROLES: &[(&str, &str, bool)] = &[
    (
        "autoscaling.amazonaws.com",
        "AWSServiceRoleForAutoScaling",
        true,
    ),
    ("ec2.amazonaws.com", "AWSServiceRoleForEC2", false),
    ("eks.amazonaws.com", "AWSServiceRoleForAmazonEKS", false),
    (
        "eks-fargate.amazonaws.com",
        "AWSServiceRoleForAmazonEKSForFargate",
        false,
    ),
    (
        "eks-nodegroup.amazonaws.com",
        "AWSServiceRoleForAmazonEKSNodegroup",
        false,
    ),
    (
        "elasticloadbalancing.amazonaws.com",
        "AWSServiceRoleForElasticLoadBalancing",
        false,
    ),
    ("spot.amazonaws.com", "AWSServiceRoleForEC2Spot", false),
    (
        "spotfleet.amazonaws.com",
        "AWSServiceRoleForEC2SpotFleet",
        false,
    ),
];

/// Whether the service has a role of that sort, and whether it may have a suffix.
pub(crate) fn takes_suffix(service: &str) -> Option<bool> {
    let mut roles = ROLES.iter();
    let (_, _, suffix) = roles.find(|(name, _, _)| *name == service)?;
    Some(*suffix)
}

/// The name of the service's role; as AWS would spell it for a service that has none.
pub(crate) fn name(service: &str, suffix: Option<&str>) -> String {
    let mut roles = ROLES.iter();
    let base = match roles.find(|(name, _, _)| *name == service) {
        Some((_, role, _)) => (*role).to_owned(),
        None => format!(
            "AWSServiceRoleFor{}",
            service.split('.').next().unwrap_or("")
        ),
    };
    match suffix {
        Some(suffix) => format!("{base}_{suffix}"),
        None => base,
    }
}
