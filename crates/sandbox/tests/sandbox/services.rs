//! The services that clusters are built with: each in its own words, decided as AWS decides.

use commissary_sandbox::Order;

use crate::support::{Answer, Credentials, World, document, send};

const DRY: (&str, &str) = ("DryRun", "true");
const MADE_UP: &str = "vpc-0123456789abcdef0";
const THERE: &str = "vpc-05a2db0c000000001";

async fn in_order(order: Order) -> World {
    World::start_with(tempfile::tempdir().unwrap(), |sandbox| {
        sandbox.in_order(order)
    })
    .await
}

async fn json(
    world: &World,
    caller: &Credentials,
    service: &str,
    (method, path): (&str, &str),
    target: &str,
    body: &str,
) -> Answer {
    let signed = world
        .signing(caller, service)
        .json(method, path, target, body);
    Answer::read(&send(&world.address, &signed, body).await)
}

fn said(answer: &Answer) -> (u16, String, String) {
    let body: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    let text = |name: &str| body[name].as_str().unwrap().to_owned();
    (answer.status, text("__type"), text("message"))
}

#[tokio::test]
async fn a_dry_run_tells_the_right_and_does_nothing() {
    let world = World::start().await;
    let anna = world.user("anna").await;
    let network = [("CidrBlock", "10.0.0.0/16"), DRY];
    let message = world
        .query(&anna, "ec2", "CreateVpc", &network)
        .await
        .refused(403, "UnauthorizedOperation");
    assert!(
        message.contains(
            "not authorized to perform: ec2:CreateVpc on resource: arn:aws:ec2:us-east-1:"
        ) && message
            .contains("vpc/* because no identity-based policy allows the ec2:CreateVpc action"),
        "{message}"
    );
    world
        .grant(
            "anna",
            r#"{"Effect":"Allow","Action":"ec2:CreateVpc","Resource":"*"}"#,
        )
        .await;
    let answer = world.query(&anna, "ec2", "CreateVpc", &network).await;
    answer.refused(412, "DryRunOperation");
    let really = world.query(&anna, "ec2", "CreateVpc", &network[..1]).await;
    really.refused(400, "UnsupportedOperation");
}

#[tokio::test]
async fn a_request_is_read_before_it_is_decided() {
    let world = World::start().await;
    let anna = world.user("anna").await;
    let message = world
        .query(&anna, "ec2", "CreateSubnet", &[("VpcId", THERE), DRY])
        .await
        .refused(400, "MissingParameter");
    assert!(message.contains("CidrBlock"), "{message}");
    let message = world
        .query(&anna, "ec2", "DescribeWonders", &[])
        .await
        .refused(400, "InvalidAction");
    assert!(message.contains("DescribeVpcs"), "{message}");
}

#[tokio::test]
async fn either_order_of_right_and_resource() {
    for (order, with_right, without) in [
        (
            Order::RightFirst,
            (412, "DryRunOperation"),
            (403, "UnauthorizedOperation"),
        ),
        (
            Order::ResourceFirst,
            (400, "InvalidVpcID.NotFound"),
            (400, "InvalidVpcID.NotFound"),
        ),
    ] {
        let world = in_order(order).await;
        let anna = world.user("anna").await;
        let asked = [("VpcId", MADE_UP), DRY];
        let answer = world.query(&anna, "ec2", "DeleteVpc", &asked).await;
        answer.refused(without.0, without.1);
        let answer = world.query(&world.admin, "ec2", "DeleteVpc", &asked).await;
        answer.refused(with_right.0, with_right.1);
        // What there is tells the right in either order.
        let asked = [("VpcId", THERE), DRY];
        let answer = world.query(&anna, "ec2", "DeleteVpc", &asked).await;
        answer.refused(403, "UnauthorizedOperation");
        let answer = world.query(&world.admin, "ec2", "DeleteVpc", &asked).await;
        answer.refused(412, "DryRunOperation");
    }
}

