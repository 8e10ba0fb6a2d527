//! Everything at once.

use crate::support::{World, document};

async fn world() -> World {
    let world = World::start().await;
    world.user("anna").await;
    let statement = r#"{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}"#;
    world.grant("anna", statement).await;
    let arn = world.policy("own", statement).await;
    let user = ("UserName", "anna");
    world
        .admin("AttachUserPolicy", &[user, ("PolicyArn", &arn)])
        .await;
    world
        .admin(
            "PutUserPermissionsBoundary",
            &[user, ("PermissionsBoundary", &arn)],
        )
        .await;
    world.admin("CreateGroup", &[("GroupName", "g")]).await;
    world
        .admin("AddUserToGroup", &[user, ("GroupName", "g")])
        .await;
    let text = document(statement);
    let put = [
        ("GroupName", "g"),
        ("PolicyName", "in-g"),
        ("PolicyDocument", text.as_str()),
    ];
    world.admin("PutGroupPolicy", &put).await;
    world
}

#[tokio::test]
async fn users_groups_and_policies_are_told_in_full() {
    let world = world().await;
    let answer = world.admin("GetAccountAuthorizationDetails", &[]).await;
    let users = answer.text("UserDetailList");
    let own = format!("arn:aws:iam::{}:policy/own", world.account);
    for part in [
        "<UserName>anna</UserName>".to_owned(),
        "<UserPolicyList><member><PolicyName>grant</PolicyName><PolicyDocument>%7B".to_owned(),
        format!(
            "<AttachedManagedPolicies><member><PolicyName>own</PolicyName><PolicyArn>{own}</PolicyArn>"
        ),
        "<GroupList><member>g</member></GroupList>".to_owned(),
        format!("<PermissionsBoundaryArn>{own}</PermissionsBoundaryArn>"),
    ] {
        assert!(users.contains(&part), "{part} in {users}");
    }
    let groups = answer.text("GroupDetailList");
    assert!(groups.contains("<GroupPolicyList><member><PolicyName>in-g</PolicyName>"));
    let policies = answer.text("Policies");
    assert!(policies.contains(&format!("<Arn>{own}</Arn>")));
    assert!(policies.contains("<PermissionsBoundaryUsageCount>1</PermissionsBoundaryUsageCount>"));
    assert!(policies.contains("<PolicyVersionList><member><Document>%7B"));
    // Of AWS's own policies those that something uses.
    assert!(policies.contains("arn:aws:iam::aws:policy/AdministratorAccess"));
    assert!(!policies.contains("arn:aws:iam::aws:policy/IAMFullAccess"));
}

#[tokio::test]
async fn a_filter_leaves_kinds_out() {
    let world = world().await;
    let arns = async |kinds: &[&str]| {
        let named: Vec<(String, &str)> = (1..)
            .zip(kinds)
            .map(|(index, kind)| (format!("Filter.member.{index}"), *kind))
            .collect();
        let parameters: Vec<(&str, &str)> = named
            .iter()
            .map(|(name, kind)| (name.as_str(), *kind))
            .collect();
        let answer = world
            .admin("GetAccountAuthorizationDetails", &parameters)
            .await;
        let text = answer.texts("Arn");
        text.into_iter()
            .map(|arn| arn.split(':').nth(5).unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(arns(&["User"]).await, ["user/anna", "user/sandbox-admin"]);
    assert_eq!(
        arns(&["Group", "LocalManagedPolicy"]).await,
        ["group/g", "policy/own"]
    );
    assert_eq!(
        arns(&["AWSManagedPolicy"]).await,
        ["policy/AdministratorAccess"]
    );
    assert!(arns(&["Role"]).await.is_empty());
    let wrong = [("Filter.member.1", "Users")];
    let answer = world
        .iam(&world.admin, "GetAccountAuthorizationDetails", &wrong)
        .await;
    answer.refused(400, "ValidationError");
}
