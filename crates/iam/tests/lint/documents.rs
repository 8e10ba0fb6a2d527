//! Whole policies: all that is found in them, and nothing else.

use super::{check, found};
use commissary_iam::lint::{Code, Options, Severity, lint};
use commissary_iam::reference::Reference;

const KOMMANDER: &str = include_str!("../data/lint/kommander-2.2.json");

#[test]
fn the_page_s_policy_has_these_defects() {
    let report = check(KOMMANDER);
    assert_eq!(
        found(&report),
        [
            "service-linked-role-mismatch /Statement/10/Resource/0",
            "hard-coded-partition /Statement/10/Resource/0",
            "hard-coded-partition /Statement/12/Resource/0",
            "action-takes-no-resource /Statement/13/Action/1",
            "undocumented-resource /Statement/13/Action/2",
            "untag-narrower-than-tag /Statement/13/Action/7",
            "redundant-action /Statement/13/Action/3",
        ]
    );
    assert_eq!((report.size, report.limit), (5_538, Some(6_144)));
    assert_eq!(report.count(Severity::Error), 1);
    let fargate = &report.findings[0];
    assert_eq!(
        (
            fargate.place.statement,
            fargate.place.line,
            fargate.place.column
        ),
        (Some(10), 166, 9)
    );
}

/// What the page says of the policy and the policy does not hold is found when it is asked for.
#[test]
fn the_page_s_policy_lacks_what_the_page_promises() {
    let options = Options {
        expected: [
            "iam:CreateRole",
            "ec2:CreateVolume",
            "iam:PassRole arn:aws:iam::111122223333:role/my-nodes iam:PassedToService=ec2.amazonaws.com",
            "ec2:RunInstances",
        ]
        .map(|text| text.parse().unwrap())
        .to_vec(),
        ..Options::default()
    };
    let report = lint(KOMMANDER, Reference::bundled().unwrap(), &options).unwrap();
    let missing = report
        .findings
        .iter()
        .filter(|f| f.code == Code::ExpectedActionMissing);
    let missing: Vec<&str> = missing.map(|finding| finding.message.as_str()).collect();
    assert_eq!(
        missing,
        [
            "the policy does not allow `iam:CreateRole`",
            "the policy does not allow `ec2:CreateVolume`",
            "the policy does not allow `iam:PassRole arn:aws:iam::111122223333:role/my-nodes iam:PassedToService=ec2.amazonaws.com`",
        ]
    );
}

#[test]
fn upstream_s_policies_have_only_the_defects_that_are_theirs() {
    let none: [&str; 0] = [];
    assert_eq!(
        found(&check(include_str!(
            "../data/lint/capa-2.11-control-plane.json"
        ))),
        none
    );
    assert_eq!(
        found(&check(include_str!("../data/lint/capa-2.11-nodes.json"))),
        none
    );
    // `ec2:DescribeInstanceTypes` is listed twice.
    assert_eq!(
        found(&check(include_str!(
            "../data/lint/capa-2.11-controllers.json"
        ))),
        ["redundant-action /Statement/0/Action/46"]
    );
    // As in the page's policy; and since 1.1 two actions on configurations of identity providers,
    // whose ARNs the statement does not list.
    assert_eq!(
        found(&check(include_str!("../data/lint/capa-2.11-eks.json"))),
        [
            "service-linked-role-mismatch /Statement/3/Resource/0",
            "hard-coded-partition /Statement/3/Resource/0",
            "hard-coded-partition /Statement/5/Resource/0",
            "action-takes-no-resource /Statement/6/Action/1",
            "undocumented-resource /Statement/6/Action/2",
            "untag-narrower-than-tag /Statement/6/Action/7",
            "resource-type-mismatch /Statement/6/Action/16",
            "resource-type-mismatch /Statement/6/Action/17",
            "redundant-action /Statement/6/Action/3",
        ]
    );
}

/// Policies written as AWS writes its own: nothing to be said of them.
#[test]
fn policies_in_the_style_of_aws_have_no_findings() {
    let all: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(include_str!("../data/lint/aws-style.json")).unwrap();
    assert!(all.len() >= 15, "{}", all.len());
    for (name, policy) in all {
        let report = check(&policy.to_string());
        let found = found(&report);
        assert!(found.is_empty(), "{name}: {found:?}");
    }
}
