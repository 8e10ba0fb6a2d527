//! Access keys.

use crate::support::World;

#[tokio::test]
async fn a_secret_is_shown_once() {
    let world = World::start().await;
    let key = world.user("anna").await;
    assert!(key.id.starts_with("AKIA") && key.id.len() == 20);
    let listed = world.admin("ListAccessKeys", &[("UserName", "anna")]).await;
    assert_eq!(listed.texts("AccessKeyId"), [key.id.as_str()]);
    assert_eq!(listed.text("Status"), "Active");
    assert!(!listed.body.contains(&key.secret));
}

#[tokio::test]
async fn a_user_has_at_most_two() {
    let world = World::start().await;
    let first = world.user("anna").await;
    world.key("anna").await;
    let answer = world
        .iam(&world.admin, "CreateAccessKey", &[("UserName", "anna")])
        .await;
    let message = answer.refused(409, "LimitExceeded");
    assert_eq!(message, "Cannot exceed quota for AccessKeysPerUser: 2");
    let parameters = [("UserName", "anna"), ("AccessKeyId", first.id.as_str())];
    world.admin("DeleteAccessKey", &parameters).await;
    world
        .identity(&first)
        .await
        .refused(403, "InvalidClientTokenId");
    world.key("anna").await;
    let answer = world
        .iam(&world.admin, "DeleteAccessKey", &parameters)
        .await;
    let message = answer.refused(404, "NoSuchEntity");
    assert_eq!(
        message,
        format!("The Access Key with id {} cannot be found.", first.id)
    );
}

#[tokio::test]
async fn the_last_use_is_remembered() {
    let world = World::start().await;
    let key = world.user("anna").await;
    let parameters = [("AccessKeyId", key.id.as_str())];
    let unused = world.admin("GetAccessKeyLastUsed", &parameters).await;
    assert_eq!(unused.text("UserName"), "anna");
    assert_eq!(unused.text("ServiceName"), "N/A");
    assert!(unused.texts("LastUsedDate").is_empty());
    world.pass(90);
    world.identity(&key).await;
    let used = world.admin("GetAccessKeyLastUsed", &parameters).await;
    assert_eq!(used.text("LastUsedDate"), "2026-11-23T12:01:30Z");
    assert_eq!(
        (used.text("ServiceName"), used.text("Region")),
        ("sts".into(), "us-east-1".into())
    );
    // A call that is refused is a use too.
    world
        .iam(&key, "ListUsers", &[])
        .await
        .refused(403, "AccessDenied");
    let used = world.admin("GetAccessKeyLastUsed", &parameters).await;
    assert_eq!(used.text("ServiceName"), "iam");
}

#[tokio::test]
async fn the_root_user_has_keys_too() {
    let world = World::start().await;
    let made = world.iam(&world.root, "CreateAccessKey", &[]).await;
    assert_eq!(made.status, 200);
    assert!(made.texts("UserName").is_empty());
    let listed = world.iam(&world.root, "ListAccessKeys", &[]).await;
    assert_eq!(listed.texts("AccessKeyId").len(), 2);
}

#[tokio::test]
async fn a_user_may_look_after_its_own_keys_only() {
    let world = World::start().await;
    let anna = world.user("anna").await;
    world.user("berta").await;
    world
        .grant(
            "anna",
            r#"{"Effect":"Allow","Action":"iam:*AccessKey*","Resource":"arn:aws:iam::*:user/${aws:username}"}"#,
        )
        .await;
    let made = world.iam(&anna, "CreateAccessKey", &[]).await;
    assert_eq!(made.text("UserName"), "anna");
    let answer = world
        .iam(&anna, "CreateAccessKey", &[("UserName", "berta")])
        .await;
    answer.refused(403, "AccessDenied");
    let own = [("AccessKeyId", anna.id.as_str())];
    assert_eq!(
        world.iam(&anna, "GetAccessKeyLastUsed", &own).await.status,
        200
    );
    let others = [("AccessKeyId", world.admin.id.as_str())];
    let answer = world.iam(&anna, "GetAccessKeyLastUsed", &others).await;
    answer.refused(403, "AccessDenied");
}
