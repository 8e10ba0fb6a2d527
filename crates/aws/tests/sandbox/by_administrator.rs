//! Checks with an administrator's credential.

use commissary_aws::{CheckError, check};
use commissary_core::domain::{CheckEvent, CheckOptions, CheckRequest, CheckResult, Rung, Verdict};
use commissary_core::ports::{CloudError, Silent};
use commissary_permissions::ResourceKind;

use crate::account::{
    Account, Heard, USER, counts, region, request, selection, statement, verdict, with_wrong_secret,
};

#[tokio::test]
async fn the_pages_user_is_allowed_all_that_policies_decide() {
    let account = Account::open().await;
    let key = account.user(false).await;
    let heard = Heard::default();
    let result = account.check_telling(&key, true, &heard).await;
    // Unverifiable: two actions of KMS, which key policies decide, and the role of Fargate, where
    // the page and AWS name different ARNs.
    assert_eq!(counts(&result), [111, 0, 0, 3]);
    let open: Vec<&str> = result
        .findings
        .iter()
        .filter(|finding| finding.verdict != Verdict::Allowed)
        .map(|finding| finding.requirement.as_str())
        .collect();
    assert_eq!(open.len(), 3);
    assert!(
        open.iter().filter(|id| id.starts_with("kms:")).count() == 2,
        "{open:?}"
    );
    assert!(open.iter().any(|id| id.contains("fargate")), "{open:?}");
    let evidence = |finding: &commissary_core::domain::Finding| finding.evidence.clone().unwrap();
    assert!(
        result
            .findings
            .iter()
            .all(|finding| evidence(finding).rung == Rung::Simulation)
    );
    let gave: Vec<bool> = result.rungs.iter().map(|rung| rung.gave_evidence).collect();
    assert_eq!(gave, [true, true, false, false]);
    assert!(
        result.rungs[2].said.starts_with("not needed"),
        "{}",
        result.rungs[2].said
    );
    let events = heard.events();
    let mut simulating = events.iter().filter_map(|event| match event {
        CheckEvent::Simulating { done, total } => Some((done, total)),
        _ => None,
    });
    let (done, total) = simulating.next_back().unwrap();
    assert_eq!(done, total);
    told_by_kind(&events, &result);
}

/// Who waits hears of every resource kind in the beginning, and of each that gets on, until as much
/// is settled as the report says.
pub(crate) fn told_by_kind(events: &[CheckEvent], result: &CheckResult) {
    let mut told = events.iter().filter_map(|event| match event {
        CheckEvent::Settled { kinds } => Some(kinds),
        _ => None,
    });
    let mut stand = told.next().unwrap().clone();
    assert!(stand.iter().all(|kind| kind.settled == 0 && kind.total > 0));
    for kinds in told {
        for kind in kinds {
            let before = stand.iter_mut().find(|one| one.kind == kind.kind).unwrap();
            assert!(before.settled < kind.settled && kind.total == before.total);
            *before = *kind;
        }
    }
    for kind in ResourceKind::ALL {
        let serving = || result.findings.iter().filter(|one| one.serves(kind));
        let evident = serving().filter(|one| one.evidence.is_some()).count();
        let found = stand.iter().find(|one| one.kind == kind);
        let found = found.map_or((0, 0), |one| (one.settled, one.total));
        assert_eq!(found, (evident, serving().count()), "{kind:?}");
    }
}

#[tokio::test]
async fn an_explicit_deny_names_its_policy() {
    let account = Account::open().await;
    let key = account.user(false).await;
    let guard = statement("Deny", "ec2:RunInstances");
    account.put_user_policy("guard", &guard).await;
    let result = account.check(&key, true).await;
    let Verdict::Denied { by } = verdict(&result, "ec2:RunInstances") else {
        panic!("{result:?}");
    };
    assert_eq!(by.layer, "identity policies");
    assert!(
        by.statements.iter().any(|policy| policy.contains("guard")),
        "{by:?}"
    );
    assert_eq!(counts(&result)[1], 1);
}

#[tokio::test]
async fn a_key_that_is_denied_for_good_is_denied_whatever_its_own_policy_says() {
    let account = Account::open().await;
    let key = account.user(false).await;
    account
        .put_user_policy("guard", &statement("Deny", "kms:*"))
        .await;
    let result = account.check(&key, true).await;
    assert!(matches!(
        verdict(&result, "kms:CreateGrant"),
        Verdict::Denied { .. }
    ));
}

#[tokio::test]
async fn a_boundary_is_the_layer_that_denies() {
    let account = Account::open().await;
    let key = account.user(false).await;
    let boundary = account
        .create_policy("boundary", &statement("Allow", "ec2:*"))
        .await;
    account.bound(&boundary).await;
    let result = account.check(&key, true).await;
    assert_eq!(verdict(&result, "ec2:RunInstances"), &Verdict::Allowed);
    let Verdict::Denied { by } = verdict(&result, "eks:CreateCluster") else {
        panic!("{:?}", verdict(&result, "eks:CreateCluster"));
    };
    assert_eq!(by.layer, "permissions boundary");
}

