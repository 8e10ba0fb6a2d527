//! The services of the query protocol but IAM and STS: Elastic Load Balancing (both of its APIs)
//! and Auto Scaling; and what IAM tells of identity providers.

use super::row::{Answer, Row};
use crate::wire::service::Service;

const fn list(service: Service, name: &'static str, list: &'static str, kind: &'static str) -> Row {
    Row::new(service, name, Answer::List(list, kind))
}

const ADD_TAGS: &str = "elasticloadbalancing:AddTags";
const CLASSIC: &[&str] = &["loadbalancer/{LoadBalancerName}"];
const BY_ARN: &[&str] = &["{LoadBalancerArn}"];
const TARGETS: &[&str] = &["{TargetGroupArn}"];
const GROUP: &[&str] = &["autoScalingGroup:*:autoScalingGroupName/{AutoScalingGroupName}"];
const PROVIDER: &[&str] = &["{OpenIDConnectProviderArn}"];

/// Elastic Load Balancing, version 2012-06-01.
pub(super) const ELB: &[Row] = &[
    Row::change(
        Service::Elb,
        "AddTags",
        &["LoadBalancerNames", "Tags.Key"],
        &["loadbalancer/{LoadBalancerNames}"],
    ),
    Row::change(
        Service::Elb,
        "ApplySecurityGroupsToLoadBalancer",
        &["LoadBalancerName", "SecurityGroups"],
        CLASSIC,
    ),
    Row::change(
        Service::Elb,
        "AttachLoadBalancerToSubnets",
        &["LoadBalancerName", "Subnets"],
        CLASSIC,
    ),
    Row::change(
        Service::Elb,
        "ConfigureHealthCheck",
        &["LoadBalancerName", "HealthCheck.Target"],
        CLASSIC,
    ),
    Row::change(
        Service::Elb,
        "CreateLoadBalancer",
        &["LoadBalancerName", "Listeners.Protocol"],
        &["+loadbalancer/{LoadBalancerName}"],
    )
    .tags_by(ADD_TAGS),
    Row::change(
        Service::Elb,
        "DeleteLoadBalancer",
        &["LoadBalancerName"],
        CLASSIC,
    ),
    Row::change(
        Service::Elb,
        "DeregisterInstancesFromLoadBalancer",
        &["LoadBalancerName", "Instances.InstanceId"],
        CLASSIC,
    ),
    Row::new(
        Service::Elb,
        "DescribeLoadBalancerAttributes",
        Answer::Shown,
    )
    .needs(&["LoadBalancerName"])
    .about(&["*", "id loadbalancer/{LoadBalancerName}"]),
    list(
        Service::Elb,
        "DescribeLoadBalancers",
        "LoadBalancerDescriptions",
        "loadbalancer",
    )
    .about(&["*", "id loadbalancer/{LoadBalancerNames}"]),
    list(Service::Elb, "DescribeTags", "TagDescriptions", "")
        .needs(&["LoadBalancerNames"])
        .about(&["*", "id loadbalancer/{LoadBalancerNames}"]),
    Row::change(
        Service::Elb,
        "ModifyLoadBalancerAttributes",
        &["LoadBalancerName"],
        CLASSIC,
    ),
    Row::change(
        Service::Elb,
        "RegisterInstancesWithLoadBalancer",
        &["LoadBalancerName", "Instances.InstanceId"],
        CLASSIC,
    ),
    Row::change(
        Service::Elb,
        "RemoveTags",
        &["LoadBalancerNames", "Tags.Key"],
        &["loadbalancer/{LoadBalancerNames}"],
    ),
];

