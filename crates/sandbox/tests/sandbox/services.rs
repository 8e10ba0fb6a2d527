//! Each service refuses, and answers, in its own words.

use crate::support::{Answer, Credentials, World};

const VPC: &str = "vpc-0123456789abcdef0";

async fn anna(statement: &str) -> (World, Credentials) {
    let world = World::start().await;
    let anna = world.user("anna").await;
    if !statement.is_empty() {
        world.grant("anna", statement).await;
    }
    (world, anna)
}

fn allow(actions: &str) -> String {
    format!(r#"{{"Effect":"Allow","Action":[{actions}],"Resource":"*"}}"#)
}

#[tokio::test]
async fn ec2_tells_a_dry_run_by_its_own_codes() {
    let (world, anna) = anna(&allow(r#""ec2:CreateVpc""#)).await;
    let dry = [("CidrBlock", "10.0.0.0/16"), ("DryRun", "true")];
    let answer = world.ec2(&anna, "CreateVpc", &dry).await;
    let message = answer.refused(412, "DryRunOperation");
    assert_eq!(
        message,
        "Request would have succeeded, but DryRun flag is set."
    );
    assert!(answer.body.contains("<Response><Errors><Error><Code>"));
    assert_eq!(answer.texts("RequestID").len(), 1);

    let dry = [("VpcId", VPC), ("DryRun", "true")];
    let answer = world.ec2(&anna, "CreateSubnet", &dry).await;
    let message = answer.refused(403, "UnauthorizedOperation");
    let arn = format!("arn:aws:iam::{}:user/anna", world.account);
    assert!(message.starts_with(&format!(
        "You are not authorized to perform this operation. User: {arn} is not authorized to \
         perform: ec2:CreateSubnet on resource: arn:aws:ec2:us-east-1:{}:subnet/* because no \
         identity-based policy allows the ec2:CreateSubnet action. Encoded authorization failure \
         message: ",
        world.account
    )));
}

#[tokio::test]
async fn some_of_ec2_has_no_dry_run() {
    let (world, anna) = anna(&allow(r#""ec2:*""#)).await;
    let dry = [("VpcId", VPC), ("DryRun", "true")];
    let answer = world.ec2(&anna, "ModifyVpcAttribute", &dry).await;
    answer.refused(400, "UnknownParameter");
    let answer = world.ec2(&anna, "ModifyVpcAttribute", &dry[..1]).await;
    answer.refused(400, "InvalidVpcID.NotFound");
}

#[tokio::test]
async fn ec2_lists_nothing_and_makes_nothing() {
    let (world, anna) = anna(&allow(r#""ec2:*""#)).await;
    let answer = world.ec2(&anna, "DescribeVpcs", &[]).await;
    assert_eq!(answer.status, 200);
    assert!(
        answer
            .body
            .contains("<vpcSet></vpcSet></DescribeVpcsResponse>")
    );
    assert_eq!(answer.texts("requestId").len(), 1);
    let answer = world.ec2(&anna, "DescribeVpcs", &[("VpcId.1", VPC)]).await;
    answer.refused(400, "InvalidVpcID.NotFound");
    let answer = world
        .ec2(&anna, "CreateVpc", &[("CidrBlock", "10.0.0.0/16")])
        .await;
    answer.refused(400, "UnsupportedOperation");
    let answer = world.ec2(&anna, "CreateSubnet", &[]).await;
    let message = answer.refused(400, "MissingParameter");
    assert_eq!(message, "The request must contain the parameter VpcId");
    let answer = world.ec2(&anna, "DeleteVpc", &[("VpcId", "vpc-x")]).await;
    answer.refused(400, "InvalidVpcId.Malformed");
}

#[tokio::test]
async fn every_resource_that_a_call_names_is_asked_for() {
    let (world, anna) = anna(
        r#"{"Effect":"Allow","Action":"ec2:RunInstances","Resource":["arn:aws:ec2:*::image/*","arn:aws:ec2:*:*:instance/*","arn:aws:ec2:*:*:network-interface/*","arn:aws:ec2:*:*:security-group/*","arn:aws:ec2:*:*:subnet/subnet-0123456789abcdef0","arn:aws:ec2:*:*:volume/*"]}"#,
    )
    .await;
    let run = |subnet| {
        [
            ("ImageId", "ami-0123456789abcdef0"),
            ("MinCount", "1"),
            ("MaxCount", "1"),
            ("SubnetId", subnet),
            ("DryRun", "true"),
            ("TagSpecification.1.ResourceType", "instance"),
            ("TagSpecification.1.Tag.1.Key", "a"),
            ("TagSpecification.1.Tag.1.Value", "b"),
            ("KeyName", "default"),
        ]
    };
    let good = run("subnet-0123456789abcdef0");
    world
        .ec2(&anna, "RunInstances", &good[..5])
        .await
        .refused(412, "DryRunOperation");
    let message = world
        .ec2(&anna, "RunInstances", &run("subnet-0123456789abcdef1")[..5])
        .await
        .refused(403, "UnauthorizedOperation");
    assert!(message.contains("subnet/subnet-0123456789abcdef1"));
    let message = world
        .ec2(&anna, "RunInstances", &good[..8])
        .await
        .refused(403, "UnauthorizedOperation");
    assert!(message.contains("ec2:CreateTags on resource"));
    let with_key: Vec<_> = [&good[..5], &good[8..]].concat();
    let message = world
        .ec2(&anna, "RunInstances", &with_key)
        .await
        .refused(403, "UnauthorizedOperation");
    assert!(message.contains("key-pair/default"));
}

#[tokio::test]
async fn load_balancing_and_scaling_speak_the_query_protocol() {
    let (world, anna) = anna("").await;
    let name = [("LoadBalancerName", "x")];
    for (service, action, parameters) in [
        (
            ("elasticloadbalancing", "2012-06-01"),
            "DeleteLoadBalancer",
            &name[..],
        ),
        (
            ("elasticloadbalancing", "2015-12-01"),
            "DescribeTargetGroups",
            &[],
        ),
        (
            ("autoscaling", "2011-01-01"),
            "DescribeAutoScalingGroups",
            &[],
        ),
    ] {
        let answer = world.query(&anna, service, action, parameters).await;
        let message = answer.refused(403, "AccessDenied");
        let named = format!("{}:{action}", service.0);
        assert!(message.contains(&format!(
            "because no identity-based policy allows the {named}"
        )));
        world.grant("anna", &allow(&format!(r#""{named}""#))).await;
        let answer = world.query(&anna, service, action, parameters).await;
        match action {
            "DeleteLoadBalancer" => drop(answer.refused(400, "LoadBalancerNotFound")),
            _ => assert!(answer.body.contains("s></Describe"), "{}", answer.body),
        }
    }
}

#[tokio::test]
async fn json_services_refuse_in_json() {
    let (world, anna) = anna("").await;
    let target = "secretsmanager.CreateSecret";
    let body = r#"{"Name":"aws.cluster.x-k8s.io/x"}"#;
    let answer = world.json(&anna, "secretsmanager", target, body).await;
    assert_eq!(answer.outcome(), (400, "AccessDeniedException".to_owned()));
    assert!(answer.body.contains(&format!(
        "\"Message\":\"User: arn:aws:iam::{0}:user/anna is not authorized to perform: \
         secretsmanager:CreateSecret on resource: \
         arn:aws:secretsmanager:us-east-1:{0}:secret:aws.cluster.x-k8s.io/x-?????? because no \
         identity-based policy allows the secretsmanager:CreateSecret action\"",
        world.account
    )));
    world
        .grant(
            "anna",
            &allow(r#""secretsmanager:*","ssm:*","kms:*","events:*","sqs:*","tag:*""#),
        )
        .await;
    for (service, target, body, code) in [
        (
            "secretsmanager",
            target,
            body,
            "UnsupportedOperationException",
        ),
        ("secretsmanager", target, "{}", "ValidationException"),
        ("secretsmanager", target, "{", "SerializationException"),
        (
            "secretsmanager",
            "secretsmanager.DeleteSecret",
            r#"{"SecretId":"x"}"#,
            "ResourceNotFoundException",
        ),
        (
            "ssm",
            "AmazonSSM.GetParameter",
            r#"{"Name":"/a/b"}"#,
            "ParameterNotFound",
        ),
        (
            "kms",
            "TrentService.DescribeKey",
            r#"{"KeyId":"alias/x"}"#,
            "NotFoundException",
        ),
        (
            "events",
            "AWSEvents.DescribeRule",
            r#"{"Name":"x"}"#,
            "ResourceNotFoundException",
        ),
        (
            "sqs",
            "AmazonSQS.GetQueueUrl",
            r#"{"QueueName":"x"}"#,
            "QueueDoesNotExist",
        ),
    ] {
        let answer = world.json(&anna, service, target, body).await;
        assert_eq!(answer.outcome(), (400, code.to_owned()), "{target}");
    }
    let target = "ResourceGroupsTaggingAPI_20170126.GetResources";
    let answer = world.json(&anna, "tagging", target, "{}").await;
    assert_eq!(
        answer.body,
        r#"{"ResourceTagMappingList":[],"PaginationToken":""}"#
    );
}

#[tokio::test]
async fn kms_has_a_dry_run_of_its_own() {
    let (world, anna) = anna("").await;
    let body = r#"{"KeyId":"0c0ffee0-0000-4000-8000-000000000009","GranteePrincipal":"x","Operations":["Decrypt"],"DryRun":true}"#;
    let grant = |world| async move {
        let world: &World = world;
        world
            .json(&anna, "kms", "TrentService.CreateGrant", body)
            .await
    };
    let answer = world
        .json(&world.admin, "kms", "TrentService.CreateGrant", body)
        .await;
    assert_eq!(
        answer.outcome(),
        (412, "DryRunOperationException".to_owned())
    );
    let answer = grant(&world).await;
    assert_eq!(answer.outcome(), (400, "AccessDeniedException".to_owned()));
}

async fn eks(world: &World, caller: &Credentials, method: &str, path: &str, body: &str) -> Answer {
    world.rest(caller, "eks", (method, path, ""), body).await
}

#[tokio::test]
async fn eks_is_told_by_paths() {
    let (world, anna) = anna("").await;
    let answer = eks(&world, &anna, "GET", "/clusters/x", "").await;
    assert_eq!(answer.outcome(), (403, "AccessDeniedException".to_owned()));
    assert!(answer.body.starts_with("{\"message\":\"User: "));
    assert!(answer.body.contains(&format!(
        "on resource: arn:aws:eks:us-east-1:{}:cluster/x because",
        world.account
    )));
    world.grant("anna", &allow(r#""eks:*""#)).await;
    let answer = eks(&world, &anna, "GET", "/clusters", "").await;
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (200, "{\"clusters\":[]}")
    );
    let not_found = (404, "ResourceNotFoundException".to_owned());
    let encoded = format!(
        "/tags/arn%3Aaws%3Aeks%3Aus-east-1%3A{}%3Acluster%2Fx",
        world.account
    );
    for (method, path, body) in [
        ("GET", "/clusters/x", ""),
        ("GET", "/clusters/x/addons", ""),
        ("DELETE", "/clusters/x/node-groups/y", ""),
        ("POST", "/clusters/x/updates", r#"{"version":"1.31"}"#),
        ("POST", encoded.as_str(), r#"{"tags":{"a":"b"}}"#),
    ] {
        let answer = eks(&world, &anna, method, path, body).await;
        assert_eq!(answer.outcome(), not_found, "{method} {path}");
    }
    let role = format!("arn:aws:iam::{}:role/r", world.account);
    let create = format!(
        r#"{{"name":"x","roleArn":"{role}","resourcesVpcConfig":{{"subnetIds":["subnet-1"]}}}}"#
    );
    let answer = eks(&world, &anna, "POST", "/clusters", &create).await;
    assert_eq!(answer.outcome(), (403, "AccessDeniedException".to_owned()));
    assert!(
        answer
            .body
            .contains(&format!("iam:PassRole on resource: {role}"))
    );
    let answer = eks(&world, &world.admin, "POST", "/clusters", &create).await;
    assert_eq!(
        answer.outcome(),
        (400, "UnsupportedOperationException".to_owned())
    );
}

#[tokio::test]
async fn s3_is_told_by_paths_too() {
    let (world, anna) = anna("").await;
    let call = |caller, method, path, query| {
        let world = &world;
        async move { world.rest(caller, "s3", (method, path, query), "").await }
    };
    let answer = call(&anna, "GET", "/bucket", "list-type=2").await;
    let message = answer.refused(403, "AccessDenied");
    assert!(message.contains(
        "is not authorized to perform: \"s3:ListBucket\" on resource: \"arn:aws:s3:::bucket\""
    ));
    world.grant("anna", &allow(r#""s3:*""#)).await;
    for (method, path, query, status, code) in [
        ("GET", "/bucket", "list-type=2", 404, "NoSuchBucket"),
        ("GET", "/bucket/node/x%20y", "", 404, "NoSuchBucket"),
        ("PUT", "/bucket", "", 501, "NotImplemented"),
        ("PUT", "/bucket", "policy=", 404, "NoSuchBucket"),
    ] {
        call(&anna, method, path, query).await.refused(status, code);
    }
}

#[tokio::test]
async fn wrong_keys_are_told_in_the_words_of_the_service() {
    let world = World::start().await;
    let stranger = Credentials {
        id: "AKIAAAAAAAAAAAAAAAAA".to_owned(),
        ..world.admin.clone()
    };
    let forger = Credentials {
        secret: "x".repeat(40),
        ..world.admin.clone()
    };
    for (caller, json, rest, s3) in [
        (
            &stranger,
            "UnrecognizedClientException",
            "UnrecognizedClientException",
            "InvalidAccessKeyId",
        ),
        (
            &forger,
            "InvalidSignatureException",
            "InvalidSignatureException",
            "SignatureDoesNotMatch",
        ),
    ] {
        let answer = world.ec2(caller, "DescribeVpcs", &[]).await;
        answer.refused(401, "AuthFailure");
        let target = "ResourceGroupsTaggingAPI_20170126.GetResources";
        let answer = world.json(caller, "tagging", target, "{}").await;
        assert_eq!(answer.outcome(), (400, json.to_owned()));
        let answer = eks(&world, caller, "GET", "/clusters", "").await;
        assert_eq!(answer.outcome(), (403, rest.to_owned()));
        let answer = world.rest(caller, "s3", ("GET", "/b", ""), "").await;
        answer.refused(403, s3);
    }
}