#[tokio::test]
async fn what_has_no_dry_run_ignores_it() {
    let world = World::start().await;
    let asked = [("SubnetId", "subnet-05a2db0c000000001"), DRY];
    world
        .query(&world.admin, "ec2", "ModifySubnetAttribute", &asked)
        .await
        .refused(400, "UnsupportedOperation");
}

#[tokio::test]
async fn the_resources_that_are_named_decide() {
    let world = World::start().await;
    let anna = world.user("anna").await;
    world
        .grant(
            "anna",
            r#"{"Effect":"Allow","Action":"ec2:*","Resource":["arn:aws:ec2:us-east-1:*:vpc/vpc-05*","arn:aws:ec2:*:*:subnet/*"]}"#,
        )
        .await;
    let ask = async |vpc| {
        let asked = [("VpcId", vpc), ("CidrBlock", "10.0.1.0/24"), DRY];
        world.query(&anna, "ec2", "CreateSubnet", &asked).await
    };
    ask(THERE).await.refused(412, "DryRunOperation");
    let message = ask(MADE_UP).await.refused(403, "UnauthorizedOperation");
    assert!(message.contains(MADE_UP), "{message}");
    // What is made with tags needs the right to tag it.
    let tagged = [
        ("VpcId", THERE),
        ("CidrBlock", "10.0.1.0/24"),
        ("TagSpecification.1.ResourceType", "subnet"),
        DRY,
    ];
    let answer = world.query(&anna, "ec2", "CreateSubnet", &tagged).await;
    answer.refused(412, "DryRunOperation");
    world
        .grant(
            "anna",
            r#"{"Effect":"Allow","Action":"ec2:CreateSubnet","Resource":"*"}"#,
        )
        .await;
    let answer = world.query(&anna, "ec2", "CreateSubnet", &tagged).await;
    let message = answer.refused(403, "UnauthorizedOperation");
    assert!(message.contains("perform: ec2:CreateTags on"), "{message}");
}

#[tokio::test]
async fn lists_hold_what_there_is() {
    let world = World::start().await;
    let of = async |action, tag| {
        let answer = world.query(&world.admin, "ec2", action, &[]).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.texts(tag)
    };
    assert_eq!(of("DescribeVpcs", "vpcId").await, [THERE]);
    assert_eq!(
        of("DescribeInstances", "instanceId").await,
        ["i-05a2db0c000000001"]
    );
    assert!(of("DescribeVpcEndpoints", "vpcEndpointId").await.is_empty());
}

#[tokio::test]
async fn query_services_deny_in_their_own_words() {
    let world = World::start().await;
    let anna = world.user("anna").await;
    let message = world
        .query(&anna, "elasticloadbalancing", "DescribeLoadBalancers", &[])
        .await
        .refused(403, "AccessDenied");
    assert!(message.contains("elasticloadbalancing:DescribeLoadBalancers on resource: *"));
    let group = [("AutoScalingGroupName", "pool")];
    let message = world
        .query(&anna, "autoscaling", "DeleteAutoScalingGroup", &group)
        .await
        .refused(403, "AccessDenied");
    assert!(
        message.contains(":autoScalingGroup:*:autoScalingGroupName/pool"),
        "{message}"
    );
    world
        .query(
            &world.admin,
            "autoscaling",
            "DeleteAutoScalingGroup",
            &group,
        )
        .await
        .refused(400, "ValidationError");
}

