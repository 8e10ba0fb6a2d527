//! What the report says of an account in each of many states, as a table; and of the page's policy
//! with each of its actions taken out.

use std::collections::BTreeSet;

use commissary_aws::{CheckError, check};
use commissary_core::domain::{
    AccessKey, CheckOptions, CheckRequest, Finding, SecretInput, Verdict,
};
use commissary_core::ports::{CloudError, Silent};
use commissary_permissions::ResourceKind;
use commissary_sandbox::{Partition, SandboxOptions};
use serde_json::{Value, json};

use crate::account::{Account, POLICY, USER, region, selection, statement, way_back};

/// A state of the account, beyond the page's user with its self-check.
#[derive(Debug, Clone, Copy)]
enum State {
    AsBootstrapped,
    Boundary(&'static str),
    GroupDeny(&'static str),
    Scp(&'static str),
    TemporaryKey,
}

/// The state; by which layer something is denied, if anything; and which actions are.
type Row = (State, Option<&'static str>, fn(&str) -> bool);

const ROWS: &[Row] = &[
    (State::AsBootstrapped, None, |_| false),
    (State::TemporaryKey, None, |_| false),
    (
        State::Boundary("ec2:*"),
        Some("permissions boundary"),
        |action| !action.starts_with("ec2:"),
    ),
    (
        State::GroupDeny("ec2:RunInstances"),
        Some("policies"),
        |action| action == "ec2:RunInstances",
    ),
    (
        State::GroupDeny("ec2:Delete*"),
        Some("policies"),
        |action| action.starts_with("ec2:Delete"),
    ),
    (
        State::Scp("eks:*"),
        Some("service control policies"),
        |action| action.starts_with("eks:"),
    ),
];

async fn arranged(state: State) -> (Account, AccessKey) {
    let account = match state {
        State::Scp(denied) => {
            let everything = statement("Allow", "*");
            let deny = statement("Deny", denied);
            Account::open_with(SandboxOptions {
                service_control_policies: Some(vec![vec![everything, deny]]),
                ..SandboxOptions::default()
            })
            .await
        }
        _ => Account::open().await,
    };
    let key = account.user(true).await;
    match state {
        State::AsBootstrapped | State::Scp(_) => {}
        State::Boundary(allowed) => {
            // The self-check has to pass it as well.
            let allowed = statement("Allow", "X")
                .replace("\"X\"", &json!([allowed, "iam:Simulate*"]).to_string());
            let arn = account.create_policy("limit", &allowed).await;
            account.bound(&arn).await;
        }
        State::GroupDeny(denied) => {
            let guard = statement("Deny", denied);
            account.join_group("g").await;
            account.put_group_policy("g", "guard", &guard).await;
        }
        State::TemporaryKey => {
            let session = temporary(&account, &key).await;
            return (account, session);
        }
    }
    (account, key)
}

/// A session of the user (STS GetSessionToken).
async fn temporary(account: &Account, key: &AccessKey) -> AccessKey {
    let sts = aws_sdk_sts::Client::new(&account.sdk_config(key));
    let session = sts.get_session_token().send().await.unwrap();
    let made = session.credentials().unwrap();
    let input = |text: &str| SecretInput::new(text.to_owned());
    let token = Some(input(made.session_token()));
    AccessKey::parse(made.access_key_id(), input(made.secret_access_key()), token)
        .unwrap()
        .0
}

#[tokio::test]
async fn every_state_is_told_as_it_is() {
    for (state, layer, is_denied) in ROWS {
        let (account, key) = arranged(*state).await;
        let result = account.check(&key, true).await;
        let requirements = selection().requirements();
        for (finding, requirement) in result.findings.iter().zip(&requirements) {
            let told = (&finding.verdict, is_denied(&finding.action));
            match told {
                (Verdict::Denied { by }, true) => {
                    assert!(by.layer.contains(layer.unwrap()), "{state:?}: {finding:?}");
                }
                (Verdict::Allowed, false) => {}
                // A key's own policy, the role of Fargate, what a session without a code may call.
                (Verdict::Unverifiable { .. }, _) => {
                    let elsewhere = requirement.also_decided_by.is_some();
                    let role = finding.action == "iam:CreateServiceLinkedRole";
                    let session =
                        matches!(state, State::TemporaryKey) && finding.action.starts_with("iam:");
                    assert!(elsewhere || role || session, "{state:?}: {finding:?}");
                }
                _ => panic!("{state:?}: {finding:?}"),
            }
        }
    }
}

#[tokio::test]
async fn a_key_that_does_not_work_is_told_before_anything_else() {
    let account = Account::open().await;
    let key = account.user(true).await;
    let session = account.session(&key).await;
    let iam = account.iam();
    let call = iam
        .update_access_key()
        .user_name(USER)
        .access_key_id(key.id.as_str());
    call.status("Inactive".into()).send().await.unwrap();
    let refused = session.identify().await.unwrap_err();
    assert!(
        matches!(refused, CloudError::UnknownAccessKey { .. }),
        "{refused}"
    );
    let call = iam
        .delete_access_key()
        .user_name(USER)
        .access_key_id(key.id.as_str());
    call.send().await.unwrap();
    let refused = session.identify().await.unwrap_err();
    assert!(
        matches!(refused, CloudError::UnknownAccessKey { .. }),
        "{refused}"
    );
}

#[tokio::test]
async fn of_a_user_who_is_deleted_meanwhile_nothing_is_said() {
    let account = Account::open().await;
    let subject = account.session(&account.user(true).await).await;
    let request = CheckRequest {
        identity: subject.identify().await.unwrap(),
        region: region(),
        requirements: selection().requirements(),
        options: CheckOptions::default(),
    };
    account.undo(way_back()).await;
    let refused = subject.identify().await.unwrap_err();
    assert!(
        matches!(refused, CloudError::UnknownAccessKey { .. }),
        "{refused}"
    );
    let admin = account.session(&account.admin).await;
    for reader in [None, Some(&admin)] {
        match check(&subject, reader, &request, &Silent).await {
            Err(CheckError::Subject(error)) => assert!(
                matches!(error, CloudError::UnknownAccessKey { .. }),
                "{error}"
            ),
            Err(error) => panic!("{error}"),
            Ok(result) => {
                for finding in result.findings {
                    let unverifiable = matches!(finding.verdict, Verdict::Unverifiable { .. });
                    assert!(unverifiable, "{finding:?}");
                }
            }
        }
    }
}

#[tokio::test]
async fn another_partition_has_its_own_names() {
    let account = Account::open_with(SandboxOptions {
        partition: Some(Partition::China),
        ..SandboxOptions::default()
    })
    .await;
    let china = commissary_core::domain::Region::parse("cn-north-1").unwrap();
    let session =
        commissary_aws::AwsSession::from_key(&account.admin, &china, &account.options()).await;
    let identity = session.identify().await.unwrap();
    assert_eq!(identity.partition.as_str(), "aws-cn");
    let refused = account
        .session(&account.admin)
        .await
        .identify()
        .await
        .unwrap_err();
    assert!(
        matches!(refused, CloudError::UnknownAccessKey { .. }),
        "{refused}"
    );
}

/// The page's policy without one action.
fn without(action: &str) -> String {
    let mut document = selection().policy().as_json().clone();
    let statements = document["Statement"].as_array_mut().unwrap();
    for statement in statements.iter_mut() {
        let actions = statement["Action"].as_array_mut().unwrap();
        actions.retain(|listed| listed != action);
    }
    statements.retain(|statement| statement["Action"] != json!([]));
    document.to_string()
}

#[tokio::test]
async fn each_action_that_is_taken_out_is_named_with_its_kinds_and_no_other() {
    let account = Account::open().await;
    let key = account.user(true).await;
    let arn = format!("arn:aws:iam::{}:policy/{POLICY}", account.id);
    let requirements = selection().requirements();
    let actions: BTreeSet<&str> = requirements.iter().map(|r| r.action.as_str()).collect();
    assert_eq!(actions.len(), 107);
    for action in actions {
        let iam = account.iam();
        let call = iam
            .create_policy_version()
            .policy_arn(&arn)
            .set_as_default(true);
        let made = call.policy_document(without(action)).send().await.unwrap();
        let result = account.check(&key, true).await;
        let denied = result
            .findings
            .iter()
            .filter(|f| matches!(f.verdict, Verdict::Denied { .. }));
        let denied: Vec<&Finding> = denied.collect();
        // What a key's own policy decides too stays unverifiable, and so does the role of Fargate.
        let of = requirements.iter().filter(|r| r.action == action);
        let certain = of.filter(|r| r.also_decided_by.is_none());
        let certain: BTreeSet<&str> = certain.map(|r| r.id.as_str()).collect();
        let named: BTreeSet<&str> = denied.iter().map(|f| f.requirement.as_str()).collect();
        let may_differ = action == "iam:CreateServiceLinkedRole";
        assert!(
            named == certain || (may_differ && named.is_subset(&certain) && !named.is_empty()),
            "{action}: {named:?}"
        );
        for finding in &denied {
            let requirement = requirements
                .iter()
                .find(|r| r.id == finding.requirement)
                .unwrap();
            let kinds = |kind: ResourceKind, also: &[ResourceKind]| (kind, also.to_vec());
            assert_eq!(
                kinds(finding.kind, &finding.also),
                kinds(requirement.kind, &requirement.also)
            );
        }
        // IAM keeps five versions.
        let version = made
            .policy_version()
            .and_then(|version| version.version_id())
            .unwrap();
        let first = iam
            .set_default_policy_version()
            .policy_arn(&arn)
            .version_id("v1");
        first.send().await.unwrap();
        iam.delete_policy_version()
            .policy_arn(&arn)
            .version_id(version)
            .send()
            .await
            .unwrap();
    }
    let whole: Value = serde_json::from_str(&without("nothing")).unwrap();
    assert_eq!(whole, *selection().policy().as_json());
}
