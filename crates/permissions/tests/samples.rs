//! Samples are the requests that the consumer really sends.
#![expect(clippy::unwrap_used, reason = "tests")]

use commissary_permissions::{Requirement, SampleRequest, Samples, Scope, release, releases};

fn scope(partition: &str, region: &str) -> Scope {
    Scope {
        partition: partition.to_owned(),
        account_id: "123456789012".to_owned(),
        region: region.to_owned(),
    }
}

fn frankfurt() -> Scope {
    scope("aws", "eu-central-1")
}

fn requirements(features: &[&str]) -> Vec<Requirement> {
    let features: Vec<String> = features.iter().map(ToString::to_string).collect();
    let release = release("kommander-2.2").unwrap();
    release.select(&features).unwrap().requirements()
}

/// Those of all features of every release.
fn all_requirements() -> Vec<Requirement> {
    let requirements = releases().iter().flat_map(|release| {
        let selection = release.with_all_features();
        selection.requirements()
    });
    requirements.collect()
}

fn requirement(features: &[&str], id: &str) -> Requirement {
    let mut requirements = requirements(features).into_iter();
    requirements.find(|r| r.id == id).unwrap()
}

fn samples(features: &[&str], id: &str) -> Samples {
    requirement(features, id).samples(&frankfurt())
}

/// The resources, without what stands before the account.
fn resources(requests: &[SampleRequest]) -> Vec<&str> {
    let resources = requests.iter().map(|request| request.resource.as_str());
    resources
        .map(|arn| arn.splitn(6, ':').nth(5).unwrap_or(arn))
        .collect()
}

fn value<'a>(request: &'a SampleRequest, key: &str) -> Option<&'a [String]> {
    let mut context = request.context.iter();
    let (_, values) = context.find(|(name, _)| name == key)?;
    Some(values)
}

#[test]
fn arns_are_whole_and_of_the_scope() {
    let scope = scope("aws-us-gov", "us-gov-west-1");
    for requirement in all_requirements() {
        let samples = requirement.samples(&scope);
        let all = samples.every.iter().chain(&samples.alternatives);
        for request in all.filter(|request| request.resource != "*") {
            let parts: Vec<&str> = request.resource.splitn(6, ':').collect();
            // Roles are IAM's, whoever is asked to assume them.
            let service = requirement.action.split(':').next();
            let service = service.map(|name| name.replace("sts", "iam"));
            assert_eq!(parts.len(), 6, "{}", request.resource);
            assert_eq!(parts[..2], ["arn", "aws-us-gov"], "{}", request.resource);
            assert_eq!(
                parts.get(2).copied(),
                service.as_deref(),
                "{}",
                request.resource
            );
            assert!(
                ["us-gov-west-1", ""].contains(&parts[3]),
                "{}",
                request.resource
            );
            assert!(
                ["123456789012", "aws", ""].contains(&parts[4]),
                "{}",
                request.resource
            );
            assert!(!request.resource.contains("${"), "{}", request.resource);
        }
    }
}

#[test]
fn requests_name_their_action_and_carry_the_key_of_the_condition() {
    for requirement in all_requirements() {
        let samples = requirement.samples(&frankfurt());
        for request in samples.every.iter().chain(&samples.alternatives) {
            assert_eq!(request.action, requirement.action);
            if let Some(condition) = &requirement.condition {
                assert!(
                    value(request, &condition.key).is_some(),
                    "{}",
                    requirement.id
                );
            }
        }
    }
}

#[test]
fn the_region_is_certain_for_all_services_but_iam() {
    for requirement in all_requirements() {
        let samples = requirement.samples(&frankfurt());
        for request in samples.every.iter().chain(&samples.alternatives) {
            let region = value(request, "aws:RequestedRegion");
            if requirement.action.starts_with("iam:") || requirement.action == "sts:AssumeRole" {
                assert_eq!(region, None, "{}", requirement.id);
            } else {
                assert_eq!(region.unwrap(), ["eu-central-1"], "{}", requirement.id);
            }
            let is_ec2 = requirement.action.starts_with("ec2:");
            assert_eq!(
                value(request, "ec2:Region").is_some(),
                is_ec2,
                "{}",
                requirement.id
            );
        }
    }
}

#[test]
fn a_machine_names_its_image_network_and_volume() {
    let samples = samples(&["ec2"], "ec2:RunInstances");
    let every: Vec<&str> = samples.every.iter().map(|r| r.resource.as_str()).collect();
    let here = "arn:aws:ec2:eu-central-1:123456789012:";
    assert_eq!(
        every,
        [
            "arn:aws:ec2:eu-central-1::image/ami-0a1b2c3d4e5f60718".to_owned(),
            format!("{here}instance/i-0a1b2c3d4e5f60718"),
            format!("{here}network-interface/eni-0a1b2c3d4e5f60718"),
            format!("{here}security-group/sg-0a1b2c3d4e5f60718"),
            format!("{here}subnet/subnet-0a1b2c3d4e5f60718"),
            format!("{here}volume/vol-0a1b2c3d4e5f60718"),
        ]
    );
    assert!(resources(&samples.alternatives).contains(&"key-pair/default"));
    assert!(samples.doubt.unwrap().contains("sshKeyName"));
}

#[test]
fn machine_pools_add_what_only_they_name() {
    let template = "launch-template/lt-0a1b2c3d4e5f60718";
    let named = |feature: &str, id: &str| {
        let samples = samples(&[feature], id);
        let all = [samples.every, samples.alternatives].concat();
        resources(&all).contains(&template)
    };
    for id in ["ec2:RunInstances", "ec2:CreateTags"] {
        assert!(!named("ec2", id), "{id}");
        assert!(named("machine-pools", id), "{id}");
    }
}

