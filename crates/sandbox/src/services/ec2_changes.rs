//! What EC2 changes (EC2 API Reference; Service Authorization Reference, "Actions, resources, and
//! condition keys for Amazon EC2").
//!
//! Resources that the reference lists as optional are asked for where the request names them.

use super::row::Row;
use crate::wire::service::Service;

const fn change(
    name: &'static str,
    needs: &'static [&'static str],
    about: &'static [&'static str],
) -> Row {
    Row::change(Service::Ec2, name, needs, about).tags_by("ec2:CreateTags")
}

pub(super) const ROWS: &[Row] = &[
    change(
        "AllocateAddress",
        &[],
        &["elastic-ip/*", "ipam-pool/{IpamPoolId}"],
    ),
    change(
        "AllocateHosts",
        &[
            "AvailabilityZone|AvailabilityZoneId",
            "InstanceType|InstanceFamily",
        ],
        &["dedicated-host/*"],
    )
    .dry_run(false),
    change(
        "AllocateIpamPoolCidr",
        &["IpamPoolId"],
        &["ipam-pool/{IpamPoolId}"],
    ),
    change(
        "AssignIpv6Addresses",
        &["NetworkInterfaceId"],
        &["network-interface/{NetworkInterfaceId}"],
    )
    .dry_run(false),
    change(
        "AssignPrivateIpAddresses",
        &["NetworkInterfaceId"],
        &["network-interface/{NetworkInterfaceId}"],
    )
    .dry_run(false),
    change(
        "AssociateAddress",
        &["AllocationId|PublicIp", "InstanceId|NetworkInterfaceId"],
        &[
            "elastic-ip/{AllocationId}",
            "instance/{InstanceId}",
            "network-interface/{NetworkInterfaceId}",
        ],
    ),
    change(
        "AssociateRouteTable",
        &["RouteTableId", "SubnetId|GatewayId"],
        &[
            "route-table/{RouteTableId}",
            "subnet/{SubnetId}",
            "internet-gateway/{GatewayId}",
        ],
    ),
    change(
        "AssociateVpcCidrBlock",
        &["VpcId"],
        &["vpc/{VpcId}", "ipam-pool/{Ipv6IpamPoolId}"],
    )
    .dry_run(false),
    change(
        "AttachInternetGateway",
        &["InternetGatewayId", "VpcId"],
        &["internet-gateway/{InternetGatewayId}", "vpc/{VpcId}"],
    ),
    change(
        "AttachNetworkInterface",
        &["NetworkInterfaceId", "InstanceId", "DeviceIndex"],
        &[
            "instance/{InstanceId}",
            "network-interface/{NetworkInterfaceId}",
        ],
    ),
    change(
        "AuthorizeSecurityGroupIngress",
        &["GroupId|GroupName"],
        &["security-group/{GroupId|GroupName}"],
    ),
    change(
        "CreateCarrierGateway",
        &["VpcId"],
        &["carrier-gateway/*", "vpc/{VpcId}"],
    ),
    change(
        "CreateEgressOnlyInternetGateway",
        &["VpcId"],
        &["egress-only-internet-gateway/*", "vpc/{VpcId}"],
    ),
    change("CreateInternetGateway", &[], &["internet-gateway/*"]),
    change(
        "CreateLaunchTemplate",
        &["LaunchTemplateName"],
        &["launch-template/*"],
    ),
    change(
        "CreateLaunchTemplateVersion",
        &["LaunchTemplateId|LaunchTemplateName"],
        &["launch-template/{LaunchTemplateId|LaunchTemplateName}"],
    ),
    change(
        "CreateNatGateway",
        &["SubnetId|VpcId"],
        &[
            "natgateway/*",
            "subnet/{SubnetId}",
            "elastic-ip/{AllocationId}",
        ],
    ),
    change(
        "CreateNetworkInterface",
        &["SubnetId"],
        &[
            "network-interface/*",
            "subnet/{SubnetId}",
            "security-group/{SecurityGroupId}",
        ],
    ),
    change(
        "CreateRoute",
        &["RouteTableId"],
        &["route-table/{RouteTableId}"],
    ),
    change(
        "CreateRouteTable",
        &["VpcId"],
        &["route-table/*", "vpc/{VpcId}"],
    ),
    change(
        "CreateSecurityGroup",
        &["GroupName", "GroupDescription"],
        &["security-group/*", "vpc/{VpcId}"],
    ),
    change("CreateSubnet", &["VpcId"], &["subnet/*", "vpc/{VpcId}"]),
    change("CreateTags", &["ResourceId", "Tag.Key"], &["{ResourceId}"]),
    change("CreateVpc", &[], &["vpc/*", "ipam-pool/{Ipv4IpamPoolId}"]),
    change(
        "CreateVpcEndpoint",
        &["VpcId"],
        &[
            "vpc/{VpcId}",
            "vpc-endpoint/*",
            "route-table/{RouteTableId}",
            "subnet/{SubnetId}",
            "security-group/{SecurityGroupId}",
        ],
    ),
    change(
        "DeleteCarrierGateway",
        &["CarrierGatewayId"],
        &["carrier-gateway/{CarrierGatewayId}"],
    ),
    change(
        "DeleteEgressOnlyInternetGateway",
        &["EgressOnlyInternetGatewayId"],
        &["egress-only-internet-gateway/{EgressOnlyInternetGatewayId}"],
    ),
    change(
        "DeleteInternetGateway",
        &["InternetGatewayId"],
        &["internet-gateway/{InternetGatewayId}"],
    ),
    change(
        "DeleteLaunchTemplate",
        &["LaunchTemplateId|LaunchTemplateName"],
        &["launch-template/{LaunchTemplateId|LaunchTemplateName}"],
    ),
    change(
        "DeleteLaunchTemplateVersions",
        &[
            "LaunchTemplateId|LaunchTemplateName",
            "LaunchTemplateVersion",
        ],
        &["launch-template/{LaunchTemplateId|LaunchTemplateName}"],
    ),
    change(
        "DeleteNatGateway",
        &["NatGatewayId"],
        &["natgateway/{NatGatewayId}"],
    ),
    change(
        "DeleteRouteTable",
        &["RouteTableId"],
        &["route-table/{RouteTableId}"],
    ),
    change(
        "DeleteSecurityGroup",
        &["GroupId|GroupName"],
        &["security-group/{GroupId|GroupName}"],
    ),
    change("DeleteSubnet", &["SubnetId"], &["subnet/{SubnetId}"]),
    change("DeleteTags", &["ResourceId"], &["{ResourceId}"]),
    change("DeleteVpc", &["VpcId"], &["vpc/{VpcId}"]),
    change(
        "DeleteVpcEndpoints",
        &["VpcEndpointId"],
        &["vpc-endpoint/{VpcEndpointId}"],
    ),
    change(
        "DetachInternetGateway",
        &["InternetGatewayId", "VpcId"],
        &["internet-gateway/{InternetGatewayId}", "vpc/{VpcId}"],
    ),
    change(
        "DetachNetworkInterface",
        &["AttachmentId"],
        &[
            "instance/{AttachmentId}",
            "network-interface/{AttachmentId}",
        ],
    ),
    change(
        "DisassociateAddress",
        &["AssociationId|PublicIp"],
        &[
            "elastic-ip/{AssociationId|*}",
            "network-interface/{AssociationId|*}",
        ],
    ),
    change(
        "DisassociateRouteTable",
        &["AssociationId"],
        &["route-table/{AssociationId}", "subnet/{AssociationId}"],
    ),
    change(
        "DisassociateVpcCidrBlock",
        &["AssociationId"],
        &["vpc/{AssociationId}"],
    )
    .dry_run(false),
    change(
        "ModifyInstanceAttribute",
        &["InstanceId"],
        &["instance/{InstanceId}", "security-group/{GroupId}"],
    ),
    change(
        "ModifyInstanceMetadataOptions",
        &["InstanceId"],
        &["instance/{InstanceId}"],
    ),
    change(
        "ModifyNetworkInterfaceAttribute",
        &["NetworkInterfaceId"],
        &[
            "network-interface/{NetworkInterfaceId}",
            "security-group/{SecurityGroupId}",
        ],
    ),
    change(
        "ModifySubnetAttribute",
        &["SubnetId"],
        &["subnet/{SubnetId}"],
    )
    .dry_run(false),
    change("ModifyVpcAttribute", &["VpcId"], &["vpc/{VpcId}"]).dry_run(false),
    change(
        "ModifyVpcEndpoint",
        &["VpcEndpointId"],
        &[
            "vpc-endpoint/{VpcEndpointId}",
            "route-table/{AddRouteTableId}",
            "route-table/{RemoveRouteTableId}",
            "subnet/{AddSubnetId}",
            "security-group/{AddSecurityGroupId}",
        ],
    ),
    change(
        "ReleaseAddress",
        &["AllocationId|PublicIp"],
        &["elastic-ip/{AllocationId|*}"],
    ),
    change("ReleaseHosts", &["HostId"], &["dedicated-host/{HostId}"]).dry_run(false),
    change(
        "ReplaceRoute",
        &["RouteTableId"],
        &["route-table/{RouteTableId}"],
    ),
    change(
        "RevokeSecurityGroupEgress",
        &["GroupId"],
        &["security-group/{GroupId}"],
    ),
    change(
        "RevokeSecurityGroupIngress",
        &["GroupId|GroupName"],
        &["security-group/{GroupId|GroupName}"],
    ),
    change(
        "RunInstances",
        &[
            "MinCount",
            "MaxCount",
            "ImageId|LaunchTemplate.LaunchTemplateId|LaunchTemplate.LaunchTemplateName",
        ],
        &[
            "image/{ImageId}",
            "instance/*",
            "network-interface/*",
            "security-group/{SecurityGroupId|NetworkInterface.SecurityGroupId|*}",
            "subnet/{SubnetId|NetworkInterface.SubnetId|*}",
            "volume/*",
            "key-pair/{KeyName}",
            "launch-template/{LaunchTemplate.LaunchTemplateId|LaunchTemplate.LaunchTemplateName}",
        ],
    )
    .passes(
        "IamInstanceProfile.Arn|IamInstanceProfile.Name",
        "ec2.amazonaws.com",
    ),
    change(
        "TerminateInstances",
        &["InstanceId"],
        &["instance/{InstanceId}"],
    ),
    change(
        "UnassignPrivateIpAddresses",
        &["NetworkInterfaceId"],
        &["network-interface/{NetworkInterfaceId}"],
    )
    .dry_run(false),
];
