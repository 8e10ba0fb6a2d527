//! Sessions from profiles. The AWS SDK reads them from places that the environment names, and a
//! test must not change its own environment: each case runs in a process of its own.

use std::process::Command;

use commissary_aws::{AwsSession, CredentialsFile, SessionOptions, profile_key};

use crate::account::Account;

/// What the process of a case is asked for.
const PROFILE: &str = "COMMISSARY_TEST_PROFILE";

/// `key` asks for the access key of the profile instead of a session.
const WANTED: &str = "COMMISSARY_TEST_WANTED";

#[tokio::test]
#[ignore = "run by the other tests of this file, with an environment of its own"]
async fn process() {
    let profile = std::env::var(PROFILE).ok();
    let options = SessionOptions::default();
    if std::env::var(WANTED).is_ok_and(|wanted| wanted == "key") {
        match profile_key(profile.as_deref().unwrap_or("default")).await {
            Ok(key) => println!("is {key:?}"),
            Err(error) => println!("error {error}"),
        }
        return;
    }
    match AwsSession::from_profile(profile.as_deref(), None, &options).await {
        Ok(session) => match session.identify().await {
            Ok(identity) => println!("is {} in {}", identity.principal_arn, session.region()),
            Err(error) => println!("error {error}"),
        },
        Err(error) => println!("error {error}"),
    }
}

fn run(account: &Account, environment: &[(&str, &str)]) -> String {
    let folder = account.folder.path().join("aws");
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["profile::process", "--exact", "--ignored", "--nocapture"])
        .env_clear()
        .env("AWS_CONFIG_FILE", folder.join("config"))
        .env("AWS_SHARED_CREDENTIALS_FILE", folder.join("credentials"))
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .envs(environment.iter().copied())
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let said = text
        .lines()
        .find(|line| line.starts_with("is ") || line.starts_with("error "));
    said.unwrap_or_else(|| panic!("{text}")).to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_brings_its_keys_region_and_endpoint() {
    let account = Account::open().await;
    let expected = format!(
        "is arn:aws:iam::{}:user/sandbox-admin in us-east-1",
        account.id
    );
    assert_eq!(run(&account, &[(PROFILE, "sandbox-admin")]), expected);
    assert_eq!(run(&account, &[("AWS_PROFILE", "sandbox-admin")]), expected);
    // As with the AWS CLI, a profile that is named wins over keys in the environment.
    let stray = [
        (PROFILE, "sandbox-admin"),
        ("AWS_ACCESS_KEY_ID", "AKIANOSUCHKEY0000000"),
        (
            "AWS_SECRET_ACCESS_KEY",
            "0123456789012345678901234567890123456789",
        ),
    ];
    assert_eq!(run(&account, &stray), expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_profile_is_said() {
    let account = Account::open().await;
    let said = run(&account, &[(PROFILE, "nobody")]);
    assert!(
        said.starts_with("error the AWS profile `nobody` gives no credentials"),
        "{said}"
    );
    let said = run(&account, &[]);
    assert!(
        said.starts_with("error no AWS credentials were found"),
        "{said}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_of_a_profile_is_taken_and_not_shown() {
    let account = Account::open().await;
    let said = run(&account, &[(PROFILE, "sandbox-admin"), (WANTED, "key")]);
    let secret = secrecy::ExposeSecret::expose_secret(&account.admin.secret);
    assert!(
        said.contains(account.admin.id.as_str()) && !said.contains(secret),
        "{said}"
    );
    let said = run(&account, &[(PROFILE, "nobody"), (WANTED, "key")]);
    assert!(said.starts_with("error the AWS profile `nobody`"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_gives_credentials_is_said_to_be_unsupported() {
    let account = Account::open().await;
    let config = account.folder.path().join("aws").join("config");
    let mut text = std::fs::read_to_string(&config).unwrap();
    text.push_str("[profile program]\ncredential_process = /bin/true\n");
    std::fs::write(&config, text).unwrap();
    let said = run(&account, &[(PROFILE, "program")]);
    assert!(
        said.contains("`credential_process`") && !said.contains("cargo"),
        "{said}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_was_written_into_a_profile_works_there() {
    let account = Account::open().await;
    let key = account.user(false).await;
    let path = account.folder.path().join("aws").join("credentials");
    let file = CredentialsFile::open(&path, "Kommander").unwrap();
    assert_eq!(file.replaces(), None);
    file.write(&key).unwrap();
    let environment = [
        (PROFILE, "Kommander"),
        ("AWS_ENDPOINT_URL", &account.endpoint),
    ];
    let expected = format!("is arn:aws:iam::{}:user/Kommander in us-east-1", account.id);
    assert_eq!(run(&account, &environment), expected);
    let admin = [(PROFILE, "sandbox-admin")];
    assert!(run(&account, &admin).contains("user/sandbox-admin"));
    let again = CredentialsFile::open(&path, "Kommander").unwrap();
    assert_eq!(again.replaces(), Some(&key.id));
}