#[test]
fn actions_without_a_resource_ask_for_any() {
    for id in [
        "ec2:DescribeVpcs",
        "tag:GetResources",
        "elasticloadbalancing:DescribeTags",
    ] {
        assert_eq!(resources(&samples(&["ec2"], id).every), ["*"], "{id}");
    }
}

#[test]
fn clusters_are_created_and_listed_by_their_arn() {
    for (id, resource) in [
        ("eks:CreateCluster", "cluster/example"),
        ("eks:ListClusters", "cluster/*"),
    ] {
        let samples = samples(&["eks"], id);
        assert_eq!(resources(&samples.every), [resource], "{id}");
    }
}

#[test]
fn a_requirement_has_the_pattern_of_its_resource() {
    let pattern = |id: &str| requirement(&[], id).resource;
    assert_eq!(pattern("eks:DescribeCluster"), "arn:*:eks:*:*:cluster/*");
    assert_eq!(
        pattern("eks:DescribeNodegroup"),
        "arn:*:eks:*:*:nodegroup/*/*/*"
    );
    assert_eq!(
        pattern("eks:TagResource@eks-clusters"),
        "arn:*:eks:*:*:cluster/*, arn:*:eks:*:*:nodegroup/*/*/*"
    );
    assert_eq!(pattern("ec2:RunInstances"), "*");
    assert_eq!(
        pattern("iam:PassRole@machines"),
        "arn:*:iam::*:role/*.cluster-api-provider-aws.sigs.k8s.io"
    );
}

#[test]
fn machines_get_cluster_api_s_roles() {
    let samples = samples(&["ec2"], "iam:PassRole@machines");
    assert_eq!(
        resources(&samples.every),
        [
            "role/control-plane.cluster-api-provider-aws.sigs.k8s.io",
            "role/nodes.cluster-api-provider-aws.sigs.k8s.io"
        ]
    );
    assert_eq!(
        samples.assumptions,
        ["the role has Cluster API's default name"]
    );
}

#[test]
fn the_service_that_gets_a_role_depends_on_the_partition() {
    for (partition, region, expected) in [
        ("aws", "us-east-1", Some("ec2.amazonaws.com")),
        ("aws-us-gov", "us-gov-west-1", Some("ec2.amazonaws.com")),
        ("aws-cn", "cn-north-1", Some("ec2.amazonaws.com.cn")),
        ("aws-elsewhere", "mars-1", None),
    ] {
        let requirement = requirement(&["ec2"], "iam:PassRole@machines");
        let samples = requirement.samples(&scope(partition, region));
        let service = value(&samples.every[0], "iam:PassedToService");
        assert_eq!(service.map(|s| s[0].as_str()), expected, "{partition}");
    }
}

#[test]
fn fargate_passes_its_role_only_where_it_is_chosen() {
    let fargate = "role/eks-fargate.cluster-api-provider-aws.sigs.k8s.io";
    let passed = |features: &[&str]| samples(features, "iam:PassRole@eks-roles").every;
    assert!(!resources(&passed(&["eks"])).contains(&fargate));
    assert!(resources(&passed(&["eks-fargate"])).contains(&fargate));
    let service = passed(&["eks"]);
    assert_eq!(
        value(&service[0], "iam:PassedToService").unwrap(),
        ["eks.amazonaws.com"]
    );
}

#[test]
fn both_readings_of_the_fargate_role_are_sampled() {
    let samples = samples(&[], "iam:CreateServiceLinkedRole@eks-fargate");
    assert!(samples.every.is_empty());
    let path = "role/aws-service-role";
    let role = "AWSServiceRoleForAmazonEKSForFargate";
    assert_eq!(
        resources(&samples.alternatives),
        [
            format!("{path}/eks-fargate.amazonaws.com/{role}"),
            format!("{path}/eks-fargate-pods.amazonaws.com/{role}")
        ]
    );
    assert!(samples.doubt.unwrap().contains("eks-fargate-pods"));
}

#[test]
fn keys_are_asked_for_by_alias_and_decide_themselves_too() {
    for id in ["kms:CreateGrant", "kms:DescribeKey"] {
        let requirement = requirement(&["kms"], id);
        assert!(requirement.also_decided_by.unwrap().contains("key policy"));
        let samples = samples(&["kms"], id);
        let aliases = value(&samples.every[0], "kms:ResourceAliases").unwrap();
        assert_eq!(aliases, ["alias/cluster-api-provider-aws-example"]);
    }
    let elsewhere = requirements(&[])
        .into_iter()
        .filter(|r| r.also_decided_by.is_some());
    assert_eq!(elsewhere.count(), 2);
}

#[test]
fn the_image_of_eks_machines_is_a_parameter_of_no_account() {
    let samples = samples(&["eks"], "ssm:GetParameter");
    let resource = &samples.every[0].resource;
    assert!(
        resource.starts_with("arn:aws:ssm:eu-central-1::parameter/aws/service/eks/optimized-ami/"),
        "{resource}"
    );
}

#[test]
fn names_that_people_choose_are_owned_up_to() {
    let samples = samples(&["eks"], "eks:DescribeNodegroup");
    assert_eq!(
        samples.assumptions,
        ["the cluster is called `example` and its node group `example-pool`"]
    );
}
