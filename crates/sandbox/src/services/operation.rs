//! The operations: what each cannot do without, and which know no dry run.
//!
//! From the API Reference of each service: the parameters marked as required, or of which one is.

/// An operation of a service.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Operation {
    pub(super) name: &'static str,
    /// The parameters that a request must have, by blanks.
    pub(super) required: &'static str,
    pub(super) reads: bool,
}

/// The operations of a service.
type Table = &'static [Operation];

/// Those that only read are known by their first word.
const fn op(name: &'static str, required: &'static str) -> Operation {
    let reads =
        starts_with(name, "Describe") || starts_with(name, "Get") || starts_with(name, "List");
    Operation {
        name,
        required,
        reads,
    }
}

const fn starts_with(text: &str, start: &str) -> bool {
    match text.as_bytes().split_at_checked(start.len()) {
        Some((head, _)) => same(head, start.as_bytes()),
        None => false,
    }
}

const fn same(mut one: &[u8], mut other: &[u8]) -> bool {
    while let ([a, rest @ ..], [b, others @ ..]) = (one, other) {
        if *a != *b {
            return false;
        }
        one = rest;
        other = others;
    }
    one.is_empty() && other.is_empty()
}

const EC2: Table = &[
    op("AllocateAddress", ""),
    op("AllocateHosts", ""),
    op("AllocateIpamPoolCidr", "IpamPoolId"),
    op("AssignIpv6Addresses", "NetworkInterfaceId"),
    op("AssignPrivateIpAddresses", "NetworkInterfaceId"),
    op("AssociateAddress", "AllocationId"),
    op("AssociateRouteTable", "RouteTableId"),
    op("AssociateVpcCidrBlock", "VpcId"),
    op("AttachInternetGateway", "InternetGatewayId VpcId"),
    op(
        "AttachNetworkInterface",
        "DeviceIndex InstanceId NetworkInterfaceId",
    ),
    op("AuthorizeSecurityGroupIngress", "GroupId IpPermissions"),
    op("CreateCarrierGateway", "VpcId"),
    op("CreateEgressOnlyInternetGateway", "VpcId"),
    op("CreateInternetGateway", ""),
    op(
        "CreateLaunchTemplate",
        "LaunchTemplateName LaunchTemplateData",
    ),
    op(
        "CreateLaunchTemplateVersion",
        "LaunchTemplateId LaunchTemplateData",
    ),
    op("CreateNatGateway", "SubnetId"),
    op("CreateNetworkInterface", "SubnetId"),
    op("CreateRoute", "RouteTableId DestinationCidrBlock"),
    op("CreateRouteTable", "VpcId"),
    op("CreateSecurityGroup", "GroupName GroupDescription"),
    op("CreateSubnet", "VpcId CidrBlock"),
    op("CreateTags", "ResourceId Tag"),
    op("CreateVpc", "CidrBlock"),
    op("CreateVpcEndpoint", "VpcId ServiceName"),
    op("DeleteCarrierGateway", "CarrierGatewayId"),
    op(
        "DeleteEgressOnlyInternetGateway",
        "EgressOnlyInternetGatewayId",
    ),
    op("DeleteInternetGateway", "InternetGatewayId"),
    op("DeleteLaunchTemplate", "LaunchTemplateId"),
    op(
        "DeleteLaunchTemplateVersions",
        "LaunchTemplateId LaunchTemplateVersion",
    ),
    op("DeleteNatGateway", "NatGatewayId"),
    op("DeleteRouteTable", "RouteTableId"),
    op("DeleteSecurityGroup", "GroupId"),
    op("DeleteSubnet", "SubnetId"),
    op("DeleteTags", "ResourceId"),
    op("DeleteVpc", "VpcId"),
    op("DeleteVpcEndpoints", "VpcEndpointId"),
    op("DescribeAccountAttributes", ""),
    op("DescribeAddresses", ""),
    op("DescribeAvailabilityZones", ""),
    op("DescribeCarrierGateways", ""),
    op("DescribeDhcpOptions", ""),
    op("DescribeEgressOnlyInternetGateways", ""),
    op("DescribeHosts", ""),
    op("DescribeImages", ""),
    op("DescribeInstanceTypes", ""),
    op("DescribeInstances", ""),
    op("DescribeInternetGateways", ""),
    op("DescribeIpamPools", ""),
    op("DescribeKeyPairs", ""),
    op("DescribeLaunchTemplateVersions", ""),
    op("DescribeLaunchTemplates", ""),
    op("DescribeNatGateways", ""),
    op("DescribeNetworkInterfaceAttribute", "NetworkInterfaceId"),
    op("DescribeNetworkInterfaces", ""),
    op("DescribePublicIpv4Pools", ""),
    op("DescribeRegions", ""),
    op("DescribeRouteTables", ""),
    op("DescribeSecurityGroups", ""),
    op("DescribeSubnets", ""),
    op("DescribeTags", ""),
    op("DescribeVolumes", ""),
    op("DescribeVpcAttribute", "VpcId Attribute"),
    op("DescribeVpcEndpoints", ""),
    op("DescribeVpcs", ""),
    op("DetachInternetGateway", "InternetGatewayId VpcId"),
    op("DetachNetworkInterface", "AttachmentId"),
    op("DisassociateAddress", "AssociationId"),
    op("DisassociateRouteTable", "AssociationId"),
    op("DisassociateVpcCidrBlock", "AssociationId"),
    op("GetSecurityGroupsForVpc", "VpcId"),
    op("ModifyInstanceAttribute", "InstanceId"),
    op("ModifyInstanceMetadataOptions", "InstanceId"),
    op("ModifyNetworkInterfaceAttribute", "NetworkInterfaceId"),
    op("ModifySubnetAttribute", "SubnetId"),
    op("ModifyVpcAttribute", "VpcId"),
    op("ModifyVpcEndpoint", "VpcEndpointId"),
    op("ReleaseAddress", "AllocationId"),
    op("ReleaseHosts", "HostId"),
    op("ReplaceRoute", "RouteTableId"),
    op("RevokeSecurityGroupEgress", "GroupId"),
    op("RevokeSecurityGroupIngress", "GroupId"),
    op("RunInstances", "MaxCount MinCount ImageId"),
    op("TerminateInstances", "InstanceId"),
    op("UnassignPrivateIpAddresses", "NetworkInterfaceId"),
];

