//! What a bootstrap did not make stays as it is, and what it made is found again.

use aws_sdk_iam::types::Tag as SdkTag;
use commissary_core::domain::{
    BootstrapRequest, BootstrapState, BootstrapStep, PlanLine, UndoRequest,
};
use commissary_core::ports::BootstrapError;
use commissary_permissions::{Blueprint, OWNER_TAG, SELF_CHECK_POLICY, Tag};

use crate::account::{Account, POLICY, USER, request, selection, statement};

use BootstrapState::{Changed, Existed, Left, Made, Removed};

const NODES: &str = "nodes.cluster-api-provider-aws.sigs.k8s.io";
const CONTROLLERS: &str = "controllers.cluster-api-provider-aws.sigs.k8s.io";
const SSM: &str = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";

fn with_roles() -> BootstrapRequest {
    let mut request = request();
    request.blueprint = request.blueprint.with_node_roles(&selection());
    request
}

fn way_back(policy_name: &str) -> UndoRequest {
    let blueprint = Blueprint::of_user("aws", USER, policy_name, &[]);
    UndoRequest {
        blueprint: blueprint.with_node_roles(&selection()),
        policy_name: policy_name.to_owned(),
    }
}

/// The lines of a step that are about something of a name.
fn about<'a>(lines: &'a [PlanLine], step: BootstrapStep, name: &str) -> Vec<&'a PlanLine> {
    let named = format!("`{name}`");
    let lines = lines.iter().filter(|line| line.step == step);
    lines.filter(|line| line.detail.contains(&named)).collect()
}

#[track_caller]
fn one<'a>(lines: &'a [PlanLine], step: BootstrapStep, name: &str) -> (BootstrapState, &'a str) {
    let [line] = about(lines, step, name)[..] else {
        panic!("{name}: {lines:?}");
    };
    (line.state, &line.detail)
}

#[tokio::test]
async fn roles_and_profiles_are_made_kept_and_undone() {
    let account = Account::open().await;
    account.bootstrap(with_roles()).await;
    assert!(!account.plan(with_roles()).await.unwrap().changes());
    account.undo(way_back(POLICY)).await;
    assert!(account.plan_undo(way_back(POLICY)).await.lines.is_empty());
    let roles = account.iam().list_roles().send().await.unwrap();
    assert!(roles.roles().iter().all(|role| role.role_name() != NODES));
}

#[tokio::test]
async fn a_role_of_others_is_left_and_what_it_lacks_is_told() {
    let account = Account::open().await;
    let wanted = with_roles();
    let role = |name: &str| {
        let mut roles = wanted.blueprint.roles.iter();
        roles.find(|role| role.name == name).unwrap().trust()
    };
    let iam = account.iam();
    iam.create_role()
        .role_name(NODES)
        .assume_role_policy_document(role(NODES).to_string())
        .send()
        .await
        .unwrap();
    let planned = account.plan(with_roles()).await.unwrap();
    let (state, detail) = one(&planned.lines, BootstrapStep::Role, NODES);
    assert_eq!(state, Left);
    assert!(detail.contains("it lacks"), "{detail}");
    account.bootstrap(with_roles()).await;
    let attached = iam.list_attached_role_policies().role_name(NODES);
    let attached = attached.send().await.unwrap();
    assert!(attached.attached_policies().is_empty());

    let mut bounded = with_roles();
    bounded.blueprint.permissions_boundary = Some(
        account
            .create_policy("limit", &statement("Allow", "ec2:*"))
            .await,
    );
    let refused = account.plan(bounded.clone()).await.unwrap_err();
    let BootstrapError::NotBounded { what, name, .. } = &refused else {
        panic!("{refused}");
    };
    assert_eq!((*what, name.as_str()), ("role", NODES));
    bounded.change_others = true;
    let planned = account.plan(bounded).await.unwrap();
    assert_eq!(one(&planned.lines, BootstrapStep::Role, NODES).0, Changed);
    let ours = one(&planned.lines, BootstrapStep::Role, CONTROLLERS);
    assert!(ours.1.contains("boundary is set"), "{}", ours.1);

    account.undo(way_back(POLICY)).await;
    assert!(iam.get_role().role_name(NODES).send().await.is_ok());
    assert!(iam.get_role().role_name(CONTROLLERS).send().await.is_err());
}

