//! An account that has a few things.

use commissary_sandbox::{Behaviour, Order};

use crate::support::{Credentials, World};

const VPC: &str = "vpc-0c0ffee0c0ffee001";

async fn stocked(order: Order) -> (World, Credentials) {
    let world = World::start_as(Behaviour {
        order,
        resources: true,
        ..Behaviour::default()
    })
    .await;
    let anna = world.user("anna").await;
    (world, anna)
}

#[tokio::test]
async fn lists_tell_of_them_whole_by_id_and_by_filter() {
    let (world, _) = stocked(Order::RightFirst).await;
    let all = world.ec2(&world.admin, "DescribeVpcs", &[]).await;
    assert_eq!(all.texts("vpcId"), [VPC]);
    assert!(all.texts("ownerId").contains(&world.account));
    assert!(all.texts("key").contains(&"Name".to_owned()));
    for (parameters, found) in [
        (vec![("VpcId.1", VPC)], 1),
        (
            vec![("Filter.1.Name", "vpc-id"), ("Filter.1.Value.1", VPC)],
            1,
        ),
        (
            vec![
                ("Filter.1.Name", "tag:Name"),
                ("Filter.1.Value.1", "sandbox"),
            ],
            1,
        ),
        (
            vec![("Filter.1.Name", "tag:Name"), ("Filter.1.Value.1", "other")],
            0,
        ),
        (
            vec![("Filter.1.Name", "vpc-id"), ("Filter.1.Value.1", "vpc-1")],
            0,
        ),
    ] {
        let answer = world.ec2(&world.admin, "DescribeVpcs", &parameters).await;
        assert_eq!(answer.texts("vpcId").len(), found, "{parameters:?}");
    }
    for (action, tag) in [
        ("DescribeSubnets", "subnetId"),
        ("DescribeRouteTables", "routeTableAssociationId"),
        ("DescribeInternetGateways", "internetGatewayId"),
        ("DescribeNatGateways", "natGatewayId"),
        ("DescribeAddresses", "allocationId"),
        ("DescribeSecurityGroups", "groupId"),
        ("DescribeInstances", "instanceId"),
        ("DescribeNetworkInterfaces", "networkInterfaceId"),
        ("DescribeImages", "imageId"),
        ("DescribeVolumes", "volumeId"),
        ("DescribeLaunchTemplates", "launchTemplateId"),
        ("DescribeVpcEndpoints", "vpcEndpointId"),
        ("DescribeAvailabilityZones", "zoneName"),
    ] {
        let answer = world.ec2(&world.admin, action, &[]).await;
        assert_eq!(answer.texts(tag).len(), 1, "{action}: {}", answer.body);
    }
}

/// A probe that names a thing that exists decides also where a thing is looked up first.
#[tokio::test]
async fn what_exists_is_decided_in_either_order() {
    for order in [Order::RightFirst, Order::ResourceFirst] {
        let (world, anna) = stocked(order).await;
        for (action, parameters) in [
            ("DeleteVpc", vec![("VpcId", VPC)]),
            (
                "DisassociateRouteTable",
                vec![("AssociationId", "rtbassoc-0c0ffee0c0ffee006")],
            ),
            (
                "ReleaseAddress",
                vec![("AllocationId", "eipalloc-0c0ffee0c0ffee009")],
            ),
            (
                "TerminateInstances",
                vec![("InstanceId.1", "i-0c0ffee0c0ffee00c")],
            ),
            (
                "CreateTags",
                vec![
                    ("ResourceId.1", VPC),
                    ("Tag.1.Key", "a"),
                    ("Tag.1.Value", "b"),
                ],
            ),
        ] {
            let dry = [parameters, vec![("DryRun", "true")]].concat();
            world
                .ec2(&world.admin, action, &dry)
                .await
                .refused(412, "DryRunOperation");
            world
                .ec2(&anna, action, &dry)
                .await
                .refused(403, "UnauthorizedOperation");
        }
    }
}