/// Elastic Load Balancing, version 2015-12-01.
pub(super) const ELB_V2: &[Row] = &[
    Row::change(
        Service::ElbV2,
        "AddTags",
        &["ResourceArns", "Tags.Key"],
        &["{ResourceArns}"],
    ),
    Row::change(
        Service::ElbV2,
        "CreateListener",
        &["LoadBalancerArn", "DefaultActions.Type"],
        BY_ARN,
    )
    .tags_by(ADD_TAGS),
    Row::change(
        Service::ElbV2,
        "CreateLoadBalancer",
        &["Name"],
        &["+loadbalancer/{@type}/{Name}/*"],
    )
    .tags_by(ADD_TAGS),
    Row::change(
        Service::ElbV2,
        "CreateTargetGroup",
        &["Name"],
        &["+targetgroup/{Name}/*"],
    )
    .tags_by(ADD_TAGS),
    Row::change(
        Service::ElbV2,
        "DeleteListener",
        &["ListenerArn"],
        &["{ListenerArn}"],
    ),
    Row::change(
        Service::ElbV2,
        "DeleteLoadBalancer",
        &["LoadBalancerArn"],
        BY_ARN,
    ),
    Row::change(
        Service::ElbV2,
        "DeleteTargetGroup",
        &["TargetGroupArn"],
        TARGETS,
    ),
    Row::change(
        Service::ElbV2,
        "DeregisterTargets",
        &["TargetGroupArn", "Targets.Id"],
        TARGETS,
    ),
    list(Service::ElbV2, "DescribeListeners", "Listeners", "listener")
        .needs(&["LoadBalancerArn|ListenerArns"])
        .about(&["*", "id {LoadBalancerArn|ListenerArns}"]),
    Row::new(
        Service::ElbV2,
        "DescribeLoadBalancerAttributes",
        Answer::Shown,
    )
    .needs(&["LoadBalancerArn"])
    .about(&["*", "id {LoadBalancerArn}"]),
    list(
        Service::ElbV2,
        "DescribeLoadBalancers",
        "LoadBalancers",
        "loadbalancer/net",
    )
    .about(&["*", "id {LoadBalancerArns}", "id loadbalancer/net/{Names}"]),
    list(Service::ElbV2, "DescribeTags", "TagDescriptions", "")
        .needs(&["ResourceArns"])
        .about(&["*", "id {ResourceArns}"]),
    list(
        Service::ElbV2,
        "DescribeTargetGroups",
        "TargetGroups",
        "targetgroup",
    )
    .about(&[
        "*",
        "id {TargetGroupArns|LoadBalancerArn}",
        "id targetgroup/{Names}",
    ]),
    list(
        Service::ElbV2,
        "DescribeTargetHealth",
        "TargetHealthDescriptions",
        "",
    )
    .needs(&["TargetGroupArn"])
    .about(&["*", "id {TargetGroupArn}"]),
    Row::change(
        Service::ElbV2,
        "ModifyLoadBalancerAttributes",
        &["LoadBalancerArn", "Attributes.Key"],
        BY_ARN,
    ),
    Row::change(
        Service::ElbV2,
        "ModifyTargetGroupAttributes",
        &["TargetGroupArn", "Attributes.Key"],
        TARGETS,
    ),
    Row::change(
        Service::ElbV2,
        "RegisterTargets",
        &["TargetGroupArn", "Targets.Id"],
        TARGETS,
    ),
    Row::change(
        Service::ElbV2,
        "RemoveTags",
        &["ResourceArns", "TagKeys"],
        &["{ResourceArns}"],
    ),
    Row::change(
        Service::ElbV2,
        "SetSecurityGroups",
        &["LoadBalancerArn", "SecurityGroups"],
        BY_ARN,
    ),
    Row::change(Service::ElbV2, "SetSubnets", &["LoadBalancerArn"], BY_ARN),
];

