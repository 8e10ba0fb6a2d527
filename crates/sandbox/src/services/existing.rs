//! What there is: a few resources of EC2 that never change, and nothing else.

use super::operation::Operation;
use super::{Asked, Protocol};
use crate::fault::{Code, Fault};

/// A kind of resource of EC2.
pub(super) struct Kind {
    /// How its ids begin.
    pub(super) prefix: &'static str,
    /// Its type, as actions name it.
    pub(super) resource_type: &'static str,
    /// The one that exists; none where there is none of the kind.
    pub(super) existing: &'static str,
    /// What EC2 answers about one that does not exist (EC2 API Reference, "Error codes").
    not_found: &'static str,
    /// The operation that lists them, with the elements of its answer.
    pub(super) listed: (&'static str, &'static str, &'static str),
}

const fn kind(
    resource_type: &'static str,
    prefix: &'static str,
    existing: &'static str,
    not_found: &'static str,
    listed: (&'static str, &'static str, &'static str),
) -> Kind {
    Kind {
        prefix,
        resource_type,
        existing,
        not_found,
        listed,
    }
}

/// The longest prefixes come first: `eipalloc-` is not `eip`.
pub(super) const KINDS: &[Kind] = &[
    kind(
        "vpc-endpoint",
        "vpce-",
        "",
        "InvalidVpcEndpointId.NotFound",
        ("DescribeVpcEndpoints", "vpcEndpointSet", "vpcEndpointId"),
    ),
    kind(
        "vpc",
        "vpc-",
        "vpc-05a2db0c000000001",
        "InvalidVpcID.NotFound",
        ("DescribeVpcs", "vpcSet", "vpcId"),
    ),
    kind(
        "subnet",
        "subnet-",
        "subnet-05a2db0c000000001",
        "InvalidSubnetID.NotFound",
        ("DescribeSubnets", "subnetSet", "subnetId"),
    ),
    kind(
        "security-group",
        "sg-",
        "sg-05a2db0c000000001",
        "InvalidGroup.NotFound",
        ("DescribeSecurityGroups", "securityGroupInfo", "groupId"),
    ),
    kind(
        "route-table",
        "rtb-",
        "rtb-05a2db0c000000001",
        "InvalidRouteTableID.NotFound",
        ("DescribeRouteTables", "routeTableSet", "routeTableId"),
    ),
    kind(
        "egress-only-internet-gateway",
        "eigw-",
        "",
        "InvalidGatewayID.NotFound",
        (
            "DescribeEgressOnlyInternetGateways",
            "egressOnlyInternetGatewaySet",
            "egressOnlyInternetGatewayId",
        ),
    ),
    kind(
        "internet-gateway",
        "igw-",
        "igw-05a2db0c000000001",
        "InvalidInternetGatewayID.NotFound",
        (
            "DescribeInternetGateways",
            "internetGatewaySet",
            "internetGatewayId",
        ),
    ),
    kind(
        "natgateway",
        "nat-",
        "nat-05a2db0c000000001",
        "NatGatewayNotFound",
        ("DescribeNatGateways", "natGatewaySet", "natGatewayId"),
    ),
    kind(
        "elastic-ip",
        "eipalloc-",
        "eipalloc-05a2db0c000000001",
        "InvalidAllocationID.NotFound",
        ("DescribeAddresses", "addressesSet", "allocationId"),
    ),
    kind(
        "network-interface",
        "eni-",
        "eni-05a2db0c000000001",
        "InvalidNetworkInterfaceID.NotFound",
        (
            "DescribeNetworkInterfaces",
            "networkInterfaceSet",
            "networkInterfaceId",
        ),
    ),
    kind(
        "instance",
        "i-",
        "i-05a2db0c000000001",
        "InvalidInstanceID.NotFound",
        ("DescribeInstances", "reservationSet", "instanceId"),
    ),
    kind(
        "volume",
        "vol-",
        "vol-05a2db0c000000001",
        "InvalidVolume.NotFound",
        ("DescribeVolumes", "volumeSet", "volumeId"),
    ),
    kind(
        "image",
        "ami-",
        "ami-05a2db0c000000001",
        "InvalidAMIID.NotFound",
        ("DescribeImages", "imagesSet", "imageId"),
    ),
    kind(
        "launch-template",
        "lt-",
        "lt-05a2db0c000000001",
        "InvalidLaunchTemplateId.NotFound",
        (
            "DescribeLaunchTemplates",
            "launchTemplates",
            "launchTemplateId",
        ),
    ),
    kind(
        "carrier-gateway",
        "cagw-",
        "",
        "InvalidCarrierGatewayID.NotFound",
        (
            "DescribeCarrierGateways",
            "carrierGatewaySet",
            "carrierGatewayId",
        ),
    ),
    kind(
        "ipam-pool",
        "ipam-pool-",
        "",
        "InvalidIpamPoolId.NotFound",
        ("DescribeIpamPools", "ipamPoolSet", "ipamPoolId"),
    ),
    kind(
        "dedicated-host",
        "h-",
        "",
        "InvalidHostID.NotFound",
        ("DescribeHosts", "hostSet", "hostId"),
    ),
    kind(
        "",
        "rtbassoc-",
        "rtbassoc-05a2db0c000000001",
        "InvalidAssociationID.NotFound",
        ("", "", ""),
    ),
    kind(
        "",
        "eipassoc-",
        "eipassoc-05a2db0c000000001",
        "InvalidAssociationID.NotFound",
        ("", "", ""),
    ),
    kind(
        "",
        "vpc-cidr-assoc-",
        "",
        "InvalidVpcCidrBlockAssociationIDError.NotFound",
        ("", "", ""),
    ),
    kind(
        "",
        "eni-attach-",
        "eni-attach-05a2db0c000000001",
        "InvalidAttachmentID.NotFound",
        ("", "", ""),
    ),
];

/// The kind of an id.
pub(super) fn kind_of(id: &str) -> Option<&'static Kind> {
    let fits = KINDS.iter().filter(|kind| id.starts_with(kind.prefix));
    fits.max_by_key(|kind| kind.prefix.len())
}

/// A name that other services look up, and what they say when it is nobody's.
struct Lookup {
    service: &'static str,
    parameter: &'static str,
    code: Code,
    /// Operations that make the thing, or list whatever is there.
    not_for: &'static [&'static str],
}