#[tokio::test]
async fn a_role_that_others_gave_something_stays_with_its_profile() {
    let account = Account::open().await;
    account.bootstrap(with_roles()).await;
    let iam = account.iam();
    let attach = iam.attach_role_policy().role_name(NODES).policy_arn(SSM);
    attach.send().await.unwrap();
    let planned = account.plan_undo(way_back(POLICY)).await;
    let (state, detail) = one(&planned.lines, BootstrapStep::Role, NODES);
    assert_eq!(state, Left);
    assert!(detail.contains(SSM), "{detail}");
    let profile = about(&planned.lines, BootstrapStep::InstanceProfile, NODES);
    assert!(profile.iter().all(|line| line.state == Left), "{profile:?}");
    account.undo(way_back(POLICY)).await;
    let kept = iam.get_instance_profile().instance_profile_name(NODES);
    let kept = kept.send().await.unwrap();
    assert_eq!(kept.instance_profile().unwrap().roles().len(), 1);
    assert!(!account.plan_undo(way_back(POLICY)).await.changes());
}

#[tokio::test]
async fn policies_of_every_name_that_were_made_for_the_user_are_undone() {
    let account = Account::open().await;
    account.bootstrap(request()).await;
    let parts = selection().policies(&commissary_permissions::PolicyOptions {
        form: selection().release().form(),
        narrowing: None,
    });
    let named = |name: &str| BootstrapRequest {
        blueprint: Blueprint::of_user("aws", USER, name, &parts.parts),
        policy_name: name.to_owned(),
        ..request()
    };
    account.bootstrap(named("second")).await;
    account.bootstrap(named("third")).await;
    // A run was killed after it had detached this one.
    let iam = account.iam();
    let arn = format!("arn:aws:iam::{}:policy/second", account.id);
    let detach = iam.detach_user_policy().user_name(USER).policy_arn(&arn);
    detach.send().await.unwrap();
    account.undo(way_back("third")).await;
    let policies = iam.list_policies().scope("Local".into()).send().await;
    let policies = policies.unwrap();
    let names = policies
        .policies()
        .iter()
        .filter_map(|its| its.policy_name());
    let left: Vec<_> = names
        .filter(|name| [POLICY, "second", "third"].contains(name))
        .collect();
    assert!(left.is_empty(), "{left:?}");
    assert!(iam.get_user().user_name(USER).send().await.is_err());
}

#[tokio::test]
async fn a_policy_that_was_there_is_detached_and_stays() {
    let account = Account::open().await;
    let document = selection().policy().to_compact();
    let arn = account.create_policy(POLICY, &document).await;
    let planned = account.plan(request()).await.unwrap();
    let (state, detail) = one(&planned.lines, BootstrapStep::Policy, &arn);
    assert_eq!(state, Existed);
    assert!(detail.contains("`--undo` will leave it"), "{detail}");
    account.bootstrap(request()).await;
    account.undo(way_back(POLICY)).await;
    let iam = account.iam();
    assert!(iam.get_policy().policy_arn(&arn).send().await.is_ok());
    assert!(iam.get_user().user_name(USER).send().await.is_err());
}

#[tokio::test]
async fn a_policy_that_bounds_somebody_stays() {
    let account = Account::open().await;
    account.bootstrap(request()).await;
    let arn = format!("arn:aws:iam::{}:policy/{POLICY}", account.id);
    let other = account.iam().create_user().user_name("other");
    let other = other.permissions_boundary(&arn).send().await;
    other.unwrap();
    let planned = account.plan_undo(way_back(POLICY)).await;
    let policies = about(&planned.lines, BootstrapStep::Policy, &arn);
    assert!(policies[0].detail.contains("it bounds 1"), "{policies:?}");
    account.undo(way_back(POLICY)).await;
    let kept = account.iam().get_policy().policy_arn(&arn).send().await;
    assert!(kept.is_ok());
}