pub(super) const AUTO_SCALING: &[Row] = &[
    Row::change(
        Service::AutoScaling,
        "CancelInstanceRefresh",
        &["AutoScalingGroupName"],
        GROUP,
    ),
    Row::change(
        Service::AutoScaling,
        "CreateAutoScalingGroup",
        &["AutoScalingGroupName", "MinSize", "MaxSize"],
        &["+autoScalingGroup:*:autoScalingGroupName/{AutoScalingGroupName}"],
    )
    .tags_by("autoscaling:CreateOrUpdateTags"),
    Row::change(
        Service::AutoScaling,
        "CreateOrUpdateTags",
        &["Tags.Key"],
        &["autoScalingGroup:*:autoScalingGroupName/{Tags.ResourceId}"],
    ),
    Row::change(
        Service::AutoScaling,
        "DeleteAutoScalingGroup",
        &["AutoScalingGroupName"],
        GROUP,
    ),
    Row::change(
        Service::AutoScaling,
        "DeleteLifecycleHook",
        &["LifecycleHookName", "AutoScalingGroupName"],
        GROUP,
    ),
    Row::change(
        Service::AutoScaling,
        "DeleteTags",
        &["Tags.Key"],
        &["autoScalingGroup:*:autoScalingGroupName/{Tags.ResourceId}"],
    ),
    list(
        Service::AutoScaling,
        "DescribeAutoScalingGroups",
        "AutoScalingGroups",
        "autoScalingGroup",
    ),
    list(
        Service::AutoScaling,
        "DescribeInstanceRefreshes",
        "InstanceRefreshes",
        "",
    )
    .needs(&["AutoScalingGroupName"])
    .about(&[
        "*",
        "id autoScalingGroup:*:autoScalingGroupName/{AutoScalingGroupName}",
    ]),
    list(
        Service::AutoScaling,
        "DescribeLifecycleHooks",
        "LifecycleHooks",
        "",
    )
    .needs(&["AutoScalingGroupName"])
    .about(&[
        "*",
        "id autoScalingGroup:*:autoScalingGroupName/{AutoScalingGroupName}",
    ]),
    Row::change(
        Service::AutoScaling,
        "PutLifecycleHook",
        &["LifecycleHookName", "AutoScalingGroupName"],
        GROUP,
    ),
    Row::change(
        Service::AutoScaling,
        "ResumeProcesses",
        &["AutoScalingGroupName"],
        GROUP,
    ),
    Row::change(
        Service::AutoScaling,
        "StartInstanceRefresh",
        &["AutoScalingGroupName"],
        GROUP,
    ),
    Row::change(
        Service::AutoScaling,
        "SuspendProcesses",
        &["AutoScalingGroupName"],
        GROUP,
    ),
    Row::change(
        Service::AutoScaling,
        "UpdateAutoScalingGroup",
        &["AutoScalingGroupName"],
        GROUP,
    ),
];

/// OpenID Connect providers: the sandbox has none, and makes none.
pub(super) const IAM: &[Row] = &[
    Row::change(
        Service::Iam,
        "AddClientIDToOpenIDConnectProvider",
        &["OpenIDConnectProviderArn", "ClientID"],
        PROVIDER,
    ),
    Row::change(
        Service::Iam,
        "CreateOpenIDConnectProvider",
        &["Url"],
        &["+oidc-provider/{@host}"],
    )
    .tags_by("iam:TagOpenIDConnectProvider"),
    Row::change(
        Service::Iam,
        "DeleteOpenIDConnectProvider",
        &["OpenIDConnectProviderArn"],
        PROVIDER,
    ),
    Row::new(Service::Iam, "GetOpenIDConnectProvider", Answer::Shown)
        .needs(&["OpenIDConnectProviderArn"])
        .about(PROVIDER),
    list(
        Service::Iam,
        "ListOpenIDConnectProviders",
        "OpenIDConnectProviderList",
        "",
    ),
    Row::change(
        Service::Iam,
        "TagOpenIDConnectProvider",
        &["OpenIDConnectProviderArn", "Tags.Key"],
        PROVIDER,
    ),
    Row::change(
        Service::Iam,
        "UpdateOpenIDConnectProviderThumbprint",
        &["OpenIDConnectProviderArn", "ThumbprintList"],
        PROVIDER,
    ),
];
