//! Sessions of roles.

use std::process::Command;

use commissary_aws::{AwsSession, SessionOptions};
use commissary_core::domain::{AccessKey, SecretInput, Verdict};

use crate::server::{Moto, allowed, any_key, checked, region, selection};

const TRUST: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}}"#;
const ROLE: &str = "arn:aws:iam::123456789012:role/teams/a/builder";

/// A role in a path, with the page's policy attached.
async fn role(moto: &Moto) {
    let iam = moto.iam();
    let call = iam.create_role().role_name("builder").path("/teams/a/");
    call.assume_role_policy_document(TRUST)
        .send()
        .await
        .unwrap();
    let arn = moto
        .create_policy("builder", &selection().policy().to_compact())
        .await;
    let call = iam
        .attach_role_policy()
        .role_name("builder")
        .policy_arn(arn);
    call.send().await.unwrap();
}

async fn assumed(moto: &Moto) -> AccessKey {
    let config = aws_sdk_sts::Config::builder()
        .behavior_version(aws_sdk_sts::config::BehaviorVersion::latest())
        .region(aws_sdk_sts::config::Region::new("us-east-1"))
        .endpoint_url(&moto.endpoint)
        .credentials_provider(aws_sdk_sts::config::Credentials::new(
            "AKIA", "x", None, None, "test",
        ))
        .build();
    let call = aws_sdk_sts::Client::from_conf(config).assume_role();
    let answer = call
        .role_arn(ROLE)
        .role_session_name("me")
        .send()
        .await
        .unwrap();
    let credentials = answer.credentials().unwrap();
    let input = |text: &str| SecretInput::new(text.to_owned());
    let secret = input(credentials.secret_access_key());
    let token = Some(input(credentials.session_token()));
    AccessKey::parse(credentials.access_key_id(), secret, token)
        .unwrap()
        .0
}

#[tokio::test]
async fn the_policies_of_a_role_are_read_and_its_session_policy_is_said_to_be_unseen() {
    let moto = Moto::start().await;
    role(&moto).await;
    let key = assumed(&moto).await;
    let admin = moto.session(&any_key()).await;
    let result = checked(&moto, &key, &admin).await;
    assert_eq!(allowed(&result), 111);
    let finding = result
        .findings
        .iter()
        .find(|finding| finding.verdict == Verdict::Allowed);
    let detail = &finding.unwrap().evidence.as_ref().unwrap().detail;
    assert!(
        detail.contains("a session policy, if the session has one, was not seen"),
        "{detail}"
    );

    // moto has boundaries of roles, and none of users.
    let boundary = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ec2:*","Resource":"*"}}"#;
    let boundary = moto.create_policy("boundary", boundary).await;
    let call = moto
        .iam()
        .put_role_permissions_boundary()
        .role_name("builder");
    call.permissions_boundary(boundary).send().await.unwrap();
    let result = checked(&moto, &key, &admin).await;
    let mut eks = result
        .findings
        .iter()
        .filter(|finding| finding.action.starts_with("eks:"));
    assert!(eks.all(|finding| matches!(&finding.verdict, Verdict::Denied { by } if by.layer == "permissions boundary")));

    let guard = r#"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"ec2:*","Resource":"*","Condition":{"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::123456789012:role/teams/a/builder"}}}}"#;
    let call = moto
        .iam()
        .put_role_policy()
        .role_name("builder")
        .policy_name("guard");
    call.policy_document(guard).send().await.unwrap();
    let result = checked(&moto, &key, &admin).await;
    let mut ec2 = result
        .findings
        .iter()
        .filter(|finding| finding.action.starts_with("ec2:"));
    assert!(ec2.all(|finding| matches!(finding.verdict, Verdict::Denied { .. })));
}

#[tokio::test]
#[ignore = "run by the other test, with an environment of its own"]
async fn process() {
    let session = AwsSession::from_profile(Some("builder"), None, &SessionOptions::default()).await;
    let session = session.unwrap_or_else(|error| panic!("{error}"));
    let identity = session.identify().await.unwrap();
    println!(
        "is {} {} {}",
        identity.principal_arn,
        session.region(),
        session.is_temporary()
    );
}

#[tokio::test]
async fn a_profile_that_assumes_a_role_does() {
    let moto = Moto::start().await;
    role(&moto).await;
    let folder = tempfile::tempdir().unwrap();
    let (config, credentials) = (
        folder.path().join("config"),
        folder.path().join("credentials"),
    );
    std::fs::write(
        &config,
        format!(
            "[profile builder]\nrole_arn = {ROLE}\nsource_profile = base\nregion = {}\n",
            region()
        ),
    )
    .unwrap();
    std::fs::write(
        &credentials,
        "[base]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n",
    )
    .unwrap();
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["role::process", "--exact", "--ignored", "--nocapture"])
        .env_clear()
        .env("AWS_CONFIG_FILE", config)
        .env("AWS_SHARED_CREDENTIALS_FILE", credentials)
        .env("AWS_ENDPOINT_URL", &moto.endpoint)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    let expected = "is arn:aws:sts::123456789012:assumed-role/builder/assume-role-from-profile-";
    let line = text.lines().find(|line| line.starts_with(expected));
    assert!(
        line.is_some_and(|line| line.ends_with("us-east-1 true")),
        "{text}{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
