//! The wire: envelopes, and what the sandbox says of what it does not have.

use crate::support::{Answer, World, document, form, send};

#[tokio::test]
async fn answers_have_the_envelope_of_their_service() {
    let world = World::start().await;
    let answer = world.identity(&world.admin).await;
    let id = answer.text("RequestId");
    assert!(answer.head.contains("content-type: text/xml"));
    assert!(answer.head.contains(&format!("x-amzn-requestid: {id}")));
    assert!(answer.body.starts_with(
        "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">\
         <GetCallerIdentityResult><Arn>"
    ));
    assert!(answer.body.ends_with(&format!(
        "</GetCallerIdentityResult><ResponseMetadata><RequestId>{id}</RequestId>\
         </ResponseMetadata></GetCallerIdentityResponse>"
    )));
    world.user("anna").await;
    let parameters = [
        ("UserName", "anna"),
        ("Tags.member.1.Key", "a"),
        ("Tags.member.1.Value", "b"),
    ];
    let answer = world.admin("TagUser", &parameters).await;
    assert!(answer.body.starts_with(
        "<TagUserResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><ResponseMetadata>"
    ));
}

#[tokio::test]
async fn refusals_have_type_code_and_message() {
    let world = World::start().await;
    let answer = world
        .iam(&world.admin, "GetUser", &[("UserName", "nobody")])
        .await;
    assert_eq!(
        answer.refused(404, "NoSuchEntity"),
        "The user with name nobody cannot be found."
    );
    assert!(answer.body.starts_with(
        "<ErrorResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><Error>\
         <Type>Sender</Type><Code>"
    ));
    assert_eq!(answer.texts("RequestId").len(), 1);
}

#[tokio::test]
async fn text_is_escaped() {
    let world = World::start().await;
    let document = document(r#"{"Effect":"Allow","Action":"s3:*","Resource":"*"}"#);
    let description = "<b>\"Tom & Jerry's\"</b>\r\n";
    let parameters = [
        ("PolicyName", "p"),
        ("PolicyDocument", document.as_str()),
        ("Description", description),
    ];
    let arn = world.admin("CreatePolicy", &parameters).await.text("Arn");
    let got = world.admin("GetPolicy", &[("PolicyArn", &arn)]).await;
    assert_eq!(got.text("Description"), description);
    assert!(got.body.contains("&lt;b&gt;&quot;Tom &amp; Jerry&#39;s"));
}

#[tokio::test]
async fn an_action_it_has_not_is_told_with_those_it_has() {
    let world = World::start().await;
    let message = world
        .iam(&world.admin, "CreateSAMLProvider", &[])
        .await
        .refused(400, "InvalidAction");
    assert!(
        message.starts_with("Could not find operation CreateSAMLProvider for version 2010-05-08.")
    );
    assert!(message.contains("iam:CreateUser") && message.contains("sts:GetCallerIdentity"));
}

#[tokio::test]
async fn other_services_can_read_the_refusal() {
    let world = World::start().await;
    let body = form("DescribeUniverse", "2016-11-15", &[]);
    let head = world.signing(&world.admin, "ec2").post(&body);
    let answer = Answer::read(&send(&world.address, &head, &body).await);
    let message = answer.refused(400, "InvalidAction");
    assert!(message.contains("ec2:DescribeVpcs") && message.contains("iam:CreateUser"));
    assert_eq!(answer.texts("RequestID").len(), 1);

    let head = "GET /clusters HTTP/1.1\r\nHost: x\r\n";
    let answer = Answer::read(&send(&world.address, head, "").await);
    assert_eq!(answer.status, 403);
    assert!(
        answer
            .head
            .contains("x-amzn-errortype: MissingAuthenticationTokenException")
    );

    let head = "POST / HTTP/1.1\r\nHost: x\r\nAuthorization: x\r\n\
                Content-Type: application/x-amz-json-1.1\r\n";
    let answer = Answer::read(&send(&world.address, head, "{}").await);
    assert!(
        answer
            .body
            .contains("\"__type\":\"UnknownOperationException\"")
    );
}

#[tokio::test]
async fn broken_requests_are_refused() {
    let world = World::start().await;
    for (body, status, code) in [
        ("Version=2010-05-08", 400, "MissingAction"),
        (
            "Action=ListUsers&Action=ListUsers",
            404,
            "MalformedQueryString",
        ),
        ("Action=ListUsers&a=%zz", 404, "MalformedQueryString"),
        ("Action=ListUsers&Version=2011-06-15", 400, "InvalidAction"),
    ] {
        let head = world.signing(&world.admin, "iam").post(body);
        let answer = Answer::read(&send(&world.address, &head, body).await);
        answer.refused(status, code);
    }
    let body = "a=".to_owned() + &"b".repeat(2 * 1024 * 1024);
    let head = world.signing(&world.admin, "iam").post(&body);
    let answer = Answer::read(&send(&world.address, &head, &body).await);
    answer.refused(413, "RequestEntityTooLarge");
}
