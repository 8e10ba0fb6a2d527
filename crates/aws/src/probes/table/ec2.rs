//! EC2: dry runs, and two lists that have none (EC2 API Reference, the parameters of each action).

use super::{Kind, Probe, Protocol, ServiceProbes};
use crate::signed::Service;

pub(super) const VERSION: &str = "2016-11-15";

pub(super) static EC2: ServiceProbes = ServiceProbes {
    prefix: "ec2",
    service: Service {
        signing: "ec2",
        host: "ec2",
        id: "EC2",
        global: false,
    },
    protocol: Protocol::Query { version: VERSION },
};

/// Actions of the releases that have no parameter `DryRun`. Those that only read may be probed all
/// the same, the others never.
#[cfg(test)]
pub(super) const WITHOUT_DRY_RUN: [&str; 11] = [
    "AllocateHosts",
    "AssignIpv6Addresses",
    "AssignPrivateIpAddresses",
    "AssociateVpcCidrBlock",
    "DescribeHosts",
    "DescribePublicIpv4Pools",
    "DisassociateVpcCidrBlock",
    "ModifySubnetAttribute",
    "ModifyVpcAttribute",
    "ReleaseHosts",
    "UnassignPrivateIpAddresses",
];

const fn dry(operation: &'static str, parameters: &'static str) -> Probe {
    makes(operation, parameters, "")
}

/// The same for a call that would make things of these types.
const fn makes(operation: &'static str, parameters: &'static str, also_on: &'static str) -> Probe {
    Probe {
        service: &EC2,
        operation,
        kind: Kind::DryRun,
        parameters,
        also_on,
        holds: "",
    }
}

const fn reads(operation: &'static str, parameters: &'static str) -> Probe {
    Probe {
        service: &EC2,
        operation,
        kind: Kind::Reads,
        parameters,
        also_on: "",
        holds: "",
    }
}

