//! Checks with the key alone: what calls that change nothing can tell.

use std::collections::BTreeSet;

use commissary_core::domain::{CheckOptions, CheckResult, Finding, Rung, Verdict};
use commissary_core::ports::Silent;
use commissary_sandbox::{Behaviour, Order, SandboxOptions};

use crate::account::{Account, Heard, USER, counts, statement, verdict};
use crate::by_administrator::told_by_kind;

fn options(dry_runs: bool, probe_existing: bool) -> CheckOptions {
    CheckOptions {
        dry_run_elsewhere: dry_runs,
        probe_existing,
        ..CheckOptions::default()
    }
}

async fn alone(order: Order, options: CheckOptions) -> CheckResult {
    let options_of_sandbox = SandboxOptions {
        behaviour: Behaviour {
            order,
            resources: true,
            ..Behaviour::default()
        },
        ..SandboxOptions::default()
    };
    let account = Account::open_with(options_of_sandbox).await;
    let key = account.user(false).await;
    let heard = Heard::default();
    let result = account.check_with(&key, false, options, &heard).await;
    told_by_kind(&heard.events(), &result);
    result
}

fn because<'a>(result: &'a CheckResult, action: &str) -> &'a str {
    match verdict(result, action) {
        Verdict::Unverifiable { because } => because,
        other => panic!("{action}: {other:?}"),
    }
}

/// The page's user may neither look at itself nor simulate. How many of its 107 actions its key
/// alone decides.
#[tokio::test]
async fn the_pages_user_is_decided_by_its_key_alone_as_far_as_probes_reach() {
    let decided = async |order, existing| {
        let result = alone(order, options(true, existing)).await;
        let [allowed, denied, conditional, _] = counts(&result);
        assert_eq!((denied, conditional), (0, 0));
        let actions = |wanted: fn(&&Finding) -> bool| {
            let found = result.findings.iter().filter(wanted);
            found
                .map(|finding| &finding.action)
                .collect::<BTreeSet<_>>()
                .len()
        };
        assert_eq!(actions(|_| true), 107);
        let decided = actions(|finding| finding.verdict == Verdict::Allowed);
        assert_eq!(decided, allowed);
        decided
    };
    let numbers = [
        decided(Order::RightFirst, false).await,
        decided(Order::RightFirst, true).await,
        decided(Order::ResourceFirst, false).await,
        decided(Order::ResourceFirst, true).await,
    ];
    assert_eq!(numbers, [55, 57, 26, 57]);
}

#[tokio::test]
async fn dry_runs_are_off_where_the_endpoint_is_not_that_of_aws() {
    let result = alone(Order::RightFirst, options(false, true)).await;
    assert!(result.rungs[3].said.contains("dry runs are off"));
    assert!(result.rungs[3].gave_evidence);
    let because = because(&result, "ec2:RunInstances");
    let parts = [
        "dry runs are off",
        "iam:SimulatePrincipalPolicy",
        USER,
        "administrator's profile",
    ];
    for part in parts {
        assert!(because.contains(part), "{because}");
    }
    assert_eq!(*verdict(&result, "tag:GetResources"), Verdict::Allowed);
}

/// A list that is denied is denied. What is called on a resource may hang on its tags.
#[tokio::test]
async fn a_denied_call_counts_only_where_no_tag_could_turn_it() {
    let account = Account::open().await;
    let key = account.user(false).await;
    let deny = r#"["ec2:DescribeVpcs","ec2:DeleteVpc"]"#;
    let guard = statement("Deny", "ec2:X").replace("\"ec2:X\"", deny);
    account.put_user_policy("guard", &guard).await;
    for existing in [false, true] {
        let options = options(true, existing);
        let result = account.check_with(&key, false, options, &Silent).await;
        let Verdict::Denied { by } = verdict(&result, "ec2:DescribeVpcs") else {
            panic!("{:?}", verdict(&result, "ec2:DescribeVpcs"));
        };
        assert_eq!(by.layer, "identity policies");
        assert!(by.statements[0].contains("explicit deny"), "{by:?}");
        let because = because(&result, "ec2:DeleteVpc");
        assert!(because.contains("AWS denied a dry run on "), "{because}");
    }
}

/// What is allowed on one kind of resource is not said to be allowed on the others.
#[tokio::test]
async fn an_allowed_call_counts_only_for_what_it_names() {
    let account = Account::open().await;
    let key = account.user(false).await;
    let deny = r#"{"Version":"2012-10-17","Statement":[
        {"Effect":"Deny","Action":["ec2:CreateTags","ec2:DeleteTags","ec2:RunInstances"],
         "NotResource":["arn:*:ec2:*:*:vpc/*","arn:*:ec2:*:*:subnet/*"]},
        {"Effect":"Deny","Action":"iam:GetRole","NotResource":"arn:*:iam::*:role/control-plane.*"},
        {"Effect":"Deny","Action":["ec2:AssociateRouteTable","ec2:DisassociateRouteTable"],
         "Resource":"arn:*:ec2:*:*:subnet/*"}]}"#;
    account.put_user_policy("guard", deny).await;
    for existing in [false, true] {
        let options = options(true, existing);
        let result = account.check_with(&key, false, options, &Silent).await;
        for action in [
            "ec2:CreateTags",
            "ec2:DeleteTags",
            "ec2:RunInstances",
            "iam:GetRole",
            "ec2:AssociateRouteTable",
            "ec2:DisassociateRouteTable",
        ] {
            assert!(!because(&result, action).is_empty());
        }
        assert_eq!(*verdict(&result, "ec2:DeleteVpc"), Verdict::Allowed);
    }
}

#[tokio::test]
async fn evidence_tells_what_was_seen() {
    let result = alone(Order::RightFirst, options(true, false)).await;
    let evidence = |action: &str| {
        let found = |finding: &&Finding| finding.action == action;
        let finding = result.findings.iter().find(found).unwrap();
        finding.evidence.clone().unwrap()
    };
    let vpc = evidence("ec2:DeleteVpc");
    assert_eq!(vpc.rung, Rung::Probes);
    assert!(
        vpc.detail.contains("dry run on the made-up `vpc-"),
        "{vpc:?}"
    );
    let lists = evidence("autoscaling:DescribeAutoScalingGroups");
    assert!(
        lists.detail.contains("answered the call itself"),
        "{lists:?}"
    );
}

#[tokio::test]
async fn ways_can_be_chosen() {
    let account = Account::open().await;
    let key = account.user(true).await;
    let only = |rungs: &[Rung]| CheckOptions {
        rungs: rungs.iter().copied().collect(),
        ..options(true, false)
    };
    let check = async |rungs: &[Rung]| {
        let options = only(rungs);
        account.check_with(&key, false, options, &Silent).await
    };
    let gave = |result: &CheckResult| -> Vec<bool> {
        result.rungs.iter().map(|rung| rung.gave_evidence).collect()
    };
    let result = check(&[Rung::Probes]).await;
    assert_eq!(gave(&result), [true, false, false, true]);
    assert!(result.rungs[1].said.starts_with("not tried"));
    let result = check(&[Rung::Simulation]).await;
    assert_eq!(gave(&result), [true, true, false, false]);
    let result = check(&[]).await;
    assert_eq!(counts(&result), [0, 0, 0, 114]);
}
