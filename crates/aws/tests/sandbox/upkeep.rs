//! A bootstrap in an account that holds something already, and the way back.

use commissary_aws::BootstrapPlan;
use commissary_core::domain::{
    BootstrapRequest, BootstrapState, BootstrapStep, KeyWish, PlanLine, Planned,
};
use commissary_core::ports::BootstrapError;
use commissary_permissions::release;

use crate::account::{Account, POLICY, USER, request, request_for, statement, way_back};

use BootstrapState::{Changed, Existed, Left, Made, Removed};

/// A bootstrap for other features, or another release.
fn asking(release_id: &str, features: &[&str]) -> BootstrapRequest {
    let features: Vec<String> = features.iter().map(|id| (*id).to_owned()).collect();
    let selection = release(release_id).unwrap().select(&features).unwrap();
    request_for(&selection)
}

fn of(lines: &[PlanLine], step: BootstrapStep) -> Vec<(BootstrapState, String)> {
    let lines = lines.iter().filter(|line| line.step == step);
    lines
        .map(|line| (line.state, line.detail.clone()))
        .collect()
}

fn states(lines: &[PlanLine], step: BootstrapStep) -> Vec<BootstrapState> {
    of(lines, step)
        .into_iter()
        .map(|(state, _)| state)
        .collect()
}

async fn planned(account: &Account, request: BootstrapRequest) -> Planned {
    account.plan(request).await.unwrap()
}

#[tokio::test]
async fn its_own_policy_gets_a_new_version_and_the_oldest_goes_when_five_are_full() {
    let account = Account::open().await;
    account.bootstrap(request()).await;
    let choices = ["ec2", "eks"].repeat(3);
    for (turn, feature) in choices.into_iter().enumerate() {
        let features = &[feature][..];
        let plan = planned(&account, asking("kommander-2.2", features)).await;
        let policy = of(&plan.lines, BootstrapStep::Policy);
        assert_eq!(policy[0].0, Changed);
        assert_eq!(
            policy[0].1.contains("its oldest version `v"),
            turn >= 4,
            "{turn}: {policy:?}"
        );
        account.bootstrap(asking("kommander-2.2", features)).await;
        let again = planned(&account, asking("kommander-2.2", features)).await;
        assert!(!again.changes());
    }
    let arn = format!("arn:aws:iam::{}:policy/{POLICY}", account.id);
    let versions = account
        .iam()
        .list_policy_versions()
        .policy_arn(&arn)
        .send()
        .await
        .unwrap();
    assert_eq!(versions.versions().len(), 5);
    assert!(
        versions
            .versions()
            .iter()
            .any(|version| version.is_default_version() && version.version_id() == Some("v7"))
    );
}

#[tokio::test]
async fn what_others_made_is_changed_when_asked_for_only() {
    let account = Account::open().await;
    account
        .create_policy(POLICY, &statement("Allow", "s3:*"))
        .await;
    let admin = account.session(&account.admin).await;
    let refused = BootstrapPlan::prepare(&admin, request()).await.unwrap_err();
    assert!(
        matches!(refused, BootstrapError::Other { what: "policy", .. }),
        "{refused}"
    );
    let willing = BootstrapRequest {
        change_others: true,
        ..request()
    };
    let plan = planned(&account, willing).await;
    assert_eq!(states(&plan.lines, BootstrapStep::Policy), [Changed]);
    let undo = plan
        .lines
        .iter()
        .find_map(|line| line.undo.as_ref().filter(|undo| undo.contains("v1")));
    assert!(undo.is_some());
}

#[tokio::test]
async fn a_policy_that_is_too_large_is_split_and_parts_that_are_not_needed_go() {
    let account = Account::open().await;
    let large = || asking("capa-2.11", &[]);
    account.bootstrap(large()).await;
    let plan = planned(&account, large()).await;
    assert!(!plan.changes());
    assert!(states(&plan.lines, BootstrapStep::Policy).len() > 1);
    let small = planned(&account, asking("capa-2.11", &["ec2"])).await;
    let policies = of(&small.lines, BootstrapStep::Policy);
    assert_eq!(
        policies.iter().filter(|(state, _)| *state == Made).count(),
        1
    );
    assert!(
        policies
            .iter()
            .filter(|(state, _)| *state == Removed)
            .count()
            > 1
    );
    account.bootstrap(asking("capa-2.11", &["ec2"])).await;
    let request = account.iam().list_attached_user_policies().user_name(USER);
    let attached = request.send().await.unwrap();
    let names: Vec<_> = attached
        .attached_policies()
        .iter()
        .map(|policy| policy.policy_name().unwrap())
        .collect();
    assert_eq!(names, [POLICY]);
}