pub(super) static PROBES: &[Probe] = &[
    makes("AllocateAddress", "Domain=vpc", "elastic-ip"),
    dry(
        "AllocateIpamPoolCidr",
        "IpamPoolId={ipam-pool} NetmaskLength=28",
    ),
    dry(
        "AssociateAddress",
        "AllocationId={elastic-ip} InstanceId={instance}",
    ),
    dry(
        "AssociateRouteTable",
        "RouteTableId={route-table} SubnetId={subnet}",
    ),
    dry(
        "AttachInternetGateway",
        "InternetGatewayId={internet-gateway} VpcId={vpc}",
    ),
    dry(
        "AttachNetworkInterface",
        "DeviceIndex=1 InstanceId={instance} NetworkInterfaceId={network-interface}",
    ),
    dry(
        "AuthorizeSecurityGroupIngress",
        "GroupId={security-group} IpPermissions.1.IpProtocol=tcp IpPermissions.1.FromPort=6443 IpPermissions.1.ToPort=6443 IpPermissions.1.IpRanges.1.CidrIp=192.0.2.0/24",
    ),
    makes("CreateCarrierGateway", "VpcId={vpc}", "carrier-gateway"),
    makes(
        "CreateEgressOnlyInternetGateway",
        "VpcId={vpc}",
        "egress-only-internet-gateway",
    ),
    makes("CreateInternetGateway", "", "internet-gateway"),
    makes(
        "CreateLaunchTemplate",
        "LaunchTemplateName=commissary-probe LaunchTemplateData.InstanceType=t3.micro",
        "launch-template",
    ),
    dry(
        "CreateLaunchTemplateVersion",
        "LaunchTemplateId={launch-template} LaunchTemplateData.InstanceType=t3.micro",
    ),
    makes(
        "CreateNatGateway",
        "SubnetId={subnet} AllocationId={elastic-ip}",
        "natgateway",
    ),
    makes(
        "CreateNetworkInterface",
        "SubnetId={subnet} SecurityGroupId.1={security-group}",
        "network-interface",
    ),
    dry(
        "CreateRoute",
        "RouteTableId={route-table} DestinationCidrBlock=192.0.2.0/24 GatewayId={internet-gateway}",
    ),
    makes("CreateRouteTable", "VpcId={vpc}", "route-table"),
    makes(
        "CreateSecurityGroup",
        "GroupName=commissary-probe GroupDescription=commissary-probe VpcId={vpc}",
        "security-group",
    ),
    makes(
        "CreateSubnet",
        "VpcId={vpc} CidrBlock=10.0.255.240/28",
        "subnet",
    ),
    dry(
        "CreateTags",
        "ResourceId.n={vpc} ResourceId.n={subnet} ResourceId.n={route-table} ResourceId.n={internet-gateway} ResourceId.n={natgateway} ResourceId.n={elastic-ip} ResourceId.n={security-group} ResourceId.n={instance} ResourceId.n={network-interface} ResourceId.n={volume} ResourceId.n={launch-template} ResourceId.n={vpc-endpoint} ResourceId.n={egress-only-internet-gateway} ResourceId.n={carrier-gateway} ResourceId.n={dedicated-host} Tag.1.Key=commissary-probe Tag.1.Value=1",
    ),
    makes("CreateVpc", "CidrBlock=10.0.0.0/16", "vpc"),
    makes(
        "CreateVpcEndpoint",
        "VpcId={vpc} ServiceName=com.amazonaws.{region}.s3 RouteTableId.1={route-table}",
        "vpc-endpoint",
    ),
    dry("DeleteCarrierGateway", "CarrierGatewayId={carrier-gateway}"),
    dry(
        "DeleteEgressOnlyInternetGateway",
        "EgressOnlyInternetGatewayId={egress-only-internet-gateway}",
    ),
    dry(
        "DeleteInternetGateway",
        "InternetGatewayId={internet-gateway}",
    ),
    dry("DeleteLaunchTemplate", "LaunchTemplateId={launch-template}"),
    dry(
        "DeleteLaunchTemplateVersions",
        "LaunchTemplateId={launch-template} LaunchTemplateVersion.1=1",
    ),
    dry("DeleteNatGateway", "NatGatewayId={natgateway}"),
    dry("DeleteRouteTable", "RouteTableId={route-table}"),
    dry("DeleteSecurityGroup", "GroupId={security-group}"),
    dry("DeleteSubnet", "SubnetId={subnet}"),
    dry(
        "DeleteTags",
        "ResourceId.n={vpc} ResourceId.n={subnet} ResourceId.n={route-table} ResourceId.n={internet-gateway} ResourceId.n={natgateway} ResourceId.n={elastic-ip} ResourceId.n={security-group} ResourceId.n={instance} ResourceId.n={network-interface} ResourceId.n={volume} ResourceId.n={launch-template} ResourceId.n={vpc-endpoint} ResourceId.n={egress-only-internet-gateway} ResourceId.n={carrier-gateway} ResourceId.n={dedicated-host} Tag.1.Key=commissary-probe",
    ),
    dry("DeleteVpc", "VpcId={vpc}"),
    dry("DeleteVpcEndpoints", "VpcEndpointId.1={vpc-endpoint}"),
    dry("DescribeAccountAttributes", ""),
    dry("DescribeAddresses", ""),
    dry("DescribeAvailabilityZones", ""),
    dry("DescribeCarrierGateways", ""),
    dry("DescribeDhcpOptions", ""),
    dry("DescribeEgressOnlyInternetGateways", ""),
    reads("DescribeHosts", "MaxResults=5"),
    dry("DescribeImages", "Owner.1=self"),
    dry("DescribeInstanceTypes", ""),
    dry("DescribeInstances", ""),
    dry("DescribeInternetGateways", ""),
    dry("DescribeIpamPools", ""),
    dry("DescribeKeyPairs", ""),
    dry(
        "DescribeLaunchTemplateVersions",
        "LaunchTemplateId={launch-template}",
    ),
    dry("DescribeLaunchTemplates", ""),
    dry("DescribeNatGateways", ""),
    dry(
        "DescribeNetworkInterfaceAttribute",
        "NetworkInterfaceId={network-interface} Attribute=description",
    ),
    dry("DescribeNetworkInterfaces", ""),
    reads("DescribePublicIpv4Pools", "MaxResults=5"),
    dry("DescribeRouteTables", ""),
    dry("DescribeSecurityGroups", ""),
    dry("DescribeSubnets", ""),
    dry("DescribeTags", ""),
    dry("DescribeVolumes", ""),
    dry(
        "DescribeVpcAttribute",
        "VpcId={vpc} Attribute=enableDnsSupport",
    ),
    dry("DescribeVpcEndpoints", ""),
    dry("DescribeVpcs", ""),
    dry(
        "DetachInternetGateway",
        "InternetGatewayId={internet-gateway} VpcId={vpc}",
    ),
    dry(
        "DetachNetworkInterface",
        "AttachmentId={interface-attachment}",
    ),
    dry("DisassociateAddress", "AssociationId={address-association}"),
    dry(
        "DisassociateRouteTable",
        "AssociationId={route-table-association}",
    ),
    dry("GetSecurityGroupsForVpc", "VpcId={vpc}"),
    dry(
        "ModifyInstanceAttribute",
        "InstanceId={instance} GroupId.1={security-group}",
    ),
    dry(
        "ModifyInstanceMetadataOptions",
        "InstanceId={instance} HttpTokens=required",
    ),
    dry(
        "ModifyNetworkInterfaceAttribute",
        "NetworkInterfaceId={network-interface} SecurityGroupId.1={security-group}",
    ),
    dry(
        "ModifyVpcEndpoint",
        "VpcEndpointId={vpc-endpoint} AddRouteTableId.1={route-table}",
    ),
    dry("ReleaseAddress", "AllocationId={elastic-ip}"),
    dry(
        "ReplaceRoute",
        "RouteTableId={route-table} DestinationCidrBlock=192.0.2.0/24 GatewayId={internet-gateway}",
    ),
    dry(
        "RevokeSecurityGroupEgress",
        "GroupId={security-group} IpPermissions.1.IpProtocol=tcp IpPermissions.1.FromPort=6443 IpPermissions.1.ToPort=6443 IpPermissions.1.IpRanges.1.CidrIp=192.0.2.0/24",
    ),
    dry(
        "RevokeSecurityGroupIngress",
        "GroupId={security-group} IpPermissions.1.IpProtocol=tcp IpPermissions.1.FromPort=6443 IpPermissions.1.ToPort=6443 IpPermissions.1.IpRanges.1.CidrIp=192.0.2.0/24",
    ),
    makes(
        "RunInstances",
        "ImageId={image} InstanceType=t3.micro MinCount=1 MaxCount=1 SubnetId={subnet} SecurityGroupId.1={security-group} KeyName={key-pair} LaunchTemplate.LaunchTemplateId={launch-template}",
        "instance network-interface volume",
    ),
    dry("TerminateInstances", "InstanceId.1={instance}"),
];