#[tokio::test]
async fn conditions_see_their_tags_and_who_owns_an_association() {
    let (world, anna) = stocked(Order::RightFirst).await;
    world
        .grant(
            "anna",
            r#"[{"Effect":"Allow","Action":"ec2:DeleteVpc","Resource":"*","Condition":{"StringEquals":{"aws:ResourceTag/sigs.k8s.io/cluster-api-provider-aws/cluster/sandbox":"owned"}}},
                {"Effect":"Allow","Action":"ec2:DisassociateRouteTable","Resource":["arn:aws:ec2:*:*:route-table/rtb-0c0ffee0c0ffee005","arn:aws:ec2:*:*:subnet/*"]},
                {"Effect":"Allow","Action":"kms:DescribeKey","Resource":"*","Condition":{"ForAnyValue:StringLike":{"kms:ResourceAliases":"alias/cluster-api-provider-aws-*"}}}]"#,
        )
        .await;
    let dry = ("DryRun", "true");
    let existing = [("VpcId", VPC), dry];
    world
        .ec2(&anna, "DeleteVpc", &existing)
        .await
        .refused(412, "DryRunOperation");
    let other = [("VpcId", "vpc-0123456789abcdef0"), dry];
    world
        .ec2(&anna, "DeleteVpc", &other)
        .await
        .refused(403, "UnauthorizedOperation");
    let association = |id| [("AssociationId", id), dry];
    let known = association("rtbassoc-0c0ffee0c0ffee006");
    world
        .ec2(&anna, "DisassociateRouteTable", &known)
        .await
        .refused(412, "DryRunOperation");
    let unknown = association("rtbassoc-0123456789abcdef0");
    let answer = world.ec2(&anna, "DisassociateRouteTable", &unknown).await;
    let message = answer.refused(403, "UnauthorizedOperation");
    assert!(message.contains(":route-table/* because"));
    let key = r#"{"KeyId":"alias/cluster-api-provider-aws-sandbox"}"#;
    let answer = world
        .json(&anna, "kms", "TrentService.DescribeKey", key)
        .await;
    assert_eq!(answer.status, 200, "{}", answer.body);
}

#[tokio::test]
async fn other_services_have_something_too() {
    let (world, _) = stocked(Order::RightFirst).await;
    let admin = &world.admin;
    let classic = ("elasticloadbalancing", "2012-06-01");
    let answer = world
        .query(admin, classic, "DescribeLoadBalancers", &[])
        .await;
    assert_eq!(answer.texts("LoadBalancerName"), ["sandbox-apiserver"]);
    let second = ("elasticloadbalancing", "2015-12-01");
    let answer = world
        .query(admin, second, "DescribeLoadBalancers", &[])
        .await;
    let arn = answer.text("LoadBalancerArn");
    let of = [("LoadBalancerArn", arn.as_str())];
    let answer = world.query(admin, second, "DescribeListeners", &of).await;
    assert_eq!(answer.texts("Port"), ["6443"]);
    let delete = world.query(admin, second, "DeleteLoadBalancer", &of).await;
    delete.refused(400, "UnsupportedOperation");
    let scaling = ("autoscaling", "2011-01-01");
    let answer = world
        .query(admin, scaling, "DescribeAutoScalingGroups", &[])
        .await;
    assert_eq!(answer.texts("AutoScalingGroupName"), ["sandbox-pool"]);
    let cluster = world
        .rest(admin, "eks", ("GET", "/clusters/sandbox", ""), "")
        .await;
    assert!(
        cluster.body.contains("\"status\":\"ACTIVE\""),
        "{}",
        cluster.body
    );
    let bucket = ("GET", "/cluster-api-provider-aws-sandbox", "list-type=2");
    let answer = world.rest(admin, "s3", bucket, "").await;
    assert_eq!(answer.texts("KeyCount"), ["0"]);
    let secret = r#"{"SecretId":"aws.cluster.x-k8s.io/sandbox"}"#;
    let answer = world
        .json(
            admin,
            "secretsmanager",
            "secretsmanager.DeleteSecret",
            secret,
        )
        .await;
    assert_eq!(answer.outcome().1, "UnsupportedOperationException");
}
