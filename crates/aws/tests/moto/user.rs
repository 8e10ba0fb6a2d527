//! A user from nothing to its report.

use commissary_aws::{AwsSession, BootstrapPlan};
use commissary_core::domain::{
    AccessKey, BootstrapRequest, BootstrapState, KeyWish, Rung, Verdict,
};
use commissary_permissions::{Blueprint, PolicyOptions};

use crate::server::{Moto, allowed, any_key, checked, selection};
use crate::standby::{Standby, WORDS};

#[expect(clippy::disallowed_methods, reason = "a test has no Clock port")]
fn request() -> BootstrapRequest {
    let selection = selection();
    let options = PolicyOptions {
        form: selection.release().form(),
        narrowing: None,
    };
    let parts = selection.policies(&options).parts;
    let mut blueprint = Blueprint::of_user("aws", "Kommander", "kommander-policy", &parts);
    blueprint.self_check = true;
    BootstrapRequest {
        blueprint,
        policy_name: "kommander-policy".to_owned(),
        change_others: false,
        key: KeyWish::IfNone,
        interrupted: None,
        kept: Vec::new(),
        now: jiff::Timestamp::now(),
        words: WORDS,
        move_user: false,
    }
}

pub(crate) async fn bootstrap(admin: &AwsSession) -> (Option<AccessKey>, Vec<BootstrapState>) {
    let plan = BootstrapPlan::prepare(admin, request()).await.unwrap();
    let keeper = Standby::default();
    let outcome = plan.apply(admin, &keeper).await.unwrap();
    let states = keeper.events().into_iter().map(|event| event.state);
    assert_eq!(
        outcome.policy_arns,
        ["arn:aws:iam::123456789012:policy/kommander-policy"]
    );
    (outcome.access_key, states.collect())
}

#[tokio::test]
async fn bootstrap_twice_then_read_what_is_there() {
    let moto = Moto::start().await;
    let admin = moto.session(&any_key()).await;
    assert_eq!(admin.identify().await.unwrap().account_id, "123456789012");

    let (key, states) = bootstrap(&admin).await;
    assert_eq!(states, [BootstrapState::Made; 5]);
    let key = key.unwrap();
    let identity = moto.session(&key).await.identify().await.unwrap();
    assert_eq!(
        identity.principal_arn,
        "arn:aws:iam::123456789012:user/Kommander"
    );
    let (no_key, states) = bootstrap(&admin).await;
    assert_eq!(states, [BootstrapState::Existed; 5]);
    assert!(no_key.is_none());

    let result = checked(&moto, &key, &admin).await;
    assert!(!result.rungs[1].gave_evidence, "{}", result.rungs[1].said);
    assert!(result.rungs[2].gave_evidence, "{}", result.rungs[2].said);
    assert_eq!(allowed(&result), 111);
    let mut evidence = result
        .findings
        .iter()
        .filter_map(|finding| finding.evidence.as_ref());
    assert!(evidence.all(|evidence| evidence.rung == Rung::Policies));
}

#[tokio::test]
async fn policies_of_groups_are_read() {
    let moto = Moto::start().await;
    let admin = moto.session(&any_key()).await;
    let key = bootstrap(&admin).await.0.unwrap();
    let iam = moto.iam();
    let statement = |effect: &str, action: &str| {
        format!(
            r#"{{"Version":"2012-10-17","Statement":{{"Effect":"{effect}","Action":"{action}","Resource":"*"}}}}"#
        )
    };
    iam.create_group()
        .group_name("builders")
        .send()
        .await
        .unwrap();
    let call = iam
        .add_user_to_group()
        .group_name("builders")
        .user_name("Kommander");
    call.send().await.unwrap();
    let call = iam
        .put_group_policy()
        .group_name("builders")
        .policy_name("guard");
    let guard = statement("Deny", "ec2:RunInstances");
    call.policy_document(guard).send().await.unwrap();
    let call = iam.attach_group_policy().group_name("builders");
    let readers = moto
        .create_policy("readers", &statement("Deny", "ec2:DescribeVpcs"))
        .await;
    call.policy_arn(readers).send().await.unwrap();

    let result = checked(&moto, &key, &admin).await;
    let by = |action: &str| {
        let mut findings = result
            .findings
            .iter()
            .filter(|finding| finding.action == action);
        match &findings.next().unwrap().verdict {
            Verdict::Denied { by } => (by.layer.clone(), by.statements.join(" ")),
            other => panic!("{action}: {other:?}"),
        }
    };
    let (layer, statements) = by("ec2:RunInstances");
    assert_eq!(layer, "group policies");
    assert!(statements.contains("builders/inline:guard"), "{statements}");
    assert!(by("ec2:DescribeVpcs").1.contains("`readers`"));
    let ec2 = result
        .findings
        .iter()
        .find(|finding| finding.action == "ec2:CreateVpc");
    assert_eq!(ec2.unwrap().verdict, Verdict::Allowed);
}
