//! What is refused before anything else is looked at.

use crate::support::{Answer, Credentials, World, form, send};

async fn ask(world: &World, head: &str, body: &str) -> Answer {
    Answer::read(&send(&world.address, head, body).await)
}

fn list_users() -> String {
    form("ListUsers", "2010-05-08", &[])
}

#[tokio::test]
async fn a_request_without_signature_is_refused() {
    let world = World::start().await;
    let head = "POST / HTTP/1.1\r\nHost: x\r\n";
    let answer = ask(&world, head, &list_users()).await;
    answer.refused(403, "MissingAuthenticationToken");
}

#[tokio::test]
async fn unknown_keys_and_wrong_secrets_are_told_apart() {
    let world = World::start().await;
    let stranger = Credentials {
        id: "AKIAIOSFODNN7EXAMPLE".to_owned(),
        secret: world.admin.secret.clone(),
        token: None,
    };
    let answer = world.identity(&stranger).await;
    answer.refused(403, "InvalidClientTokenId");
    let forger = Credentials {
        id: world.admin.id.clone(),
        secret: "wrong".to_owned(),
        token: None,
    };
    let answer = world.identity(&forger).await;
    let message = answer.refused(403, "SignatureDoesNotMatch");
    assert!(message.starts_with("The request signature we calculated does not match"));
}

#[tokio::test]
async fn a_body_that_was_changed_on_the_way_is_refused() {
    let world = World::start().await;
    let head = world.signing(&world.admin, "iam").post(&list_users());
    let other = form("ListGroups", "2010-05-08", &[]);
    let answer = ask(&world, &head, &other).await;
    answer.refused(403, "SignatureDoesNotMatch");
}

#[tokio::test]
async fn a_signature_is_for_one_service_and_any_region() {
    let world = World::start().await;
    let body = list_users();
    let head = world.signing(&world.admin, "sts").post(&body);
    let answer = ask(&world, &head, &body).await;
    let message = answer.refused(403, "SignatureDoesNotMatch");
    assert!(message.contains("correct service: 'iam'"));
    let mut signing = world.signing(&world.admin, "iam");
    signing.region = "eu-central-1";
    assert_eq!(ask(&world, &signing.post(&body), &body).await.status, 200);
}

#[tokio::test]
async fn a_signature_counts_for_a_quarter_of_an_hour() {
    let world = World::start().await;
    let body = list_users();
    let head = world.signing(&world.admin, "iam").post(&body);
    world.pass(15 * 60);
    assert_eq!(ask(&world, &head, &body).await.status, 200);
    world.pass(1);
    let message = ask(&world, &head, &body)
        .await
        .refused(400, "RequestExpired");
    assert!(message.starts_with("Signature expired: 20261123T120000Z"));
}

#[tokio::test]
async fn a_session_token_is_refused_because_there_are_none() {
    let world = World::start().await;
    let body = list_users();
    let head = world.signing(&world.admin, "iam").post(&body);
    let head = format!("{head}X-Amz-Security-Token: abc\r\n");
    ask(&world, &head, &body)
        .await
        .refused(403, "InvalidClientTokenId");
}

#[tokio::test]
async fn a_disabled_key_is_refused_until_it_is_enabled() {
    let world = World::start().await;
    let user = world.user("anna").await;
    let switch = async |status| {
        let parameters = [
            ("UserName", "anna"),
            ("AccessKeyId", user.id.as_str()),
            ("Status", status),
        ];
        world.admin("UpdateAccessKey", &parameters).await;
    };
    assert_eq!(world.identity(&user).await.status, 200);
    switch("Inactive").await;
    world
        .identity(&user)
        .await
        .refused(403, "InvalidClientTokenId");
    switch("Active").await;
    assert_eq!(world.identity(&user).await.status, 200);
}

#[tokio::test]
async fn the_signature_of_a_get_covers_its_query() {
    let world = World::start().await;
    let query = "Action=ListUsers&PathPrefix=%2F&Version=2010-05-08";
    let head = world.signing(&world.admin, "iam").get(query);
    assert_eq!(ask(&world, &head, "").await.status, 200);
    let changed = head.replace("PathPrefix=%2F", "PathPrefix=%2Fa");
    ask(&world, &changed, "")
        .await
        .refused(403, "SignatureDoesNotMatch");
    // Order and the way of escaping do not matter to the signature.
    let shuffled = head.replace(query, "Version=2010-05-08&PathPrefix=/&Action=ListUsers");
    assert_eq!(ask(&world, &shuffled, "").await.status, 200);
}