/// The operations of EC2 that have no `DryRun` parameter and do what they are asked.
const WITHOUT_DRY_RUN: [&str; 11] = [
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

/// Whether an operation of EC2 takes `DryRun`.
pub(super) fn knows_dry_run(name: &str) -> bool {
    !WITHOUT_DRY_RUN.contains(&name)
}

const ELASTIC_LOAD_BALANCING: Table = &[
    op("AddTags", "Tags"),
    op(
        "ApplySecurityGroupsToLoadBalancer",
        "LoadBalancerName SecurityGroups",
    ),
    op("AttachLoadBalancerToSubnets", "LoadBalancerName Subnets"),
    op("ConfigureHealthCheck", "LoadBalancerName HealthCheck"),
    op("CreateListener", "LoadBalancerArn DefaultActions"),
    op("CreateLoadBalancer", ""),
    op("CreateTargetGroup", "Name"),
    op("DeleteListener", "ListenerArn"),
    op("DeleteLoadBalancer", ""),
    op("DeleteTargetGroup", "TargetGroupArn"),
    op(
        "DeregisterInstancesFromLoadBalancer",
        "LoadBalancerName Instances",
    ),
    op("DeregisterTargets", "TargetGroupArn Targets"),
    op("DescribeListeners", ""),
    op("DescribeLoadBalancerAttributes", ""),
    op("DescribeLoadBalancers", ""),
    op("DescribeTags", ""),
    op("DescribeTargetGroups", ""),
    op("DescribeTargetHealth", "TargetGroupArn"),
    op("ModifyLoadBalancerAttributes", ""),
    op("ModifyTargetGroupAttributes", "TargetGroupArn Attributes"),
    op(
        "RegisterInstancesWithLoadBalancer",
        "LoadBalancerName Instances",
    ),
    op("RegisterTargets", "TargetGroupArn Targets"),
    op("RemoveTags", ""),
    op("SetSecurityGroups", "LoadBalancerArn SecurityGroups"),
    op("SetSubnets", "LoadBalancerArn"),
];

const AUTO_SCALING: Table = &[
    op("CancelInstanceRefresh", "AutoScalingGroupName"),
    op(
        "CreateAutoScalingGroup",
        "AutoScalingGroupName MinSize MaxSize",
    ),
    op("CreateOrUpdateTags", "Tags"),
    op("DeleteAutoScalingGroup", "AutoScalingGroupName"),
    op(
        "DeleteLifecycleHook",
        "AutoScalingGroupName LifecycleHookName",
    ),
    op("DeleteTags", "Tags"),
    op("DescribeAutoScalingGroups", ""),
    op("DescribeInstanceRefreshes", "AutoScalingGroupName"),
    op("DescribeLifecycleHooks", "AutoScalingGroupName"),
    op("PutLifecycleHook", "AutoScalingGroupName LifecycleHookName"),
    op("ResumeProcesses", "AutoScalingGroupName"),
    op("StartInstanceRefresh", "AutoScalingGroupName"),
    op("SuspendProcesses", "AutoScalingGroupName"),
    op("UpdateAutoScalingGroup", "AutoScalingGroupName"),
];

const TAGGING: Table = &[op("GetResources", "")];

const SECRETS_MANAGER: Table = &[
    op("CreateSecret", "Name"),
    op("DeleteSecret", "SecretId"),
    op("TagResource", "SecretId Tags"),
];

const SYSTEMS_MANAGER: Table = &[
    op("AddTagsToResource", "ResourceId Tags"),
    op("DeleteParameter", "Name"),
    op("GetParameter", "Name"),
    op("PutParameter", "Name Value"),
];

const KEY_MANAGEMENT: Table = &[
    op("CreateGrant", "KeyId GranteePrincipal Operations"),
    op("DescribeKey", "KeyId"),
];

const EKS: Table = &[
    op("AssociateAccessPolicy", "name principalArn policyArn"),
    op("AssociateEncryptionConfig", "name encryptionConfig"),
    op("AssociateIdentityProviderConfig", "name oidc"),
    op("CreateAccessEntry", "name principalArn"),
    op("CreateAddon", "name addonName"),
    op("CreateCluster", "name roleArn resourcesVpcConfig"),
    op(
        "CreateFargateProfile",
        "name fargateProfileName podExecutionRoleArn",
    ),
    op("CreateNodegroup", "name nodegroupName nodeRole subnets"),
    op("DeleteAccessEntry", "name principalArn"),
    op("DeleteAddon", "name addonName"),
    op("DeleteCluster", "name"),
    op("DeleteFargateProfile", "name fargateProfileName"),
    op("DeleteNodegroup", "name nodegroupName"),
    op("DescribeAccessEntry", "name principalArn"),
    op("DescribeAddon", "name addonName"),
    op("DescribeAddonVersions", ""),
    op("DescribeCluster", "name"),
    op("DescribeFargateProfile", "name fargateProfileName"),
    op(
        "DescribeIdentityProviderConfig",
        "name identityProviderConfig",
    ),
    op("DescribeNodegroup", "name nodegroupName"),
    op("DisassociateAccessPolicy", "name principalArn policyArn"),
    op(
        "DisassociateIdentityProviderConfig",
        "name identityProviderConfig",
    ),
    op("ListAccessEntries", "name"),
    op("ListAddons", "name"),
    op("ListAssociatedAccessPolicies", "name principalArn"),
    op("ListClusters", ""),
    op("ListIdentityProviderConfigs", "name"),
    op("TagResource", "resourceArn tags"),
    op("UntagResource", "resourceArn tagKeys"),
    op("UpdateAccessEntry", "name principalArn"),
    op("UpdateAddon", "name addonName"),
    op("UpdateClusterConfig", "name"),
    op("UpdateClusterVersion", "name version"),
    op("UpdateNodegroupConfig", "name nodegroupName"),
    op("UpdateNodegroupVersion", "name nodegroupName"),
];

const TABLES: [(&str, Table); 8] = [
    ("ec2", EC2),
    ("elasticloadbalancing", ELASTIC_LOAD_BALANCING),
    ("autoscaling", AUTO_SCALING),
    ("tagging", TAGGING),
    ("secretsmanager", SECRETS_MANAGER),
    ("ssm", SYSTEMS_MANAGER),
    ("kms", KEY_MANAGEMENT),
    ("eks", EKS),
];

fn table(service: &str) -> Table {
    let found = TABLES.iter().find(|(name, _)| *name == service);
    found.map_or(&[], |(_, table)| table)
}

/// The operation of that name.
pub(super) fn operation(service: &str, name: &str) -> Option<&'static Operation> {
    table(service)
        .iter()
        .find(|operation| operation.name == name)
}

/// The names of a service's operations.
pub(super) fn of_service(service: &str) -> impl Iterator<Item = &'static str> {
    table(service).iter().map(|operation| operation.name)
}

#[cfg(test)]
mod tests {
    use commissary_iam::reference::Reference;

    use super::*;
    use crate::services::find_service;

    #[test]
    fn every_operation_is_an_action_of_its_service() {
        let reference = Reference::bundled().unwrap();
        for (signing, table) in TABLES {
            let service = find_service(signing).unwrap();
            for operation in table {
                let action = format!("{}:{}", service.prefix, operation.name);
                assert!(reference.action(&action).is_some(), "{action}");
            }
        }
    }

    #[test]
    fn what_reads_is_known_by_its_name() {
        assert!(operation("ec2", "DescribeVpcs").unwrap().reads);
        assert!(operation("tagging", "GetResources").unwrap().reads);
        assert!(!operation("ec2", "DeleteVpc").unwrap().reads);
        assert!(!knows_dry_run("ModifySubnetAttribute") && knows_dry_run("CreateVpc"));
    }
}
