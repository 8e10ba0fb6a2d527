//! Every call is decided over the caller's policies.

use crate::support::{Credentials, World};

async fn denied(world: &World, caller: &Credentials, action: &str, of: &[(&str, &str)]) -> String {
    world
        .iam(caller, action, of)
        .await
        .refused(403, "AccessDenied")
}

#[tokio::test]
async fn nothing_is_allowed_that_no_policy_allows() {
    let world = World::start().await;
    let anna = world.user("anna").await;
    let own = format!("arn:aws:iam::{}:user/anna", world.account);
    for (action, parameters, resource) in [
        (
            "ListUsers",
            vec![],
            format!("arn:aws:iam::{}:user/", world.account),
        ),
        ("CreateUser", vec![("UserName", "b")], "user b".to_owned()),
        (
            "DeleteUser",
            vec![("UserName", "nobody")],
            "user nobody".to_owned(),
        ),
        (
            "CreateGroup",
            vec![("GroupName", "g")],
            "group g".to_owned(),
        ),
        (
            "CreatePolicy",
            vec![("PolicyName", "p")],
            "policy p".to_owned(),
        ),
        ("ListPolicies", vec![], "policy path /".to_owned()),
        ("GetAccountAuthorizationDetails", vec![], "*".to_owned()),
        (
            "SimulatePrincipalPolicy",
            vec![("PolicySourceArn", own.as_str())],
            own.clone(),
        ),
    ] {
        let message = denied(&world, &anna, action, &parameters).await;
        assert_eq!(
            message,
            format!(
                "User: {own} is not authorized to perform: iam:{action} on resource: {resource} \
                 because no identity-based policy allows the iam:{action} action"
            )
        );
    }
}

