//! Taking roles on.

use crate::support::{Answer, Credentials, World, document};

fn credentials(answer: &Answer) -> Credentials {
    assert_eq!(answer.status, 200, "{}", answer.body);
    Credentials {
        id: answer.text("AccessKeyId"),
        secret: answer.text("SecretAccessKey"),
        token: Some(answer.text("SessionToken")),
    }
}

/// A world with a role `r` that trusts `principal` and may do all of EC2 and STS.
async fn world(principal: &str) -> (World, Credentials, String) {
    let world = World::start().await;
    let anna = world.user("anna").await;
    let principal = principal.replace("{account}", &world.account);
    let trust = document(&format!(
        r#"{{"Effect":"Allow","Principal":{{"AWS":"{principal}"}},"Action":"sts:AssumeRole"}}"#
    ));
    let create = [
        ("RoleName", "r"),
        ("Path", "/p/"),
        ("AssumeRolePolicyDocument", trust.as_str()),
    ];
    let arn = world.admin("CreateRole", &create).await.text("Arn");
    let rights = document(r#"{"Effect":"Allow","Action":["ec2:*","sts:*"],"Resource":"*"}"#);
    let put = [
        ("RoleName", "r"),
        ("PolicyName", "p"),
        ("PolicyDocument", rights.as_str()),
    ];
    world.admin("PutRolePolicy", &put).await;
    (world, anna, arn)
}

fn assume(arn: &str) -> [(&str, &str); 2] {
    [("RoleArn", arn), ("RoleSessionName", "test")]
}

#[tokio::test]
async fn the_account_and_the_caller_both_have_a_say() {
    let (world, anna, arn) = world("arn:aws:iam::{account}:root").await;
    let message = world
        .sts(&anna, "AssumeRole", &assume(&arn))
        .await
        .refused(403, "AccessDenied");
    assert_eq!(
        message,
        format!(
            "User: arn:aws:iam::{}:user/anna is not authorized to perform: sts:AssumeRole on \
             resource: {arn}",
            world.account
        )
    );
    let allow = r#"{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*"}"#;
    world.grant("anna", allow).await;
    let answer = world.sts(&anna, "AssumeRole", &assume(&arn)).await;
    let session = credentials(&answer);
    assert!(session.id.starts_with("ASIA"));
    let identity = world.identity(&session).await;
    assert_eq!(
        identity.text("Arn"),
        format!("arn:aws:sts::{}:assumed-role/r/test", world.account)
    );
    assert!(identity.text("UserId").starts_with("AROA"));
    assert!(identity.text("UserId").ends_with(":test"));
    assert_eq!(world.ec2(&session, "DescribeVpcs", &[]).await.status, 200);
    let message = world
        .iam(&session, "ListUsers", &[])
        .await
        .refused(403, "AccessDenied");
    assert!(message.contains("assumed-role/r/test is not authorized to perform: iam:ListUsers"));
    let nobody = format!("arn:aws:iam::{}:role/none", world.account);
    let answer = world.sts(&anna, "AssumeRole", &assume(&nobody)).await;
    answer.refused(403, "AccessDenied");
}

#[tokio::test]
async fn a_role_that_names_a_user_lets_it_in() {
    let (world, anna, arn) = world("arn:aws:iam::{account}:user/anna").await;
    credentials(&world.sts(&anna, "AssumeRole", &assume(&arn)).await);
    let berta = world.user("berta").await;
    world
        .sts(&berta, "AssumeRole", &assume(&arn))
        .await
        .refused(403, "AccessDenied");
    world
        .sts(&world.root, "AssumeRole", &assume(&arn))
        .await
        .refused(403, "AccessDenied");
}

#[tokio::test]
async fn a_session_policy_limits_and_is_named() {
    let (world, anna, arn) = world("arn:aws:iam::{account}:user/anna").await;
    let only = document(r#"{"Effect":"Allow","Action":"ec2:DescribeVpcs","Resource":"*"}"#);
    let parameters = [&assume(&arn)[..], &[("Policy", only.as_str())]].concat();
    let session = credentials(&world.sts(&anna, "AssumeRole", &parameters).await);
    assert_eq!(world.ec2(&session, "DescribeVpcs", &[]).await.status, 200);
    let message = world
        .ec2(&session, "DescribeSubnets", &[])
        .await
        .refused(403, "UnauthorizedOperation");
    assert!(message.contains("because no session policy allows the ec2:DescribeSubnets action"));
    let more = (
        "PolicyArns.member.1.arn",
        "arn:aws:iam::aws:policy/AmazonEC2ReadOnlyAccess",
    );
    let parameters = [&parameters[..], &[more]].concat();
    let session = credentials(&world.sts(&anna, "AssumeRole", &parameters).await);
    assert_eq!(
        world.ec2(&session, "DescribeSubnets", &[]).await.status,
        200
    );
    let dry = [("CidrBlock", "10.0.0.0/16"), ("DryRun", "true")];
    world
        .ec2(&session, "CreateVpc", &dry)
        .await
        .refused(403, "UnauthorizedOperation");
}

#[tokio::test]
async fn sessions_end_with_time_and_with_their_role() {
    let (world, anna, arn) = world("arn:aws:iam::{account}:user/anna").await;
    for bad in ["899", "3601", "43201", "x"] {
        let parameters = [&assume(&arn)[..], &[("DurationSeconds", bad)]].concat();
        world
            .sts(&anna, "AssumeRole", &parameters)
            .await
            .refused(400, "ValidationError");
    }
    let parameters = [&assume(&arn)[..], &[("DurationSeconds", "900")]].concat();
    let answer = world.sts(&anna, "AssumeRole", &parameters).await;
    assert_eq!(answer.text("Expiration"), "2026-11-23T12:15:00Z");
    let session = credentials(&answer);
    let world = world.restart().await;
    world.pass(899);
    assert_eq!(world.identity(&session).await.status, 200);
    world.pass(1);
    world.identity(&session).await.refused(403, "ExpiredToken");
    world
        .ec2(&session, "DescribeVpcs", &[])
        .await
        .refused(400, "RequestExpired");
    let target = "ResourceGroupsTaggingAPI_20170126.GetResources";
    let answer = world.json(&session, "tagging", target, "{}").await;
    assert_eq!(answer.outcome(), (400, "ExpiredTokenException".to_owned()));

    let session = credentials(&world.sts(&anna, "AssumeRole", &assume(&arn)).await);
    let role = ("RoleName", "r");
    world
        .admin("DeleteRolePolicy", &[role, ("PolicyName", "p")])
        .await;
    world.admin("DeleteRole", &[role]).await;
    world
        .identity(&session)
        .await
        .refused(403, "InvalidClientTokenId");
}

#[tokio::test]
async fn the_token_belongs_to_the_key() {
    let (world, anna, arn) = world("arn:aws:iam::{account}:user/anna").await;
    let session = credentials(&world.sts(&anna, "AssumeRole", &assume(&arn)).await);
    for token in [None, Some("x".repeat(320))] {
        let other = Credentials {
            token,
            ..session.clone()
        };
        world
            .identity(&other)
            .await
            .refused(403, "InvalidClientTokenId");
    }
    let kept = std::fs::read_to_string(world.folder.path().join("account.json")).unwrap();
    assert!(!kept.contains(&session.token.unwrap()));
}

#[tokio::test]
async fn trust_may_ask_for_a_secret_of_both() {
    let (world, anna, arn) = world("arn:aws:iam::{account}:user/anna").await;
    let trust = document(&format!(
        r#"{{"Effect":"Allow","Principal":{{"AWS":"arn:aws:iam::{}:user/anna"}},"Action":"sts:AssumeRole","Condition":{{"StringEquals":{{"sts:ExternalId":"42"}}}}}}"#,
        world.account
    ));
    let update = [("RoleName", "r"), ("PolicyDocument", trust.as_str())];
    world.admin("UpdateAssumeRolePolicy", &update).await;
    world
        .sts(&anna, "AssumeRole", &assume(&arn))
        .await
        .refused(403, "AccessDenied");
    let parameters = [&assume(&arn)[..], &[("ExternalId", "42")]].concat();
    let session = credentials(&world.sts(&anna, "AssumeRole", &parameters).await);
    // A session that takes a role on in its turn is asked as itself.
    world
        .sts(&session, "AssumeRole", &assume(&arn))
        .await
        .refused(403, "AccessDenied");
}
