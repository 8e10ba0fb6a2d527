//! The release's own policy meets its requirements, and nothing less does.

use std::collections::BTreeSet;

use commissary_permissions::{Feature, Requirement, Scope};
use serde_json::{Value, json};

use crate::answer::{Answer, answer, commercial, everything, kommander, policies, scope};

const FARGATE: &str = "iam:CreateServiceLinkedRole@eks-fargate";

/// The ids of what the policy does not settle as met.
fn not_met(document: &Value, requirements: &[Requirement], scope: &Scope) -> Vec<(String, Answer)> {
    let policies = policies(document);
    let answers = requirements.iter().map(|requirement| {
        (
            requirement.id.clone(),
            answer(&policies, requirement, scope),
        )
    });
    answers
        .filter(|(_, answer)| *answer != Answer::Met)
        .collect()
}

#[test]
fn every_choice_of_features_is_met_by_its_own_policy() {
    let features: Vec<&str> = kommander().features().iter().map(Feature::id).collect();
    let choices = 1_usize << features.len();
    for choice in 1..choices {
        let chosen = features.iter().enumerate();
        let chosen = chosen.filter(|(bit, _)| choice & (1 << bit) != 0);
        let chosen: Vec<String> = chosen.map(|(_, id)| (*id).to_owned()).collect();
        let selection = kommander().select(&chosen).unwrap();
        let requirements = selection.requirements();
        let policy = selection.policy();
        let mut expected = Vec::new();
        if requirements.iter().any(|r| r.id == FARGATE) {
            expected.push((FARGATE.to_owned(), Answer::Doubtful));
        }
        assert_eq!(
            not_met(policy.as_json(), &requirements, &commercial()),
            expected,
            "{chosen:?}"
        );
    }
}

#[test]
fn elsewhere_the_hard_coded_partition_breaks_two_requirements() {
    for (partition, region) in [("aws-cn", "cn-north-1"), ("aws-us-gov", "us-gov-west-1")] {
        let requirements = everything().requirements();
        let policy = everything().policy();
        let expected = [
            (FARGATE.to_owned(), Answer::Unmet),
            ("iam:GetPolicy".to_owned(), Answer::Unmet),
        ];
        let found = not_met(policy.as_json(), &requirements, &scope(partition, region));
        assert_eq!(found, expected, "{partition}");
    }
}

/// The whole policy without one of its entries.
fn without(requirement: &Requirement) -> Value {
    let mut document = everything().policy().as_json().clone();
    let actions = &mut document["Statement"][requirement.statement]["Action"];
    let actions = actions.as_array_mut().unwrap();
    actions.retain(|action| *action != json!(requirement.action));
    if actions.is_empty() {
        let statements = document["Statement"].as_array_mut().unwrap();
        statements.remove(requirement.statement);
    }
    document
}

#[test]
fn each_entry_that_is_taken_away_is_missed_and_no_other() {
    let requirements = everything().requirements();
    for requirement in &requirements {
        let found = not_met(&without(requirement), &requirements, &commercial());
        let missed: BTreeSet<&str> = found.iter().map(|(id, _)| id.as_str()).collect();
        let mut expected = BTreeSet::from([FARGATE, requirement.id.as_str()]);
        if requirement.id == "eks:TagResource@eks-clusters" {
            // The statement of the extensions grants the same action on every resource.
            expected.remove("eks:TagResource@eks-clusters");
        }
        assert_eq!(missed, expected);
    }
}