#[tokio::test]
async fn policies_of_a_group_count() {
    let account = Account::open().await;
    let made = account.bootstrap(request()).await.0;
    let key = made.access_key.unwrap();
    let iam = account.iam();
    let call = iam
        .detach_user_policy()
        .user_name(USER)
        .policy_arn(&made.policy_arns[0]);
    call.send().await.unwrap();
    assert_eq!(counts(&account.check(&key, true).await), [0, 112, 0, 2]);

    account.join_group("builders").await;
    let call = iam
        .attach_group_policy()
        .group_name("builders")
        .policy_arn(&made.policy_arns[0]);
    call.send().await.unwrap();
    assert_eq!(counts(&account.check(&key, true).await), [111, 0, 0, 3]);
}

#[tokio::test]
async fn a_condition_names_its_key() {
    let account = Account::open().await;
    let key = account.user(false).await;
    let deny = r#"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"ec2:*","Resource":"*","Condition":{"NotIpAddress":{"aws:SourceIp":"192.0.2.0/24"}}}}"#;
    account.put_user_policy("office", deny).await;
    let result = account.check(&key, true).await;
    let keys = vec!["aws:SourceIp".to_owned()];
    assert_eq!(
        verdict(&result, "ec2:RunInstances"),
        &Verdict::Conditional { keys }
    );
    assert_eq!(verdict(&result, "iam:PassRole"), &Verdict::Allowed);
}

/// An administrator who may read policies and not simulate.
#[tokio::test]
async fn reading_decides_as_simulation_does() {
    let account = Account::open().await;
    let key = account.user(false).await;
    let simulated = account.check(&key, true).await;
    let iam = account.iam();
    let call = iam
        .put_user_policy()
        .user_name("sandbox-admin")
        .policy_name("no-simulation");
    let call = call.policy_document(statement("Deny", "iam:SimulatePrincipalPolicy"));
    call.send().await.unwrap();
    let read = account.check(&key, true).await;
    assert!(!read.rungs[1].gave_evidence && read.rungs[2].gave_evidence);
    assert!(
        read.rungs[1].said.contains("iam:SimulatePrincipalPolicy"),
        "{}",
        read.rungs[1].said
    );
    for (one, other) in simulated.findings.iter().zip(&read.findings) {
        assert_eq!(one.verdict, other.verdict, "{}", one.requirement);
    }
    let allowed = read
        .findings
        .iter()
        .find(|finding| finding.verdict == Verdict::Allowed);
    let evidence = allowed.unwrap().evidence.as_ref().unwrap();
    assert_eq!(evidence.rung, Rung::Policies);
    assert!(
        evidence
            .detail
            .contains("service control policies were not read"),
        "{evidence:?}"
    );
}

/// An administrator who may not read everything, and one who may not read anything.
#[tokio::test]
async fn what_was_not_read_is_unverifiable_and_named() {
    let account = Account::open().await;
    let key = account.user(false).await;
    account
        .put_user_policy("guard", &statement("Deny", "ec2:RunInstances"))
        .await;
    let iam = account.iam();
    let blind = |actions: &str| {
        let call = iam
            .put_user_policy()
            .user_name("sandbox-admin")
            .policy_name("blind");
        call.policy_document(statement("Deny", "iam:X").replace("\"iam:X\"", actions))
    };
    let some = blind(r#"["iam:SimulatePrincipalPolicy","iam:ListGroupsForUser"]"#);
    some.send().await.unwrap();
    let unprobed = CheckOptions {
        rungs: [Rung::Simulation, Rung::Policies].into(),
        ..CheckOptions::default()
    };
    let check = async || {
        account
            .check_with(&key, true, unprobed.clone(), &Silent)
            .await
    };
    let result = check().await;
    assert_eq!(counts(&result)[..3], [0, 1, 0]);
    assert!(matches!(
        verdict(&result, "ec2:RunInstances"),
        Verdict::Denied { .. }
    ));
    let Verdict::Unverifiable { because } = verdict(&result, "ec2:CreateVpc") else {
        panic!("{:?}", verdict(&result, "ec2:CreateVpc"));
    };
    assert!(because.contains("iam:SimulatePrincipalPolicy"), "{because}");
    assert!(
        result.rungs[2].said.contains("the groups of the user"),
        "{}",
        result.rungs[2].said
    );

    let all = blind(r#"["iam:Simulate*","iam:Get*","iam:List*"]"#);
    all.send().await.unwrap();
    let result = check().await;
    assert_eq!(counts(&result), [0, 0, 0, 114]);
    assert!(result.rungs.iter().skip(1).all(|rung| !rung.gave_evidence));
}

#[tokio::test]
async fn a_reader_must_be_of_the_account_and_have_a_good_key() {
    let (account, other) = (Account::open().await, Account::open().await);
    let key = account.user(false).await;
    let subject = account.session(&key).await;
    let request = CheckRequest {
        identity: subject.identify().await.unwrap(),
        region: region(),
        requirements: selection().requirements(),
        options: CheckOptions::default(),
    };
    let stranger = other.session(&other.admin).await;
    let refused = check(&subject, Some(&stranger), &request, &Silent)
        .await
        .unwrap_err();
    assert!(
        matches!(refused, CheckError::OtherAccount { .. }),
        "{refused}"
    );
    let wrong = account.session(&with_wrong_secret(&account.admin)).await;
    let refused = check(&subject, Some(&wrong), &request, &Silent)
        .await
        .unwrap_err();
    assert!(
        matches!(refused, CheckError::Reader(CloudError::WrongSecret)),
        "{refused}"
    );
}
