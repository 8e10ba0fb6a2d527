//! The policy simulator.

use crate::support::{Answer, KOMMANDER_POLICY, World, document};

async fn simulate(world: &World, user: &str, parameters: &[(&str, &str)]) -> Answer {
    let arn = format!("arn:aws:iam::{}:user/{user}", world.account);
    let source = [("PolicySourceArn", arn.as_str())];
    let all = [&source, parameters].concat();
    world
        .iam(&world.admin, "SimulatePrincipalPolicy", &all)
        .await
}

async fn kommander() -> World {
    let world = World::start().await;
    world
        .admin("CreateUser", &[("UserName", "Kommander")])
        .await;
    let parameters = [
        ("PolicyName", "kommander-policy"),
        ("PolicyDocument", KOMMANDER_POLICY),
    ];
    let arn = world.admin("CreatePolicy", &parameters).await.text("Arn");
    let attach = [("UserName", "Kommander"), ("PolicyArn", arn.as_str())];
    world.admin("AttachUserPolicy", &attach).await;
    world
}

#[tokio::test]
async fn actions_on_everything_are_decided_from_the_policies() {
    let world = kommander().await;
    let answer = simulate(
        &world,
        "Kommander",
        &[
            ("ActionNames.member.1", "ec2:RunInstances"),
            ("ActionNames.member.2", "iam:PassRole"),
            ("ActionNames.member.3", "iam:DeleteUser"),
        ],
    )
    .await;
    assert_eq!(
        answer.texts("EvalActionName"),
        ["ec2:RunInstances", "iam:PassRole", "iam:DeleteUser"]
    );
    assert_eq!(
        answer.texts("EvalDecision"),
        ["allowed", "implicitDeny", "implicitDeny"]
    );
    assert_eq!(answer.texts("EvalResourceName"), ["*"; 3]);
    assert_eq!(answer.texts("SourcePolicyId"), ["kommander-policy"]);
    assert!(
        answer
            .body
            .contains("<StartPosition><Line>1</Line><Column>38</Column></StartPosition>")
    );
    assert!(answer.body.contains(
        "<MissingContextValues><member>iam:PassedToService</member></MissingContextValues>"
    ));
    assert!(answer.texts("ResourceSpecificResults").is_empty());
}

#[tokio::test]
async fn resources_and_context_make_the_difference() {
    let world = kommander().await;
    let role = "arn:aws:iam::123456789012:role/x".replace("123456789012", &world.account);
    let asked = [
        ("ActionNames.member.1", "iam:PassRole"),
        ("ResourceArns.member.1", role.as_str()),
    ];
    let answer = simulate(&world, "Kommander", &asked).await;
    assert_eq!(answer.text("EvalDecision"), "implicitDeny");
    let specific = answer.text("ResourceSpecificResults");
    assert!(specific.contains(&format!("<EvalResourceName>{role}</EvalResourceName>")));
    assert!(specific.contains("<EvalResourceDecision>implicitDeny</EvalResourceDecision>"));
    assert!(specific.contains("<member>iam:PassedToService</member>"));
    let entry = [
        (
            "ContextEntries.member.1.ContextKeyName",
            "iam:passedtoservice",
        ),
        ("ContextEntries.member.1.ContextKeyType", "string"),
        (
            "ContextEntries.member.1.ContextKeyValues.member.1",
            "eks.amazonaws.com",
        ),
    ];
    let answer = simulate(&world, "Kommander", &[&asked[..], &entry].concat()).await;
    assert_eq!(answer.text("EvalDecision"), "allowed");
    assert_eq!(answer.text("EvalResourceDecision"), "allowed");
    assert!(!answer.body.contains("iam:PassedToService"));
}