const LOOKUPS: &[Lookup] = &[
    Lookup {
        service: "elasticloadbalancing",
        parameter: "LoadBalancerName",
        code: Code::LoadBalancerNotFound,
        not_for: &["CreateLoadBalancer", "DeleteLoadBalancer"],
    },
    Lookup {
        service: "elasticloadbalancing",
        parameter: "LoadBalancerNames",
        code: Code::LoadBalancerNotFound,
        not_for: &[],
    },
    Lookup {
        service: "elasticloadbalancing",
        parameter: "LoadBalancerArn",
        code: Code::LoadBalancerNotFound,
        not_for: &[],
    },
    Lookup {
        service: "elasticloadbalancing",
        parameter: "TargetGroupArn",
        code: Code::TargetGroupNotFound,
        not_for: &[],
    },
    Lookup {
        service: "autoscaling",
        parameter: "AutoScalingGroupName",
        code: Code::ValidationError,
        not_for: &["CreateAutoScalingGroup"],
    },
    Lookup {
        service: "secretsmanager",
        parameter: "SecretId",
        code: Code::ResourceNotFoundException,
        not_for: &[],
    },
    Lookup {
        service: "ssm",
        parameter: "Name",
        code: Code::ParameterNotFound,
        not_for: &["PutParameter"],
    },
    Lookup {
        service: "kms",
        parameter: "KeyId",
        code: Code::NotFoundException,
        not_for: &[],
    },
    Lookup {
        service: "eks",
        parameter: "name",
        code: Code::ResourceNotFoundException,
        not_for: &["CreateCluster"],
    },
    Lookup {
        service: "eks",
        parameter: "resourceArn",
        code: Code::NotFoundException,
        not_for: &[],
    },
];

/// Every account sees these (Systems Manager User Guide, "Discovering public parameters").
const PUBLIC_PARAMETERS: &str = "/aws/service/";

/// What the service says if the call names something that does not exist.
pub(super) fn missing(operation: &Operation, asked: &Asked<'_>) -> Option<Fault> {
    if asked.service.protocol == Protocol::Ec2 {
        return missing_id(asked);
    }
    LOOKUPS
        .iter()
        .filter(|lookup| lookup.service == asked.service.signing)
        .filter(|lookup| !lookup.not_for.contains(&operation.name))
        .find_map(|lookup| {
            let name = asked.parameters.values(lookup.parameter).next()?;
            if name.starts_with(PUBLIC_PARAMETERS) {
                return None;
            }
            Some(Fault::new(
                lookup.code,
                format!("The sandbox has nothing that is called {name}."),
            ))
        })
}

fn missing_id(asked: &Asked<'_>) -> Option<Fault> {
    asked.parameters.all().find_map(|value| {
        let kind = kind_of(value).filter(|kind| kind.existing != value)?;
        let hexadecimal =
            |rest: &str| rest.len() >= 8 && rest.bytes().all(|b| b.is_ascii_hexdigit());
        value
            .strip_prefix(kind.prefix)
            .filter(|rest| hexadecimal(rest))?;
        Some(Fault::new(
            Code::NotFound(kind.not_found),
            format!("The ID '{value}' does not exist"),
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_prefix_tells_the_kind() {
        let of = |id| kind_of(id).map(|kind| kind.prefix);
        assert_eq!(of("vpc-cidr-assoc-1"), Some("vpc-cidr-assoc-"));
        assert_eq!(of("vpc-1"), Some("vpc-"));
        assert_eq!(of("ipam-pool-1"), Some("ipam-pool-"));
        assert_eq!(of("i-1"), Some("i-"));
        assert_eq!(of("10.0.0.0/16"), None);
    }
}
