//! Groups and who is in them.

use crate::support::{World, document};

const LIST: &str = r#"{"Effect":"Allow","Action":"iam:ListUsers","Resource":"*"}"#;

#[tokio::test]
async fn members_have_what_the_group_grants() {
    let world = World::start().await;
    let anna = world.user("anna").await;
    world
        .iam(&anna, "ListUsers", &[])
        .await
        .refused(403, "AccessDenied");
    let made = world
        .admin("CreateGroup", &[("GroupName", "readers"), ("Path", "/x/")])
        .await;
    assert_eq!(
        made.text("Arn"),
        format!("arn:aws:iam::{}:group/x/readers", world.account)
    );
    assert!(made.text("GroupId").starts_with("AGPA"));
    let text = document(LIST);
    let inline = [
        ("GroupName", "readers"),
        ("PolicyName", "list"),
        ("PolicyDocument", text.as_str()),
    ];
    world.admin("PutGroupPolicy", &inline).await;
    let member = [("GroupName", "readers"), ("UserName", "anna")];
    world.admin("AddUserToGroup", &member).await;
    assert_eq!(world.iam(&anna, "ListUsers", &[]).await.status, 200);
    let groups = world
        .admin("ListGroupsForUser", &[("UserName", "anna")])
        .await;
    assert_eq!(groups.texts("GroupName"), ["readers"]);
    let group = world.admin("GetGroup", &[("GroupName", "readers")]).await;
    assert_eq!(group.texts("UserName"), ["anna"]);
    assert_eq!(
        world.admin("ListGroups", &[]).await.texts("GroupName"),
        ["readers"]
    );

    world.admin("RemoveUserFromGroup", &member).await;
    world
        .iam(&anna, "ListUsers", &[])
        .await
        .refused(403, "AccessDenied");
}

#[tokio::test]
async fn managed_policies_work_through_groups() {
    let world = World::start().await;
    let anna = world.user("anna").await;
    let arn = world.policy("list", LIST).await;
    world
        .admin("CreateGroup", &[("GroupName", "readers")])
        .await;
    let attach = [("GroupName", "readers"), ("PolicyArn", arn.as_str())];
    world.admin("AttachGroupPolicy", &attach).await;
    world
        .admin(
            "AddUserToGroup",
            &[("GroupName", "readers"), ("UserName", "anna")],
        )
        .await;
    assert_eq!(world.iam(&anna, "ListUsers", &[]).await.status, 200);
    let listed = world
        .admin("ListAttachedGroupPolicies", &[("GroupName", "readers")])
        .await;
    assert_eq!(listed.texts("PolicyArn"), [arn.as_str()]);
    assert_eq!(
        world
            .admin("GetPolicy", &[("PolicyArn", &arn)])
            .await
            .text("AttachmentCount"),
        "1"
    );
    world.admin("DetachGroupPolicy", &attach).await;
    let answer = world.iam(&world.admin, "DetachGroupPolicy", &attach).await;
    answer.refused(404, "NoSuchEntity");
    world
        .iam(&anna, "ListUsers", &[])
        .await
        .refused(403, "AccessDenied");
}

#[tokio::test]
async fn a_group_in_use_cannot_be_deleted() {
    let world = World::start().await;
    world.user("anna").await;
    world
        .admin("CreateGroup", &[("GroupName", "readers")])
        .await;
    let member = [("GroupName", "readers"), ("UserName", "anna")];
    world.admin("AddUserToGroup", &member).await;
    let refused = async |word: &str| {
        let answer = world
            .iam(&world.admin, "DeleteGroup", &[("GroupName", "readers")])
            .await;
        let message = answer.refused(409, "DeleteConflict");
        assert!(message.contains(word), "{message}");
    };
    refused("remove users").await;
    let answer = world
        .iam(&world.admin, "CreateGroup", &[("GroupName", "Readers")])
        .await;
    answer.refused(409, "EntityAlreadyExists");
    world.admin("RemoveUserFromGroup", &member).await;
    let text = document(LIST);
    let inline = [("GroupName", "readers"), ("PolicyName", "list")];
    let put = [&inline[..], &[("PolicyDocument", text.as_str())]].concat();
    world.admin("PutGroupPolicy", &put).await;
    refused("delete policies").await;
    assert_eq!(
        world
            .admin("ListGroupPolicies", &inline[..1])
            .await
            .text("member"),
        "list"
    );
    assert_eq!(
        world
            .admin("GetGroupPolicy", &inline)
            .await
            .text("GroupName"),
        "readers"
    );
    world.admin("DeleteGroupPolicy", &inline).await;
    world
        .admin("DeleteGroup", &[("GroupName", "readers")])
        .await;
    let answer = world
        .iam(&world.admin, "GetGroup", &[("GroupName", "readers")])
        .await;
    answer.refused(404, "NoSuchEntity");
}
