//! A user that is elsewhere in the tree of paths, and a key that cannot be kept.

use commissary_aws::BootstrapPlan;
use commissary_core::domain::{BootstrapRequest, BootstrapState, BootstrapStep, PlanLine};
use commissary_core::ports::BootstrapError;

use crate::account::{Account, USER, request};
use crate::standby::Standby;

use BootstrapState::{Changed, Existed, Made};

fn at(path: &str) -> BootstrapRequest {
    let mut request = request();
    request.blueprint.path = path.to_owned();
    request.move_user = true;
    request
}

fn of_user(lines: &[PlanLine]) -> Vec<(BootstrapState, &str)> {
    let lines = lines.iter();
    let of_user = lines.filter(|line| line.step == BootstrapStep::User);
    of_user
        .map(|line| (line.state, line.detail.as_str()))
        .collect()
}

#[tokio::test]
async fn a_user_that_was_made_is_moved_and_its_self_check_follows() {
    let account = Account::open().await;
    account.user(true).await;
    // Without a wish it stays where it is, and nothing is said.
    let mut elsewhere = at("/clusters/");
    elsewhere.move_user = false;
    let plan = account.plan(elsewhere).await.unwrap();
    assert!(!plan.changes(), "{plan:?}");
    let plan = account.plan(at("/clusters/")).await.unwrap();
    let arn = format!("arn:aws:iam::{}:user/clusters/{USER}", account.id);
    let [(Existed, _), (Changed, detail)] = of_user(&plan.lines)[..] else {
        panic!("{plan:?}");
    };
    assert!(
        detail.contains("from the path `/` to `/clusters/`") && detail.contains(&arn),
        "{detail}"
    );
    let (outcome, events) = account.bootstrap(at("/clusters/")).await;
    assert_eq!(outcome.user_arn, arn);
    let self_check = events
        .iter()
        .find(|event| event.step == BootstrapStep::SelfCheck);
    assert_eq!(self_check.unwrap().state, Changed);
    assert!(!account.plan(at("/clusters/")).await.unwrap().changes());
    let user = account
        .iam()
        .get_user()
        .user_name(USER)
        .send()
        .await
        .unwrap();
    assert_eq!(user.user().unwrap().arn(), arn);
}

#[tokio::test]
async fn a_user_of_others_is_moved_when_asked_for_only() {
    let account = Account::open().await;
    account.create_user(USER).await;
    let plan = account.plan(at("/clusters/")).await.unwrap();
    let [(Existed, detail)] = of_user(&plan.lines)[..] else {
        panic!("{plan:?}");
    };
    assert!(
        detail.contains("it stays at the path `/`, not `/clusters/`")
            && detail.contains("`--change-others`"),
        "{detail}"
    );
    let mut willing = at("/clusters/");
    willing.change_others = true;
    let plan = account.plan(willing).await.unwrap();
    assert_eq!(of_user(&plan.lines)[1].0, Changed);
}

#[tokio::test]
async fn a_key_that_cannot_be_kept_is_taken_back() {
    let account = Account::open().await;
    let admin = account.session(&account.admin).await;
    let plan = BootstrapPlan::prepare(&admin, request()).await.unwrap();
    let keeper = Standby {
        refuses: true,
        ..Standby::default()
    };
    let refused = plan.apply(&admin, &keeper).await.unwrap_err();
    assert!(
        matches!(&refused, BootstrapError::NotKept(why) if why == "there is no room"),
        "{refused}"
    );
    assert!(!refused.may_have_left_a_key());
    let keys = account
        .iam()
        .list_access_keys()
        .user_name(USER)
        .send()
        .await;
    assert!(keys.unwrap().access_key_metadata().is_empty());
    assert!(keeper.events().iter().all(|event| event.state == Made));
    account.user(false).await;
}
