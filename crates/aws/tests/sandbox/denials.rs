//! What a denial tells, and that what is said to mend it does.

use commissary_core::domain::{
    CheckOptions, CheckRequest, CheckResult, DeniedBy, DenyingLayer, DenyingStatement,
    PermissionReport, Remedy, Verdict,
};
use serde_json::{Value, json};

use crate::account::{Account, POLICY, USER, counts, region, selection, statement, verdict};

fn denied<'a>(result: &'a CheckResult, action: &str) -> &'a DeniedBy {
    match verdict(result, action) {
        Verdict::Denied { by } => by,
        other => panic!("{action}: {other:?}"),
    }
}

async fn report(account: &Account, result: CheckResult) -> PermissionReport {
    let key = account.session(&account.admin).await;
    let request = CheckRequest {
        identity: key.identify().await.unwrap(),
        region: region(),
        requirements: selection().requirements(),
        options: CheckOptions::default(),
    };
    let features = selection()
        .features()
        .map(|one| one.id().to_owned())
        .collect();
    PermissionReport::new(
        crate::account::now(),
        "kommander-2.2".into(),
        features,
        request,
        result,
    )
}

/// The page's policy without these requirements, in place of what the user has.
async fn take_away(account: &Account, missing: impl Fn(usize) -> bool) {
    let mut document: Value = selection().policy().as_json().clone();
    let mut number = 0;
    for statement in document["Statement"].as_array_mut().unwrap() {
        statement["Action"].as_array_mut().unwrap().retain(|_| {
            number += 1;
            !missing(number)
        });
    }
    let statements = document["Statement"].as_array_mut().unwrap();
    statements.retain(|one| !one["Action"].as_array().unwrap().is_empty());
    let iam = account.iam();
    let arn = format!("arn:aws:iam::{}:policy/{POLICY}", account.id);
    let call = iam.create_policy_version().policy_arn(arn);
    let call = call
        .policy_document(document.to_string())
        .set_as_default(true);
    call.send().await.unwrap();
}

#[tokio::test]
async fn an_explicit_deny_is_named_to_the_statement_whoever_found_it() {
    let account = Account::open().await;
    let key = account.user(false).await;
    account.join_group("builders").await;
    let guard = json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "ec2:DescribeHosts", "Resource": "*"},
        {"Sid": "NoMachines", "Effect": "Deny", "Action": "ec2:RunInstances", "Resource": "*"}]});
    account
        .put_group_policy("builders", "guard", &guard.to_string())
        .await;

    let result = account.check(&key, true).await;
    let by = denied(&result, "ec2:RunInstances");
    assert_eq!((by.kind, by.explicit), (DenyingLayer::Group, true));
    let named = DenyingStatement {
        policy: "builders/inline:guard".into(),
        number: Some(2),
        sid: Some("NoMachines".into()),
    };
    assert_eq!(by.named, [named]);
    assert!(
        by.clause().contains("statement 2 (`NoMachines`)"),
        "{}",
        by.clause()
    );

    let remedy = Remedy::of(&report(&account, result).await).unwrap();
    assert_eq!(remedy.policy, None);
    assert_eq!(remedy.elsewhere[0].actions, ["ec2:RunInstances"]);
    assert!(remedy.elsewhere[0].change.contains("NoMachines"));
}

#[tokio::test]
async fn the_remedy_mends_what_was_taken_away() {
    for nth in [2, 3, 7] {
        let account = Account::open().await;
        let key = account.user(false).await;
        take_away(&account, |number| number % nth == 0).await;
        let result = account.check(&key, true).await;
        let missing = counts(&result)[1];
        assert!(missing > 10, "{missing}");
        let remedy = Remedy::of(&report(&account, result).await).unwrap();
        assert!(
            remedy.elsewhere.is_empty() && remedy.notes.is_empty(),
            "{remedy:?}"
        );
        let policy = remedy.policy.unwrap();
        let arn = account
            .create_policy("addition", &policy.to_compact())
            .await;
        let call = account.iam().attach_user_policy().user_name(USER);
        call.policy_arn(arn).send().await.unwrap();
        // The role of Fargate is in doubt under the page's own statement, and not under a mended one.
        let [allowed, denied, conditional, unverifiable] = counts(&account.check(&key, true).await);
        assert_eq!((denied, conditional), (0, 0));
        assert!(allowed >= 111 && allowed + unverifiable == 114);
    }
}

#[tokio::test]
async fn a_boundary_needs_the_same_as_the_user() {
    let account = Account::open().await;
    let key = account.user(false).await;
    let ec2 = account
        .create_policy("boundary", &statement("Allow", "ec2:*"))
        .await;
    account.bound(&ec2).await;
    let result = account.check(&key, true).await;
    assert_eq!(
        denied(&result, "eks:CreateCluster").kind,
        DenyingLayer::Boundary
    );
    let remedy = Remedy::of(&report(&account, result).await).unwrap();
    assert_eq!(remedy.policy, None);
    let boundary = &remedy.elsewhere[0];
    assert_eq!(boundary.by.kind, DenyingLayer::Boundary);

    let mut wider = boundary.policy.as_ref().unwrap().as_json().clone();
    let ec2 = json!({"Effect": "Allow", "Action": "ec2:*", "Resource": "*"});
    wider["Statement"].as_array_mut().unwrap().push(ec2);
    let wider = account.create_policy("wider", &wider.to_string()).await;
    account.bound(&wider).await;
    assert_eq!(counts(&account.check(&key, true).await)[1], 0);
}

#[tokio::test]
async fn too_much_is_told_where_policies_can_be_read_and_nowhere_else() {
    let account = Account::open().await;
    let key = account.user(false).await;
    let excess = account.check(&key, true).await.excess.unwrap();
    assert!(excess.is_nothing(), "{excess:?}");
    assert!(excess.caveat.unwrap().contains("service control policies"));

    let alone = account.check(&key, false).await.excess.unwrap();
    let why = alone.unknown.as_ref().unwrap();
    assert!(why.contains("AWS denies `iam:GetUser`"), "{why}");
    assert!(alone.risks.is_empty() && alone.actions == 0 && !alone.is_nothing());

    account
        .put_user_policy("keys", &statement("Allow", "iam:CreateAccessKey"))
        .await;
    let excess = account.check(&key, true).await.excess.unwrap();
    assert_eq!((excess.actions, excess.risks.len()), (1, 1));
    assert_eq!(excess.risks[0].actions, ["iam:CreateAccessKey"]);

    let admin = account.check(&account.admin, false).await.excess.unwrap();
    assert_eq!(admin.risks[0].id, "administrator");
    let root = account.check(&account.root, false).await.excess.unwrap();
    assert_eq!(root.risks[0].id, "root-keys");
}
