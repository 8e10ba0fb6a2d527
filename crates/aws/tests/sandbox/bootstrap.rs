//! The page's four commands as one.

use commissary_aws::BootstrapPlan;
use commissary_core::domain::{
    BootstrapEvent, BootstrapRequest, BootstrapState, BootstrapStep, KeyWish, LastUsed,
};
use commissary_core::ports::{BootstrapError, CloudError};
use commissary_permissions::SELF_CHECK_POLICY;

use crate::account::{Account, POLICY, USER, request};

fn states(events: &[BootstrapEvent]) -> Vec<(BootstrapStep, BootstrapState)> {
    events
        .iter()
        .map(|event| (event.step, event.state))
        .collect()
}

use BootstrapState::{Changed, Existed, Made};
use BootstrapStep::{AccessKey, Attachment, Policy, SelfCheck, User};

#[tokio::test]
async fn the_four_commands_make_a_user_that_works() {
    let account = Account::open().await;
    let (outcome, events) = account.bootstrap(request()).await;
    assert_eq!(
        states(&events),
        [
            (User, Made),
            (Policy, Made),
            (Attachment, Made),
            (AccessKey, Made)
        ]
    );
    assert_eq!(
        outcome.user_arn,
        format!("arn:aws:iam::{}:user/{USER}", account.id)
    );
    assert_eq!(
        outcome.policy_arns,
        [format!("arn:aws:iam::{}:policy/{POLICY}", account.id)]
    );
    let key = outcome.access_key.unwrap();
    let identity = account.session(&key).await.identify().await.unwrap();
    assert_eq!(identity.principal_arn, outcome.user_arn);
    for event in &events {
        assert!(
            !event
                .detail
                .contains(secrecy::ExposeSecret::expose_secret(&key.secret))
        );
    }
}

#[tokio::test]
async fn a_second_run_changes_nothing_and_says_which_key_there_is() {
    let account = Account::open().await;
    let first = account.user(false).await;
    let (outcome, events) = account.bootstrap(request()).await;
    let existed = [
        (User, Existed),
        (Policy, Existed),
        (Attachment, Existed),
        (AccessKey, Existed),
    ];
    assert_eq!(states(&events), existed);
    assert!(outcome.access_key.is_none());
    let [known] = &outcome.known_keys[..] else {
        panic!("{:?}", outcome.known_keys);
    };
    assert_eq!((&known.id, known.last_used), (&first.id, LastUsed::Never));
    let said = &events.last().unwrap().detail;
    for part in [first.id.as_str(), "never used", "--new-key", "active"] {
        assert!(said.contains(part), "{said}");
    }
}

#[tokio::test]
async fn a_run_that_was_killed_goes_on() {
    let account = Account::open().await;
    account.create_user(USER).await;
    let (_, events) = account.bootstrap(request()).await;
    assert_eq!(
        states(&events),
        [
            (User, Existed),
            (Policy, Made),
            (Attachment, Made),
            (AccessKey, Made)
        ]
    );

    let account = Account::open().await;
    account.create_user(USER).await;
    account
        .create_policy(POLICY, &crate::account::selection().policy().to_compact())
        .await;
    let (_, events) = account.bootstrap(request()).await;
    assert_eq!(
        states(&events),
        [
            (User, Existed),
            (Policy, Existed),
            (Attachment, Made),
            (AccessKey, Made)
        ]
    );
}

#[tokio::test]
async fn a_policy_in_another_path_and_in_other_white_space_is_the_same() {
    let account = Account::open().await;
    let call = account
        .iam()
        .create_policy()
        .policy_name("Kommander-Policy")
        .path("/teams/");
    let pretty = crate::account::selection().policy().to_pretty();
    let made = call.policy_document(pretty).send().await.unwrap();
    let (outcome, _) = account.bootstrap(request()).await;
    let made = made.policy().and_then(|policy| policy.arn()).unwrap();
    assert_eq!(outcome.policy_arns, [made]);
}

#[tokio::test]
async fn a_policy_that_says_something_else_stops_it_before_anything_is_made() {
    let account = Account::open().await;
    let other =
        r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}"#;
    let arn = account.create_policy(POLICY, other).await;
    let admin = account.session(&account.admin).await;
    let refused = BootstrapPlan::prepare(&admin, request()).await.unwrap_err();
    assert!(
        matches!(&refused, BootstrapError::Other { name, .. } if *name == arn),
        "{refused}"
    );
    let users = account.iam().list_users().send().await.unwrap();
    assert!(users.users().iter().all(|user| user.user_name() != USER));
}

#[tokio::test]
async fn a_plan_tells_and_changes_nothing() {
    let account = Account::open().await;
    let plan = account.plan(request()).await.unwrap();
    assert!(plan.makes_key);
    assert!(plan.changes() && plan.lines.iter().all(|line| line.state == Made));
    assert!(plan.lines.iter().all(|line| line.undo.is_some()));
    assert_eq!(plan.administrator.account_id, account.id);
    let users = account.iam().list_users().send().await.unwrap();
    assert!(users.users().iter().all(|user| user.user_name() != USER));
}

#[tokio::test]
async fn a_further_key_is_made_when_asked_for_and_a_third_is_refused() {
    let account = Account::open().await;
    let first = account.user(false).await;
    let again = || BootstrapRequest {
        key: KeyWish::Another,
        ..request()
    };
    let (outcome, _) = account.bootstrap(again()).await;
    let second = outcome.access_key.unwrap();
    assert_ne!(first.id, second.id);
    let admin = account.session(&account.admin).await;
    let refused = BootstrapPlan::prepare(&admin, again()).await.unwrap_err();
    let said = refused.to_string();
    assert!(matches!(refused, BootstrapError::KeyLimit { .. }), "{said}");
    assert!(
        said.contains(first.id.as_str()) && said.contains(second.id.as_str()),
        "{said}"
    );
    // Made in the same second, either may be called the one that is unused longest.
    assert!(said.contains("--replace-key AKIA"), "{said}");
}

#[tokio::test]
async fn the_self_check_policy_is_put_once_and_mended() {
    let account = Account::open().await;
    let with_self_check = || {
        let mut request = request();
        request.blueprint.self_check = true;
        request
    };
    let of = |events: &[BootstrapEvent]| {
        let mut events = events.iter().filter(|event| event.step == SelfCheck);
        events.next().map(|event| event.state)
    };
    assert_eq!(
        of(&account.bootstrap(with_self_check()).await.1),
        Some(Made)
    );
    assert_eq!(
        of(&account.bootstrap(with_self_check()).await.1),
        Some(Existed)
    );
    assert_eq!(of(&account.bootstrap(request()).await.1), None);
    let other = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:GetUser","Resource":"*"}}"#;
    account.put_user_policy(SELF_CHECK_POLICY, other).await;
    assert_eq!(
        of(&account.bootstrap(with_self_check()).await.1),
        Some(Changed)
    );
    assert_eq!(
        of(&account.bootstrap(with_self_check()).await.1),
        Some(Existed)
    );
}

#[tokio::test]
async fn who_may_not_is_told_which_right_is_missing() {
    let account = Account::open().await;
    let key = account.user(false).await;
    let user = account.session(&key).await;
    let refused = BootstrapPlan::prepare(&user, request()).await.unwrap_err();
    let BootstrapError::Cloud(CloudError::Denied { action, .. }) = &refused else {
        panic!("{refused}");
    };
    assert_eq!(action, "iam:ListPolicies");
}