#[tokio::test]
async fn json_services_deny_in_their_own_words() {
    let world = World::start().await;
    let anna = world.user("anna").await;
    let root = ("POST", "/");
    for (service, target, body, resource) in [
        (
            "tagging",
            "ResourceGroupsTaggingAPI_20170126.GetResources",
            "{}",
            "resource: * ",
        ),
        (
            "secretsmanager",
            "secretsmanager.DeleteSecret",
            r#"{"SecretId":"aws.cluster.x-k8s.io/x"}"#,
            ":secret:aws.cluster.x-k8s.io/x-??????",
        ),
        (
            "ssm",
            "AmazonSSM.GetParameter",
            r#"{"Name":"/aws/x"}"#,
            ":parameter/aws/x",
        ),
        (
            "kms",
            "TrentService.DescribeKey",
            r#"{"KeyId":"1234abcd"}"#,
            ":key/1234abcd",
        ),
    ] {
        let (status, code, message) = said(&json(&world, &anna, service, root, target, body).await);
        assert_eq!(
            (status, code.as_str()),
            (400, "AccessDeniedException"),
            "{service}"
        );
        assert!(message.contains(resource), "{message}");
    }
    let path = ("GET", "/clusters/x/node-groups/pool");
    let (status, code, message) = said(&json(&world, &anna, "eks", path, "", "").await);
    assert_eq!((status, code.as_str()), (403, "AccessDeniedException"));
    assert!(message.contains(":nodegroup/x/pool/*"), "{message}");
    let answer = json(&world, &world.admin, "eks", path, "", "").await;
    assert_eq!(said(&answer).1, "ResourceNotFoundException");
    let answer = json(&world, &world.admin, "eks", ("GET", "/clusters"), "", "").await;
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (200, r#"{"clusters":[]}"#)
    );
}

#[tokio::test]
async fn wrong_keys_are_told_in_each_services_words() {
    let world = World::start().await;
    let nobody = Credentials {
        id: "AKIAIOSFODNN7EXAMPLE".to_owned(),
        secret: "x".repeat(40),
    };
    world
        .query(&nobody, "ec2", "DescribeVpcs", &[])
        .await
        .refused(401, "AuthFailure");
    let answer = json(&world, &nobody, "eks", ("GET", "/clusters"), "", "").await;
    assert_eq!(said(&answer).1, "UnrecognizedClientException");
}

#[tokio::test]
async fn service_control_policies_bound_every_user() {
    let everything = document(r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#);
    let no_ec2 = document(r#"{"Effect":"Deny","Action":"ec2:CreateVpc","Resource":"*"}"#);
    let only_iam = document(
        r#"{"Effect":"Allow","Action":["iam:*","ec2:Describe*","ec2:CreateVpc"],"Resource":"*"}"#,
    );
    let world = World::start_with(tempfile::tempdir().unwrap(), |sandbox| {
        let level = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        let levels = [
            vec![level("everything", &everything), level("no-ec2", &no_ec2)],
            vec![level("only-iam", &only_iam)],
        ];
        sandbox.set_service_control_policies(&levels).unwrap();
        assert!(
            sandbox
                .set_service_control_policies(&[vec![level("x", "{")]])
                .is_err()
        );
        sandbox
    })
    .await;
    let network = [("CidrBlock", "10.0.0.0/16"), DRY];
    let message = world
        .query(&world.admin, "ec2", "CreateVpc", &network)
        .await
        .refused(403, "UnauthorizedOperation");
    assert!(
        message.contains("with an explicit deny in a service control policy"),
        "{message}"
    );
    let message = world
        .query(&world.admin, "ec2", "CreateInternetGateway", &[DRY])
        .await
        .refused(403, "UnauthorizedOperation");
    assert!(
        message.contains("because no service control policy allows"),
        "{message}"
    );
    let arn = format!("arn:aws:iam::{}:user/sandbox-admin", world.account);
    let asked = [
        ("PolicySourceArn", arn.as_str()),
        ("ActionNames.member.1", "ec2:CreateInternetGateway"),
    ];
    let answer = world.admin("SimulatePrincipalPolicy", &asked).await;
    assert_eq!(answer.text("AllowedByOrganizations"), "false");
    assert_eq!(answer.text("EvalDecision"), "implicitDeny");
    let world = world.restart().await;
    let answer = world
        .query(&world.admin, "ec2", "CreateVpc", &network)
        .await;
    answer.refused(403, "UnauthorizedOperation");
}
