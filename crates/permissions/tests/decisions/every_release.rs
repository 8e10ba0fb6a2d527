//! Each release's own policy meets its requirements, and nothing less does.

use std::collections::BTreeSet;

use commissary_permissions::{Feature, Form, Release, Requirement, releases};
use serde_json::{Value, json};

use crate::answer::{Answer, answer, commercial, policies, scope};

/// The releases whose policies are printed with their defects mended.
fn ours() -> impl Iterator<Item = &'static Release> {
    let releases = releases().iter();
    releases.filter(|release| release.form() == Form::Fixed)
}

fn not_met(document: &Value, requirements: &[Requirement], place: (&str, &str)) -> Vec<String> {
    let (partition, region) = place;
    let policies = policies(document);
    let answers = requirements.iter().filter_map(|requirement| {
        match answer(&policies, requirement, &scope(partition, region)) {
            Answer::Met => None,
            other => Some(format!("{} {other:?}", requirement.id)),
        }
    });
    answers.collect()
}

const PLACES: [(&str, &str); 3] = [
    ("aws", "us-east-1"),
    ("aws-cn", "cn-north-1"),
    ("aws-us-gov", "us-gov-west-1"),
];

#[test]
fn all_features_together_are_met_everywhere() {
    for release in ours() {
        let selection = release.with_all_features();
        for place in PLACES {
            let found = not_met(
                selection.policy().as_json(),
                &selection.requirements(),
                place,
            );
            assert!(
                found.is_empty(),
                "{} in {}: {found:?}",
                release.id(),
                place.0
            );
        }
    }
}

#[test]
fn each_feature_and_each_two_are_met() {
    for release in ours() {
        let features: Vec<&str> = release.features().iter().map(Feature::id).collect();
        let mut choices: Vec<Vec<String>> =
            features.iter().map(|f| vec![(*f).to_owned()]).collect();
        if release.id() == "capa-2.11" {
            let pairs = features
                .iter()
                .flat_map(|one| features.iter().map(move |two| [one, two]));
            choices.extend(pairs.map(|pair| pair.map(|id| (*id).to_owned()).to_vec()));
        }
        for chosen in choices {
            let selection = release.select(&chosen).unwrap();
            let found = not_met(
                selection.policy().as_json(),
                &selection.requirements(),
                PLACES[0],
            );
            assert!(found.is_empty(), "{} {chosen:?}: {found:?}", release.id());
        }
    }
}

/// What the policies of the releases themselves leave open, by the first release of which it holds.
const DEFECTS: [(&str, &[&str]); 5] = [
    (
        "capa-0.7",
        &[
            "iam:CreateServiceLinkedRole@eks-fargate Doubtful",
            "eks:UntagResource@eks-extensions Unmet",
            "elasticloadbalancing:AttachLoadBalancerToSubnets Unmet",
            "iam:UpdateAssumeRolePolicy Unmet",
            "iam:UntagRole Unmet",
        ],
    ),
    (
        "capa-1.1",
        &[
            "eks:DescribeIdentityProviderConfig Doubtful",
            "eks:DisassociateIdentityProviderConfig Doubtful",
        ],
    ),
    (
        "capa-2.0",
        &[
            "autoscaling:SuspendProcesses Unmet",
            "autoscaling:ResumeProcesses Unmet",
        ],
    ),
    (
        "capa-2.5",
        &[
            "ec2:AssociateAddress Unmet",
            "ec2:DescribePublicIpv4Pools Unmet",
        ],
    ),
    (
        "capa-2.10",
        &[
            "ec2:AllocateHosts Unmet",
            "ec2:DescribeHosts Unmet",
            "ec2:ReleaseHosts Unmet",
        ],
    ),
];

#[test]
fn as_upstream_prints_them_they_lack_what_the_fixes_say() {
    let mut expected: BTreeSet<String> = BTreeSet::new();
    for release in ours() {
        let new = DEFECTS.iter().filter(|(since, _)| *since == release.id());
        expected.extend(new.flat_map(|(_, ids)| ids.iter().map(ToString::to_string)));
        let selection = release.with_all_features();
        let verbatim = selection.policy_in(Form::Verbatim);
        let found = not_met(verbatim.as_json(), &selection.requirements(), PLACES[0]);
        let found: BTreeSet<String> = found.into_iter().collect();
        assert_eq!(found, expected, "{}", release.id());
    }
}

#[test]
fn the_page_s_policy_mended_meets_all_in_every_partition() {
    let kommander = releases().first().unwrap();
    let selection = kommander.with_all_features();
    for form in [Form::Verbatim, Form::Fixed] {
        let policy = selection.policy_in(Form::Fixed);
        for place in PLACES {
            let found = not_met(policy.as_json(), &selection.requirements_in(form), place);
            assert!(found.is_empty(), "{}: {found:?}", place.0);
        }
    }
}

/// The whole policy without one of its entries.
fn without(document: &Value, requirement: &Requirement) -> Value {
    let mut document = document.clone();
    let actions = &mut document["Statement"][requirement.statement]["Action"];
    let actions = actions.as_array_mut().unwrap();
    let before = actions.len();
    actions.retain(|action| *action != json!(requirement.action));
    assert_eq!(actions.len(), before - 1, "{}", requirement.id);
    if actions.is_empty() {
        let statements = document["Statement"].as_array_mut().unwrap();
        statements.remove(requirement.statement);
    }
    document
}

/// Granted on every resource by the statement of the extensions too.
const TWICE: [&str; 2] = [
    "eks:TagResource@eks-clusters",
    "eks:UntagResource@eks-clusters",
];

#[test]
fn each_entry_that_is_taken_away_is_missed_and_no_other() {
    for release in ours() {
        let selection = release.with_all_features();
        let requirements = selection.requirements();
        let whole = selection.policy();
        for taken in &requirements {
            // An entry speaks of its own action only. For the latest release this is not relied on.
            let asked = requirements.iter();
            let asked = asked.filter(|r| r.action == taken.action || release.id() == "capa-2.11");
            let policies = policies(&without(whole.as_json(), taken));
            let missed = asked.filter(|r| answer(&policies, r, &commercial()) != Answer::Met);
            let missed: Vec<&str> = missed.map(|r| r.id.as_str()).collect();
            let mut expected = vec![taken.id.as_str()];
            expected.retain(|id| !TWICE.contains(id));
            assert_eq!(missed, expected, "{} of {}", taken.id, release.id());
        }
    }
}