#[tokio::test]
async fn a_self_check_that_says_something_else_is_told_before_it_is_replaced_and_never_undone() {
    let account = Account::open().await;
    account.bootstrap(request()).await;
    account
        .put_user_policy(SELF_CHECK_POLICY, &statement("Allow", "iam:GetUser"))
        .await;
    let planned = account.plan_undo(way_back(POLICY)).await;
    let named = one(&planned.lines, BootstrapStep::SelfCheck, SELF_CHECK_POLICY);
    assert_eq!(named.0, Left);
    account.undo(way_back(POLICY)).await;
    let kept = account.iam().get_user_policy().user_name(USER);
    assert!(kept.policy_name(SELF_CHECK_POLICY).send().await.is_ok());
    let mut again = request();
    again.blueprint.self_check = true;
    let planned = account.plan(again).await.unwrap();
    let named = one(&planned.lines, BootstrapStep::SelfCheck, SELF_CHECK_POLICY);
    assert_eq!(named.0, Changed);
    assert!(named.1.contains("in place of what it says now"));
}

#[tokio::test]
async fn a_name_that_differs_in_case_only_is_refused_before_anything_is_made() {
    let account = Account::open().await;
    account.create_user("KOMMANDER").await;
    let refused = account.plan(request()).await.unwrap_err();
    assert!(
        matches!(&refused, BootstrapError::OtherCase { there, .. } if there == "KOMMANDER"),
        "{refused}"
    );
    assert!(refused.to_string().contains("`KOMMANDER`"));
}

#[tokio::test]
async fn tags_are_added_to_what_was_made_and_to_nothing_else() {
    let account = Account::open().await;
    let made = with_roles();
    account.bootstrap(made).await;
    let iam = account.iam();
    let other = SdkTag::builder().key(OWNER_TAG).value("other");
    iam.tag_role()
        .role_name(NODES)
        .tags(other.build().unwrap())
        .send()
        .await
        .unwrap();
    let tagged = || {
        let mut request = with_roles();
        request.blueprint.tags.push(Tag {
            key: "team".to_owned(),
            value: "platform".to_owned(),
        });
        request
    };
    let planned = account.plan(tagged()).await.unwrap();
    assert!(about(&planned.lines, BootstrapStep::Tags, CONTROLLERS).len() == 2);
    let nodes = about(&planned.lines, BootstrapStep::Tags, NODES);
    assert_eq!(nodes.len(), 1, "its profile alone: {nodes:?}");
    account.bootstrap(tagged()).await;
    let user = iam.get_user().user_name(USER).send().await.unwrap();
    let keys: Vec<_> = user
        .user()
        .unwrap()
        .tags()
        .iter()
        .map(SdkTag::key)
        .collect();
    assert!(keys.contains(&"team") && keys.contains(&OWNER_TAG));
    assert!(!account.plan(tagged()).await.unwrap().changes());
}

#[tokio::test]
async fn a_user_of_others_gets_no_boundary_unasked() {
    let account = Account::open().await;
    account.create_user(USER).await;
    let mut bounded = request();
    bounded.blueprint.permissions_boundary = Some(
        account
            .create_policy("limit", &statement("Allow", "ec2:*"))
            .await,
    );
    let refused = account.plan(bounded.clone()).await.unwrap_err();
    assert!(
        matches!(refused, BootstrapError::NotBounded { what: "user", .. }),
        "{refused}"
    );
    bounded.change_others = true;
    let planned = account.plan(bounded).await.unwrap();
    let boundary = planned.lines.iter();
    let mut boundary = boundary.filter(|line| line.step == BootstrapStep::Boundary);
    assert_eq!(boundary.next().unwrap().state, Made);
    assert!(planned.lines.iter().all(|line| line.state != Removed));
}