#[tokio::test]
async fn a_key_policy_that_is_not_given_is_not_asked() {
    let world = kommander().await;
    let key = format!("arn:aws:kms:us-east-1:{}:key/k", world.account);
    let asked = [
        ("ActionNames.member.1", "kms:CreateGrant"),
        ("ResourceArns.member.1", key.as_str()),
        (
            "ContextEntries.member.1.ContextKeyName",
            "kms:ResourceAliases",
        ),
        ("ContextEntries.member.1.ContextKeyType", "stringList"),
        (
            "ContextEntries.member.1.ContextKeyValues.member.1",
            "alias/cluster-api-provider-aws-x",
        ),
    ];
    let answer = simulate(&world, "Kommander", &asked).await;
    assert_eq!(answer.text("EvalDecision"), "allowed");
    assert_eq!(answer.texts("SourcePolicyId"), ["kommander-policy"; 2]);
    let policy =
        document(r#"{"Effect":"Deny","Principal":"*","Action":"kms:CreateGrant","Resource":"*"}"#);
    let given = [&asked[..], &[("ResourcePolicy", policy.as_str())]].concat();
    let answer = simulate(&world, "Kommander", &given).await;
    assert_eq!(answer.text("EvalDecision"), "explicitDeny");
    assert_eq!(answer.text("SourcePolicyId"), "ResourcePolicy");
}

#[tokio::test]
async fn boundaries_and_denials_are_told_apart() {
    let world = World::start().await;
    world.user("anna").await;
    world
        .grant(
            "anna",
            r#"[{"Effect":"Allow","Action":"s3:*","Resource":"*"},{"Sid":"no","Effect":"Deny","Action":"s3:Delete*","Resource":"*"}]"#,
        )
        .await;
    let boundary = world
        .policy(
            "limit",
            r#"{"Effect":"Allow","Action":["s3:Get*","s3:Delete*"],"Resource":"*"}"#,
        )
        .await;
    let put = [
        ("UserName", "anna"),
        ("PermissionsBoundary", boundary.as_str()),
    ];
    world.admin("PutUserPermissionsBoundary", &put).await;
    let asked = [
        ("ActionNames.member.1", "s3:GetObject"),
        ("ActionNames.member.2", "s3:PutObject"),
        ("ActionNames.member.3", "s3:DeleteObject"),
    ];
    let answer = simulate(&world, "anna", &asked).await;
    assert_eq!(
        answer.texts("EvalDecision"),
        ["allowed", "implicitDeny", "explicitDeny"]
    );
    assert_eq!(
        answer.texts("AllowedByPermissionsBoundary"),
        ["true", "false", "true"]
    );
    assert_eq!(
        answer.texts("SourcePolicyId"),
        ["user_anna_grant", "limit", "user_anna_grant"]
    );
    // Policies given with the request: one more for the user, another boundary.
    let more = document(r#"{"Effect":"Deny","Action":"s3:Get*","Resource":"*"}"#);
    let all = document(r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#);
    let given = [
        ("PolicyInputList.member.1", more.as_str()),
        ("PermissionsBoundaryPolicyInputList.member.1", all.as_str()),
    ];
    let answer = simulate(&world, "anna", &[&asked[..], &given].concat()).await;
    assert_eq!(
        answer.texts("EvalDecision"),
        ["explicitDeny", "allowed", "explicitDeny"]
    );
    assert_eq!(answer.texts("SourcePolicyId")[0], "PolicyInputList.1");
}

#[tokio::test]
async fn groups_can_be_simulated_and_count_for_their_members() {
    let world = World::start().await;
    world.user("anna").await;
    world.admin("CreateGroup", &[("GroupName", "g")]).await;
    let text = document(
        r#"{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::home/${aws:username}"}"#,
    );
    let put = [
        ("GroupName", "g"),
        ("PolicyName", "p"),
        ("PolicyDocument", text.as_str()),
    ];
    world.admin("PutGroupPolicy", &put).await;
    world
        .admin(
            "AddUserToGroup",
            &[("GroupName", "g"), ("UserName", "anna")],
        )
        .await;
    let asked = [
        ("ActionNames.member.1", "s3:GetObject"),
        ("ResourceArns.member.1", "arn:aws:s3:::home/anna"),
    ];
    let answer = simulate(&world, "anna", &asked).await;
    assert_eq!(answer.text("EvalDecision"), "allowed");
    assert_eq!(answer.text("SourcePolicyId"), "group_g_p");

    let group = format!("arn:aws:iam::{}:group/g", world.account);
    let user = format!("arn:aws:iam::{}:user/anna", world.account);
    let of_group = [&[("PolicySourceArn", group.as_str())], &asked[..]].concat();
    let answer = world.admin("SimulatePrincipalPolicy", &of_group).await;
    assert_eq!(answer.text("EvalDecision"), "implicitDeny");
    let as_anna = [&of_group[..], &[("CallerArn", user.as_str())]].concat();
    let answer = world.admin("SimulatePrincipalPolicy", &as_anna).await;
    assert_eq!(answer.text("EvalDecision"), "allowed");
}

#[tokio::test]
async fn what_cannot_be_simulated_is_refused() {
    let world = World::start().await;
    world.user("anna").await;
    let action = ("ActionNames.member.1", "s3:GetObject");
    for (parameters, status, code) in [
        (vec![], 400, "ValidationError"),
        (vec![("ActionNames.member.1", "s3:*")], 400, "InvalidInput"),
        (
            vec![("ActionNames.member.1", "GetObject")],
            400,
            "InvalidInput",
        ),
        (
            vec![action, ("ResourceArns.member.1", "bucket")],
            400,
            "InvalidInput",
        ),
        (
            vec![action, ("PolicyInputList.member.1", "{")],
            400,
            "InvalidInput",
        ),
        (
            vec![action, ("ResourceHandlingOption", "EC2-VPC-EBS")],
            400,
            "InvalidInput",
        ),
        (
            vec![
                action,
                ("ContextEntries.member.1.ContextKeyName", "aws:x"),
                ("ContextEntries.member.1.ContextKeyType", "text"),
            ],
            400,
            "InvalidInput",
        ),
    ] {
        simulate(&world, "anna", &parameters)
            .await
            .refused(status, code);
    }
    simulate(&world, "nobody", &[action])
        .await
        .refused(404, "NoSuchEntity");
    for (arn, status, code) in [
        ("anna", 400, "InvalidInput"),
        ("arn:aws:s3:::bucket", 400, "InvalidInput"),
        ("arn:aws:iam::111122223333:user/anna", 403, "AccessDenied"),
    ] {
        let parameters = [("PolicySourceArn", arn), action];
        let answer = world
            .iam(&world.admin, "SimulatePrincipalPolicy", &parameters)
            .await;
        answer.refused(status, code);
    }
}
