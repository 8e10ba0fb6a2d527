//! Policies that people narrowed: rightly, and too far.

use serde_json::{Value, json};

use crate::answer::{Answer, answer, commercial, everything, policies};

fn allow(action: &str, resources: &[&str]) -> Value {
    json!({
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": action, "Resource": resources}]
    })
}

fn answer_to(id: &str, resources: &[&str]) -> Answer {
    let requirements = everything().requirements();
    let requirement = requirements.iter().find(|r| r.id == id).unwrap();
    let document = allow(&requirement.action, resources);
    answer(&policies(&document), requirement, &commercial())
}

#[test]
fn a_policy_narrowed_to_the_right_resources_suffices() {
    let here = "arn:aws:ec2:us-east-1:123456789012";
    let machine = ["arn:aws:ec2:us-east-1::image/*".to_owned()]
        .into_iter()
        .chain(
            [
                "instance",
                "key-pair",
                "launch-template",
                "network-interface",
                "security-group",
                "subnet",
                "volume",
            ]
            .map(|resource| format!("{here}:{resource}/*")),
        );
    let machine: Vec<String> = machine.collect();
    let machine: Vec<&str> = machine.iter().map(String::as_str).collect();
    for (id, resources, expected) in [
        ("ec2:RunInstances", machine.clone(), Answer::Met),
        (
            "iam:PassRole@machines",
            vec![
                "arn:aws:iam::123456789012:role/nodes.*",
                "arn:aws:iam::123456789012:role/control-plane.*",
            ],
            Answer::Met,
        ),
        (
            "eks:ListClusters",
            vec!["arn:aws:eks:*:123456789012:cluster/*"],
            Answer::Met,
        ),
        (
            "ssm:GetParameter",
            vec!["arn:aws:ssm:*:*:parameter/aws/service/eks/*"],
            Answer::Met,
        ),
        (
            "iam:CreateServiceLinkedRole@eks-fargate",
            vec!["arn:aws:iam::*:role/aws-service-role/*"],
            Answer::Met,
        ),
    ] {
        assert_eq!(answer_to(id, &resources), expected, "{id}");
    }
}

#[test]
fn a_policy_narrowed_too_far_does_not_suffice() {
    for (id, resources, expected) in [
        (
            "ec2:RunInstances",
            vec!["arn:aws:ec2:*:*:instance/*"],
            Answer::Unmet,
        ),
        (
            "ec2:RunInstances",
            vec!["arn:aws:ec2:us-east-1:123456789012:*/*"],
            Answer::Unmet,
        ),
        (
            "ec2:RunInstances",
            vec!["arn:aws:ec2:eu-west-1:*:*/*"],
            Answer::Unmet,
        ),
        (
            "ec2:CreateTags",
            vec!["arn:aws:ec2:*:*:instance/*"],
            Answer::Unmet,
        ),
        (
            "ec2:AssociateRouteTable",
            vec!["arn:aws:ec2:*:*:subnet/*"],
            Answer::Unmet,
        ),
        (
            "ec2:AssociateRouteTable",
            vec!["arn:aws:ec2:*:*:route-table/*"],
            Answer::Doubtful,
        ),
        (
            "ec2:DisassociateAddress",
            vec!["arn:aws:ec2:*:*:elastic-ip/*"],
            Answer::Doubtful,
        ),
        (
            "ec2:DescribeVpcs",
            vec!["arn:aws:ec2:*:*:vpc/*"],
            Answer::Unmet,
        ),
        (
            "iam:PassRole@machines",
            vec!["arn:aws:iam::*:role/nodes.*"],
            Answer::Unmet,
        ),
        (
            "iam:PassRole@eks-roles",
            vec!["arn:aws:iam::*:role/*.cluster-api-provider-aws.sigs.k8s.io"],
            Answer::Doubtful,
        ),
        (
            "ssm:GetParameter",
            vec!["arn:aws:ssm:*:123456789012:parameter/*"],
            Answer::Unmet,
        ),
        (
            "eks:DescribeAddon",
            vec!["arn:aws:eks:*:*:addon/*"],
            Answer::Doubtful,
        ),
        (
            "eks:ListClusters",
            vec!["arn:aws:eks:*:*:cluster/example"],
            Answer::Unmet,
        ),
    ] {
        assert_eq!(answer_to(id, &resources), expected, "{id} on {resources:?}");
    }
}

#[test]
fn the_wrong_condition_does_not_suffice() {
    let requirements = everything().requirements();
    for (id, condition) in [
        (
            "iam:PassRole@machines",
            json!({"StringEquals": {"iam:PassedToService": "eks.amazonaws.com"}}),
        ),
        (
            "iam:PassRole@eks-roles",
            json!({"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}),
        ),
        (
            "iam:CreateServiceLinkedRole@eks-fargate",
            json!({"StringLike": {"iam:AWSServiceName": "eks.amazonaws.com"}}),
        ),
        (
            "kms:CreateGrant",
            json!({"ForAnyValue:StringLike": {"kms:ResourceAliases": "alias/other-*"}}),
        ),
        (
            "ec2:RunInstances",
            json!({"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}),
        ),
    ] {
        let requirement = requirements.iter().find(|r| r.id == id).unwrap();
        let mut document = allow(&requirement.action, &["*"]);
        document["Statement"][0]["Condition"] = condition;
        let answer = answer(&policies(&document), requirement, &commercial());
        assert_eq!(answer, Answer::Unmet, "{id}");
    }
}
