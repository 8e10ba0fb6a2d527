//! Temporary keys of users, and keys that are no longer good.

use crate::support::{Credentials, World};

const ALL_OF_EC2: &str = r#"{"Effect":"Allow","Action":["ec2:*","iam:*"],"Resource":"*"}"#;

#[tokio::test]
async fn a_session_of_a_user_has_its_rights_but_for_iam() {
    let world = World::start().await;
    let anna = world.user("anna").await;
    world.grant("anna", ALL_OF_EC2).await;
    let answer = world.sts(&anna, "GetSessionToken", &[]).await;
    assert_eq!(answer.text("Expiration"), "2026-11-24T00:00:00Z");
    let session = Credentials {
        id: answer.text("AccessKeyId"),
        secret: answer.text("SecretAccessKey"),
        token: Some(answer.text("SessionToken")),
    };
    let arn = world.identity(&session).await.text("Arn");
    assert_eq!(arn, format!("arn:aws:iam::{}:user/anna", world.account));
    assert_eq!(world.ec2(&session, "DescribeVpcs", &[]).await.status, 200);
    assert_eq!(world.iam(&anna, "ListUsers", &[]).await.status, 200);
    world
        .iam(&session, "ListUsers", &[])
        .await
        .refused(403, "InvalidClientTokenId");
    world
        .sts(&session, "GetSessionToken", &[])
        .await
        .refused(403, "InvalidClientTokenId");
    world.pass(43_200);
    world.identity(&session).await.refused(403, "ExpiredToken");
}

#[tokio::test]
async fn a_disabled_key_and_one_of_a_deleted_user_are_unknown_everywhere() {
    let world = World::start().await;
    let anna = world.user("anna").await;
    world.grant("anna", ALL_OF_EC2).await;
    let answer = world.sts(&anna, "GetSessionToken", &[]).await;
    let session = Credentials {
        id: answer.text("AccessKeyId"),
        secret: answer.text("SecretAccessKey"),
        token: Some(answer.text("SessionToken")),
    };
    let user = ("UserName", "anna");
    let key = ("AccessKeyId", anna.id.as_str());
    world
        .admin("UpdateAccessKey", &[user, key, ("Status", "Inactive")])
        .await;
    world
        .identity(&anna)
        .await
        .refused(403, "InvalidClientTokenId");
    world
        .ec2(&anna, "DescribeVpcs", &[])
        .await
        .refused(401, "AuthFailure");
    world
        .admin("UpdateAccessKey", &[user, key, ("Status", "Active")])
        .await;
    assert_eq!(world.ec2(&anna, "DescribeVpcs", &[]).await.status, 200);
    world.admin("DeleteAccessKey", &[user, key]).await;
    world
        .admin("DeleteUserPolicy", &[user, ("PolicyName", "grant")])
        .await;
    world.admin("DeleteUser", &[user]).await;
    for gone in [&anna, &session] {
        world
            .ec2(gone, "DescribeVpcs", &[])
            .await
            .refused(401, "AuthFailure");
        let answer = world.rest(gone, "eks", ("GET", "/clusters", ""), "").await;
        assert_eq!(
            answer.outcome(),
            (403, "UnrecognizedClientException".to_owned())
        );
    }
}
