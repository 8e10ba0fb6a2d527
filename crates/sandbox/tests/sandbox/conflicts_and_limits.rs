//! What may not be deleted yet, and how much there may be.

use crate::support::{World, document};

const ALLOW: &str = r#"{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}"#;

/// A statement that makes its policy document `size` characters long, white space aside.
fn statement_of(size: usize) -> String {
    let frame = |name: &str| format!(r#"{{"Effect":"Allow","Action":"s3:{name}","Resource":"*"}}"#);
    let rest = size - document(&frame("")).len();
    frame(&"x".repeat(rest))
}

#[tokio::test]
async fn a_user_goes_last() {
    let world = World::start().await;
    let key = world.user("anna").await;
    let arn = world.policy("p", ALLOW).await;
    let policy = [("UserName", "anna"), ("PolicyArn", arn.as_str())];
    world.admin("AttachUserPolicy", &policy).await;
    world.grant("anna", ALLOW).await;
    world.admin("CreateGroup", &[("GroupName", "g")]).await;
    world
        .admin(
            "AddUserToGroup",
            &[("GroupName", "g"), ("UserName", "anna")],
        )
        .await;
    let steps = [
        (
            "must delete access keys first.",
            "DeleteAccessKey",
            vec![("UserName", "anna"), ("AccessKeyId", key.id.as_str())],
        ),
        (
            "must detach all policies first.",
            "DetachUserPolicy",
            policy.to_vec(),
        ),
        (
            "must delete policies first.",
            "DeleteUserPolicy",
            vec![("UserName", "anna"), ("PolicyName", "grant")],
        ),
        (
            "must remove users from group first.",
            "RemoveUserFromGroup",
            vec![("GroupName", "g"), ("UserName", "anna")],
        ),
    ];
    for (what, action, parameters) in steps {
        let answer = world
            .iam(&world.admin, "DeleteUser", &[("UserName", "anna")])
            .await;
        let message = answer.refused(409, "DeleteConflict");
        assert_eq!(message, format!("Cannot delete entity, {what}"));
        world.admin(action, &parameters).await;
    }
    world.admin("DeleteUser", &[("UserName", "anna")]).await;
}

#[tokio::test]
async fn a_policy_in_use_stays() {
    let world = World::start().await;
    world.user("anna").await;
    let arn = world.policy("p", ALLOW).await;
    let refused = async |word: &str| {
        let answer = world
            .iam(&world.admin, "DeletePolicy", &[("PolicyArn", &arn)])
            .await;
        let message = answer.refused(409, "DeleteConflict");
        assert!(message.contains(word), "{message}");
    };
    let boundary = [("UserName", "anna"), ("PermissionsBoundary", arn.as_str())];
    world.admin("PutUserPermissionsBoundary", &boundary).await;
    refused("attached to entities").await;
    world
        .admin("DeleteUserPermissionsBoundary", &boundary[..1])
        .await;
    let policy = [("UserName", "anna"), ("PolicyArn", arn.as_str())];
    world.admin("AttachUserPolicy", &policy).await;
    refused("attached to entities").await;
    world.admin("DetachUserPolicy", &policy).await;
    let text = document(ALLOW);
    let version = [
        ("PolicyArn", arn.as_str()),
        ("PolicyDocument", text.as_str()),
    ];
    world.admin("CreatePolicyVersion", &version).await;
    refused("more than one version").await;
    world
        .admin(
            "DeletePolicyVersion",
            &[("PolicyArn", &arn), ("VersionId", "v2")],
        )
        .await;
    world.admin("DeletePolicy", &[("PolicyArn", &arn)]).await;
    let answer = world
        .iam(&world.admin, "GetPolicy", &[("PolicyArn", &arn)])
        .await;
    let message = answer.refused(404, "NoSuchEntity");
    assert_eq!(message, format!("Policy {arn} was not found."));
    let answer = world.iam(&world.admin, "AttachUserPolicy", &policy).await;
    let message = answer.refused(404, "NoSuchEntity");
    assert_eq!(
        message,
        format!("Policy {arn} does not exist or is not attachable.")
    );
}

#[tokio::test]
async fn a_policy_has_five_versions() {
    let world = World::start().await;
    let arn = world.policy("p", ALLOW).await;
    let text = document(ALLOW);
    let version = [
        ("PolicyArn", arn.as_str()),
        ("PolicyDocument", text.as_str()),
    ];
    for _ in 2..=5 {
        world.admin("CreatePolicyVersion", &version).await;
    }
    let answer = world
        .iam(&world.admin, "CreatePolicyVersion", &version)
        .await;
    let message = answer.refused(409, "LimitExceeded");
    assert!(message.starts_with("A managed policy can have up to 5 versions."));
}

#[tokio::test]
async fn a_managed_policy_has_6144_characters() {
    let world = World::start().await;
    let most = document(&statement_of(6144));
    assert_eq!(most.len(), 6144);
    // White space does not count.
    let spaced = most.replace("\"Statement\":", "\"Statement\" :\n\t ");
    world
        .admin(
            "CreatePolicy",
            &[("PolicyName", "most"), ("PolicyDocument", &spaced)],
        )
        .await;
    let more = document(&statement_of(6145));
    let answer = world
        .iam(
            &world.admin,
            "CreatePolicy",
            &[("PolicyName", "more"), ("PolicyDocument", &more)],
        )
        .await;
    let message = answer.refused(409, "LimitExceeded");
    assert_eq!(message, "Cannot exceed quota for PolicySize: 6144");
    let listed = world.admin("ListPolicies", &[("Scope", "Local")]).await;
    assert_eq!(listed.texts("PolicyName"), ["most"]);
}

#[tokio::test]
async fn the_inline_policies_of_a_user_have_2048_characters_in_all() {
    let world = World::start().await;
    world.user("anna").await;
    let put = async |name: &str, size| {
        let text = document(&statement_of(size));
        let parameters = [
            ("UserName", "anna"),
            ("PolicyName", name),
            ("PolicyDocument", text.as_str()),
        ];
        world.iam(&world.admin, "PutUserPolicy", &parameters).await
    };
    assert_eq!(put("a", 1000).await.status, 200);
    assert_eq!(put("b", 1048).await.status, 200);
    let message = put("b", 1049).await.refused(409, "LimitExceeded");
    assert_eq!(
        message,
        "Maximum policy size of 2048 bytes exceeded for user anna"
    );
    assert_eq!(put("a", 999).await.status, 200, "a policy replaces itself");
}

#[tokio::test]
async fn a_user_has_ten_policies_and_ten_groups() {
    let world = World::start().await;
    world.user("anna").await;
    for index in 0..10 {
        let arn = world.policy(&format!("p{index}"), ALLOW).await;
        world
            .admin(
                "AttachUserPolicy",
                &[("UserName", "anna"), ("PolicyArn", &arn)],
            )
            .await;
        let group = format!("g{index}");
        world.admin("CreateGroup", &[("GroupName", &group)]).await;
        world
            .admin(
                "AddUserToGroup",
                &[("GroupName", &group), ("UserName", "anna")],
            )
            .await;
    }
    let arn = world.policy("p10", ALLOW).await;
    let attach = [("UserName", "anna"), ("PolicyArn", arn.as_str())];
    let message = world
        .iam(&world.admin, "AttachUserPolicy", &attach)
        .await
        .refused(409, "LimitExceeded");
    assert_eq!(message, "Cannot exceed quota for PoliciesPerUser: 10");
    world.admin("CreateGroup", &[("GroupName", "g10")]).await;
    let join = [("GroupName", "g10"), ("UserName", "anna")];
    let message = world
        .iam(&world.admin, "AddUserToGroup", &join)
        .await
        .refused(409, "LimitExceeded");
    assert_eq!(message, "Cannot exceed quota for GroupsPerUser: 10");
    let groups = world
        .admin("ListGroupsForUser", &[("UserName", "anna")])
        .await;
    assert_eq!(
        groups.texts("GroupName").len(),
        10,
        "what was refused left no trace"
    );
}
