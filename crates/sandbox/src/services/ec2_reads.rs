//! What EC2 tells (EC2 API Reference; Service Authorization Reference, "Actions, resources, and
//! condition keys for Amazon EC2").

use super::row::{Answer, Row};
use crate::wire::service::Service;

/// A list in an element `set` of what the account has of `kind`; no right is asked for any one.
const fn list(name: &'static str, set: &'static str, kind: &'static str) -> Row {
    Row::new(Service::Ec2, name, Answer::List(set, kind))
}

/// What is told of one thing.
const fn shown(name: &'static str) -> Row {
    Row::new(Service::Ec2, name, Answer::Shown)
}

pub(super) const ROWS: &[Row] = &[
    list("DescribeAccountAttributes", "accountAttributeSet", ""),
    list("DescribeAddresses", "addressesSet", "elastic-ip").about(&["*", "id {AllocationId}"]),
    list("DescribeAvailabilityZones", "availabilityZoneInfo", "zone"),
    list(
        "DescribeCarrierGateways",
        "carrierGatewaySet",
        "carrier-gateway",
    )
    .about(&["*", "id {CarrierGatewayId}"]),
    list("DescribeDhcpOptions", "dhcpOptionsSet", "dhcp-options")
        .about(&["*", "id {DhcpOptionsId}"]),
    list(
        "DescribeEgressOnlyInternetGateways",
        "egressOnlyInternetGatewaySet",
        "egress-only-internet-gateway",
    ),
    list("DescribeHosts", "hostSet", "dedicated-host").dry_run(false),
    list("DescribeImages", "imagesSet", "image").about(&["*", "id {ImageId}"]),
    list("DescribeInstanceTypes", "instanceTypeSet", ""),
    list("DescribeInstances", "reservationSet", "instance").about(&["*", "id {InstanceId}"]),
    list(
        "DescribeInternetGateways",
        "internetGatewaySet",
        "internet-gateway",
    )
    .about(&["*", "id {InternetGatewayId}"]),
    list("DescribeIpamPools", "ipamPoolSet", "ipam-pool"),
    list("DescribeKeyPairs", "keySet", "key-pair").about(&["*", "id key-pair/{KeyName}"]),
    list(
        "DescribeLaunchTemplateVersions",
        "launchTemplateVersionSet",
        "",
    )
    .about(&["*", "id {LaunchTemplateId}"]),
    list(
        "DescribeLaunchTemplates",
        "launchTemplates",
        "launch-template",
    )
    .about(&["*", "id {LaunchTemplateId}"]),
    list("DescribeNatGateways", "natGatewaySet", "natgateway").about(&["*", "id {NatGatewayId}"]),
    shown("DescribeNetworkInterfaceAttribute")
        .needs(&["NetworkInterfaceId"])
        .about(&["*", "id {NetworkInterfaceId}"]),
    list(
        "DescribeNetworkInterfaces",
        "networkInterfaceSet",
        "network-interface",
    )
    .about(&["*", "id {NetworkInterfaceId}"]),
    list(
        "DescribePublicIpv4Pools",
        "publicIpv4PoolSet",
        "ipv4pool-ec2",
    )
    .dry_run(false),
    list("DescribeRouteTables", "routeTableSet", "route-table").about(&["*", "id {RouteTableId}"]),
    list(
        "DescribeSecurityGroups",
        "securityGroupInfo",
        "security-group",
    )
    .about(&["*", "id {GroupId}"]),
    list("DescribeSubnets", "subnetSet", "subnet").about(&["*", "id {SubnetId}"]),
    list("DescribeTags", "tagSet", ""),
    list("DescribeVolumes", "volumeSet", "volume").about(&["*", "id {VolumeId}"]),
    shown("DescribeVpcAttribute")
        .needs(&["VpcId", "Attribute"])
        .about(&["vpc/{VpcId}"]),
    list("DescribeVpcEndpoints", "vpcEndpointSet", "vpc-endpoint")
        .about(&["*", "id {VpcEndpointId}"]),
    list("DescribeVpcs", "vpcSet", "vpc").about(&["*", "id {VpcId}"]),
    list("GetSecurityGroupsForVpc", "securityGroupForVpcSet", "")
        .needs(&["VpcId"])
        .about(&["vpc/{VpcId}"]),
];