#[tokio::test]
async fn a_user_that_was_there_keeps_what_it_has() {
    let account = Account::open().await;
    account.create_user(USER).await;
    account
        .put_user_policy("own", &statement("Allow", "s3:*"))
        .await;
    let plan = planned(&account, request()).await;
    let (state, detail) = of(&plan.lines, BootstrapStep::User).remove(0);
    assert_eq!(state, Existed);
    assert!(
        detail.contains("`own`") && detail.contains("`--undo` will leave it"),
        "{detail}"
    );
    account.bootstrap(request()).await;

    let plan = account.plan_undo(way_back()).await;
    assert_eq!(states(&plan.lines, BootstrapStep::User), [Left]);
    assert_eq!(states(&plan.lines, BootstrapStep::AccessKey), [Left]);
    assert_eq!(states(&plan.lines, BootstrapStep::Policy), [Removed]);
    account.undo(way_back()).await;
    let left = account
        .iam()
        .get_user_policy()
        .user_name(USER)
        .policy_name("own");
    assert!(left.send().await.is_ok());
    assert!(!account.plan_undo(way_back()).await.changes());
}

#[tokio::test]
async fn undo_leaves_what_others_use_and_says_so() {
    let account = Account::open().await;
    let mut request = request();
    request.blueprint.self_check = true;
    account.bootstrap(request).await;
    account
        .put_user_policy("added-later", &statement("Allow", "s3:*"))
        .await;
    let arn = format!("arn:aws:iam::{}:policy/{POLICY}", account.id);
    let iam = account.iam();
    iam.attach_user_policy()
        .user_name("sandbox-admin")
        .policy_arn(&arn)
        .send()
        .await
        .unwrap();
    account.undo(way_back()).await;
    let plan = account.plan_undo(way_back()).await;
    let (state, detail) = of(&plan.lines, BootstrapStep::User).remove(0);
    assert_eq!(state, Left);
    assert!(detail.contains("added-later"), "{detail}");
    let (state, detail) = of(&plan.lines, BootstrapStep::Policy).remove(0);
    assert_eq!(state, Left);
    assert!(detail.contains("1 other users"), "{detail}");
    assert!(!plan.changes());
    let keys = iam.list_access_keys().user_name(USER).send().await.unwrap();
    assert!(keys.access_key_metadata().is_empty());
    let inline = iam
        .list_user_policies()
        .user_name(USER)
        .send()
        .await
        .unwrap();
    assert_eq!(inline.policy_names(), ["added-later"]);
}

#[tokio::test]
async fn everything_goes_when_everything_was_made() {
    let account = Account::open().await;
    let mut request = request();
    request.blueprint.self_check = true;
    account.bootstrap(request).await;
    account.undo(way_back()).await;
    assert!(
        account
            .iam()
            .get_user()
            .user_name(USER)
            .send()
            .await
            .is_err()
    );
    assert!(account.plan_undo(way_back()).await.lines.is_empty());
}

#[tokio::test]
async fn a_boundary_bounds_a_new_user_and_is_set_on_one_that_was_made() {
    let account = Account::open().await;
    let boundary = account
        .create_policy("limit", &statement("Allow", "ec2:*"))
        .await;
    let bounded = |arn: &str| {
        let mut request = request();
        request.blueprint.permissions_boundary = Some(arn.to_owned());
        request
    };
    account.bootstrap(bounded(&boundary)).await;
    let of_user = async || {
        let user = account
            .iam()
            .get_user()
            .user_name(USER)
            .send()
            .await
            .unwrap();
        let boundary = user
            .user()
            .and_then(|user| user.permissions_boundary().cloned());
        boundary.and_then(|boundary| boundary.permissions_boundary_arn().map(str::to_owned))
    };
    assert_eq!(of_user().await, Some(boundary.clone()));
    let other = account
        .create_policy("other", &statement("Allow", "s3:*"))
        .await;
    let plan = planned(&account, bounded(&other)).await;
    assert_eq!(states(&plan.lines, BootstrapStep::Boundary), [Changed]);
    account.bootstrap(bounded(&other)).await;
    assert_eq!(of_user().await, Some(other));
}

#[tokio::test]
async fn a_key_is_replaced_when_it_is_named() {
    let account = Account::open().await;
    let first = account.user(false).await;
    let in_place = |key: &commissary_core::domain::AccessKey| BootstrapRequest {
        key: KeyWish::InPlaceOf(key.id.clone()),
        ..request()
    };
    let (outcome, _) = account.bootstrap(in_place(&first)).await;
    let second = outcome.access_key.unwrap();
    assert!(outcome.known_keys.is_empty());
    let keys = account
        .iam()
        .list_access_keys()
        .user_name(USER)
        .send()
        .await
        .unwrap();
    let ids: Vec<_> = keys
        .access_key_metadata()
        .iter()
        .filter_map(|key| key.access_key_id())
        .collect();
    assert_eq!(ids, [second.id.as_str()]);
    let admin = account.session(&account.admin).await;
    let refused = BootstrapPlan::prepare(&admin, in_place(&first))
        .await
        .unwrap_err();
    assert!(
        matches!(refused, BootstrapError::NoSuchKey { .. }),
        "{refused}"
    );
}