#[tokio::test]
async fn the_root_user_and_get_caller_identity_need_no_policy() {
    let world = World::start().await;
    let anna = world.user("anna").await;
    world
        .grant("anna", r#"{"Effect":"Deny","Action":"*","Resource":"*"}"#)
        .await;
    assert_eq!(world.identity(&anna).await.status, 200);
    assert_eq!(world.iam(&world.root, "ListUsers", &[]).await.status, 200);
}

#[tokio::test]
async fn an_explicit_deny_wins_and_says_so() {
    let world = World::start().await;
    let anna = world.user("anna").await;
    world
        .grant(
            "anna",
            r#"[{"Effect":"Allow","Action":"iam:*","Resource":"*"},{"Effect":"Deny","Action":"iam:DeleteUser","Resource":"arn:aws:iam::*:user/sandbox-admin"}]"#,
        )
        .await;
    let message = denied(
        &world,
        &anna,
        "DeleteUser",
        &[("UserName", "SANDBOX-ADMIN")],
    )
    .await;
    assert!(message.ends_with(
        "on resource: user sandbox-admin with an explicit deny in an identity-based policy"
    ));
    assert_eq!(world.iam(&anna, "ListUsers", &[]).await.status, 200);
}

#[tokio::test]
async fn a_boundary_limits_and_is_named() {
    let world = World::start().await;
    let anna = world.user("anna").await;
    world
        .grant(
            "anna",
            r#"{"Effect":"Allow","Action":"iam:*","Resource":"*"}"#,
        )
        .await;
    let arn = world
        .policy(
            "only-list",
            r#"{"Effect":"Allow","Action":"iam:List*","Resource":"*"}"#,
        )
        .await;
    let boundary = [("UserName", "anna"), ("PermissionsBoundary", arn.as_str())];
    world.admin("PutUserPermissionsBoundary", &boundary).await;
    let user = world.admin("GetUser", &[("UserName", "anna")]).await;
    assert_eq!(user.text("PermissionsBoundaryArn"), arn);
    assert_eq!(world.iam(&anna, "ListUsers", &[]).await.status, 200);
    let message = denied(&world, &anna, "GetUser", &[]).await;
    assert!(message.ends_with("because no permissions boundary allows the iam:GetUser action"));
    world
        .admin("DeleteUserPermissionsBoundary", &boundary[..1])
        .await;
    assert_eq!(world.iam(&anna, "GetUser", &[]).await.status, 200);
    let answer = world
        .iam(
            &world.admin,
            "DeleteUserPermissionsBoundary",
            &boundary[..1],
        )
        .await;
    answer.refused(404, "NoSuchEntity");
}

#[tokio::test]
async fn conditions_see_the_callers_and_the_requests_circumstances() {
    let world = World::start().await;
    let anna = world.user("anna").await;
    let id = world
        .admin("GetUser", &[("UserName", "anna")])
        .await
        .text("UserId");
    let arn = format!("arn:aws:iam::{}:user/anna", world.account);
    for (operator, key, value, holds) in [
        ("StringEquals", "aws:username", "anna", true),
        ("StringEquals", "aws:username", "berta", false),
        ("StringEquals", "aws:userid", id.as_str(), true),
        ("ArnEquals", "aws:PrincipalArn", arn.as_str(), true),
        (
            "StringEquals",
            "aws:PrincipalAccount",
            world.account.as_str(),
            true,
        ),
        (
            "StringEquals",
            "aws:ResourceAccount",
            world.account.as_str(),
            true,
        ),
        ("StringEquals", "aws:RequestedRegion", "us-east-1", true),
        (
            "DateLessThan",
            "aws:CurrentTime",
            "2026-11-23T12:00:01Z",
            true,
        ),
        (
            "DateLessThan",
            "aws:CurrentTime",
            "2026-11-23T12:00:00Z",
            false,
        ),
        ("NumericEquals", "aws:EpochTime", "1795435200", true),
        ("IpAddress", "aws:SourceIp", "127.0.0.0/8", true),
        ("IpAddress", "aws:SourceIp", "10.0.0.0/8", false),
        ("Bool", "aws:SecureTransport", "false", true),
        ("Null", "aws:MultiFactorAuthPresent", "true", true),
    ] {
        let statement = format!(
            r#"{{"Effect":"Allow","Action":"iam:ListUsers","Resource":"*","Condition":{{"{operator}":{{"{key}":"{value}"}}}}}}"#
        );
        world.grant("anna", &statement).await;
        let status = world.iam(&anna, "ListUsers", &[]).await.status;
        assert_eq!(status == 200, holds, "{operator} {key} {value}");
    }
}

#[tokio::test]
async fn conditions_see_what_is_asked_for() {
    let world = World::start().await;
    let anna = world.user("anna").await;
    world.user("berta").await;
    let good = world
        .policy(
            "good",
            r#"{"Effect":"Allow","Action":"s3:*","Resource":"*"}"#,
        )
        .await;
    let statement = format!(
        r#"[{{"Effect":"Allow","Action":"iam:AttachUserPolicy","Resource":"*","Condition":{{"ArnEquals":{{"iam:PolicyARN":"{good}"}}}}}},
            {{"Effect":"Allow","Action":["iam:CreateUser","iam:TagUser"],"Resource":"*","Condition":{{"StringEquals":{{"iam:PermissionsBoundary":"{good}"}},"ForAllValues:StringEquals":{{"aws:TagKeys":["team"]}}}}}},
            {{"Effect":"Allow","Action":"iam:DeleteUser","Resource":"*","Condition":{{"StringEquals":{{"iam:ResourceTag/team":"${{aws:PrincipalTag/team}}"}}}}}}]"#
    );
    world.grant("anna", &statement).await;

    let attach = |arn| [("UserName", "berta"), ("PolicyArn", arn)];
    assert_eq!(
        world
            .iam(&anna, "AttachUserPolicy", &attach(&good))
            .await
            .status,
        200
    );
    let admin = "arn:aws:iam::aws:policy/AdministratorAccess";
    denied(&world, &anna, "AttachUserPolicy", &attach(admin)).await;

    let create = |key| {
        [
            ("UserName", "carla"),
            ("PermissionsBoundary", good.as_str()),
            ("Tags.member.1.Key", key),
            ("Tags.member.1.Value", "blue"),
        ]
    };
    denied(&world, &anna, "CreateUser", &create("team")[..1]).await;
    denied(&world, &anna, "CreateUser", &create("other")).await;
    assert_eq!(
        world.iam(&anna, "CreateUser", &create("team")).await.status,
        200
    );

    denied(&world, &anna, "DeleteUser", &[("UserName", "carla")]).await;
    let tag = [
        ("UserName", "anna"),
        ("Tags.member.1.Key", "team"),
        ("Tags.member.1.Value", "blue"),
    ];
    world.admin("TagUser", &tag).await;
    assert_eq!(
        world
            .iam(&anna, "DeleteUser", &[("UserName", "carla")])
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn a_right_is_asked_before_a_thing_is_looked_up() {
    let world = World::start().await;
    let anna = world.user("anna").await;
    world
        .grant(
            "anna",
            r#"{"Effect":"Allow","Action":"iam:GetUser","Resource":"arn:aws:iam::*:user/a*"}"#,
        )
        .await;
    denied(&world, &anna, "GetUser", &[("UserName", "nobody")]).await;
    let answer = world.iam(&anna, "GetUser", &[("UserName", "absent")]).await;
    answer.refused(404, "NoSuchEntity");
}

#[tokio::test]
async fn making_a_thing_with_tags_needs_the_right_to_tag() {
    let world = World::start().await;
    let anna = world.user("anna").await;
    let create = [
        ("UserName", "berta"),
        ("Tags.member.1.Key", "team"),
        ("Tags.member.1.Value", "blue"),
    ];
    let allow =
        |actions: &str| format!(r#"{{"Effect":"Allow","Action":[{actions}],"Resource":"*"}}"#);
    world.grant("anna", &allow(r#""iam:CreateUser""#)).await;
    let message = denied(&world, &anna, "CreateUser", &create).await;
    assert!(message.contains("iam:TagUser on resource: user berta"));
    world
        .grant("anna", &allow(r#""iam:CreateUser","iam:TagUser""#))
        .await;
    let answer = world.iam(&anna, "CreateUser", &create).await;
    assert_eq!(answer.status, 200);
}
