//! The other services: calls that only read (their API References).
//!
//! Names begin with `commissary-probe`: nothing is called so. Where a name is looked up, the answer
//! that nothing is called so proves nothing, for a service may look before it asks for the right;
//! a denial proves what it says.

use super::{Kind, Probe, Protocol, ServiceProbes};
use crate::signed::Service;

const fn regional(
    prefix: &'static str,
    signing: &'static str,
    id: &'static str,
    protocol: Protocol,
) -> ServiceProbes {
    ServiceProbes {
        prefix,
        service: Service {
            signing,
            host: signing,
            id,
            global: false,
        },
        protocol,
    }
}

static CLASSIC_LOAD_BALANCING: ServiceProbes = regional(
    "elasticloadbalancing",
    "elasticloadbalancing",
    "Elastic Load Balancing",
    Protocol::Query {
        version: "2012-06-01",
    },
);

static LOAD_BALANCING: ServiceProbes = regional(
    "elasticloadbalancing",
    "elasticloadbalancing",
    "Elastic Load Balancing v2",
    Protocol::Query {
        version: "2015-12-01",
    },
);

static AUTO_SCALING: ServiceProbes = regional(
    "autoscaling",
    "autoscaling",
    "Auto Scaling",
    Protocol::Query {
        version: "2011-01-01",
    },
);

static TAGGING: ServiceProbes = regional(
    "tag",
    "tagging",
    "Resource Groups Tagging API",
    Protocol::Json {
        target: "ResourceGroupsTaggingAPI_20170126",
    },
);

static SYSTEMS_MANAGER: ServiceProbes = regional(
    "ssm",
    "ssm",
    "SSM",
    Protocol::Json {
        target: "AmazonSSM",
    },
);

static EKS: ServiceProbes = regional("eks", "eks", "EKS", Protocol::Rest);

static IAM: ServiceProbes = ServiceProbes {
    prefix: "iam",
    service: Service {
        signing: "iam",
        host: "iam",
        id: "IAM",
        global: true,
    },
    protocol: Protocol::Query {
        version: "2010-05-08",
    },
};

const fn reads(
    service: &'static ServiceProbes,
    operation: &'static str,
    parameters: &'static str,
) -> Probe {
    reads_on(service, operation, parameters, "")
}

/// The same for a call whose right AWS asks for on these ARNs. An ARN that ends in `*` is that of
/// names that AWS gives, any of which stands for the others.
const fn reads_on(
    service: &'static ServiceProbes,
    operation: &'static str,
    parameters: &'static str,
    also_on: &'static str,
) -> Probe {
    Probe {
        service,
        operation,
        kind: Kind::Reads,
        parameters,
        also_on,
        holds: "",
    }
}

/// The same for a service that answers in JSON, with the member that its answer always holds.
const fn json(probe: Probe, holds: &'static str) -> Probe {
    Probe { holds, ..probe }
}

pub(super) static PROBES: &[Probe] = &[
    reads(
        &CLASSIC_LOAD_BALANCING,
        "DescribeLoadBalancers",
        "PageSize=1",
    ),
    reads(
        &CLASSIC_LOAD_BALANCING,
        "DescribeLoadBalancerAttributes",
        "LoadBalancerName=commissary-probe",
    ),
    reads(
        &CLASSIC_LOAD_BALANCING,
        "DescribeTags",
        "LoadBalancerNames.member.1=commissary-probe",
    ),
    reads(
        &LOAD_BALANCING,
        "DescribeListeners",
        "LoadBalancerArn=arn:{partition}:elasticloadbalancing:{region}:{account}:loadbalancer/net/commissary-probe/0123456789abcdef",
    ),
    reads(&LOAD_BALANCING, "DescribeTargetGroups", "PageSize=1"),
    reads(
        &LOAD_BALANCING,
        "DescribeTargetHealth",
        "TargetGroupArn=arn:{partition}:elasticloadbalancing:{region}:{account}:targetgroup/commissary-probe/0123456789abcdef",
    ),
    reads(&AUTO_SCALING, "DescribeAutoScalingGroups", "MaxRecords=1"),
    reads(
        &AUTO_SCALING,
        "DescribeInstanceRefreshes",
        "AutoScalingGroupName=commissary-probe",
    ),
    reads(
        &AUTO_SCALING,
        "DescribeLifecycleHooks",
        "AutoScalingGroupName=commissary-probe",
    ),
    json(
        reads(&TAGGING, "GetResources", "ResourcesPerPage=1"),
        "ResourceTagMappingList",
    ),
    json(
        reads_on(
            &SYSTEMS_MANAGER,
            "GetParameter",
            "Name=/aws/service/eks/optimized-ami/1.33/amazon-linux-2023/x86_64/standard/recommended/image_id",
            "arn:{partition}:ssm:{region}::parameter/aws/service/eks/optimized-ami/*",
        ),
        "Parameter",
    ),
    json(
        reads_on(
            &EKS,
            "ListClusters",
            "/clusters?maxResults=1",
            "arn:{partition}:eks:{region}:{account}:cluster/*",
        ),
        "clusters",
    ),
    json(
        reads_on(
            &EKS,
            "DescribeAddonVersions",
            "/addons/supported-versions?maxResults=1",
            "arn:{partition}:eks:{region}:{account}:*",
        ),
        "addons",
    ),
    json(
        reads(&EKS, "DescribeCluster", "/clusters/commissary-probe"),
        "cluster",
    ),
    json(
        reads(
            &EKS,
            "DescribeNodegroup",
            "/clusters/commissary-probe/node-groups/commissary-probe",
        ),
        "nodegroup",
    ),
    json(
        reads(
            &EKS,
            "DescribeFargateProfile",
            "/clusters/commissary-probe/fargate-profiles/commissary-probe",
        ),
        "fargateProfile",
    ),
    json(
        reads(
            &EKS,
            "DescribeAddon",
            "/clusters/commissary-probe/addons/commissary-probe",
        ),
        "addon",
    ),
    json(
        reads(&EKS, "ListAddons", "/clusters/commissary-probe/addons"),
        "addons",
    ),
    json(
        reads(
            &EKS,
            "ListAccessEntries",
            "/clusters/commissary-probe/access-entries",
        ),
        "accessEntries",
    ),
    json(
        reads(
            &EKS,
            "ListIdentityProviderConfigs",
            "/clusters/commissary-probe/identity-provider-configs",
        ),
        "identityProviderConfigs",
    ),
    reads_on(
        &IAM,
        "GetRole",
        "RoleName=control-plane.cluster-api-provider-aws.sigs.k8s.io",
        "arn:{partition}:iam::{account}:role/control-plane.cluster-api-provider-aws.sigs.k8s.io",
    ),
    reads_on(
        &IAM,
        "ListAttachedRolePolicies",
        "RoleName=control-plane.cluster-api-provider-aws.sigs.k8s.io",
        "arn:{partition}:iam::{account}:role/control-plane.cluster-api-provider-aws.sigs.k8s.io",
    ),
    reads_on(
        &IAM,
        "GetPolicy",
        "PolicyArn=arn:{partition}:iam::aws:policy/AmazonEKSClusterPolicy",
        "arn:{partition}:iam::aws:policy/AmazonEKSClusterPolicy",
    ),
    reads(&IAM, "ListOpenIDConnectProviders", ""),
];
