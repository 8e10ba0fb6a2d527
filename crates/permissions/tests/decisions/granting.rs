//! What is denied is allowed once the smallest addition is made, and with nothing less.

use commissary_permissions::{Form, PolicyDocument, Requirement, releases};
use serde_json::Value;

use crate::answer::{Answer, answer, commercial, policies};

/// A small generator of numbers, so that a failure can be had again (Knuth, MMIX).
struct Numbers(u64);

impl Numbers {
    fn coin(&mut self) -> bool {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 63 == 1
    }
}

fn granting(requirements: &[&Requirement]) -> Value {
    let document = PolicyDocument::granting(requirements.iter().copied());
    document.map_or(Value::Null, |document| document.as_json().clone())
}

fn attached(documents: [&Value; 2]) -> commissary_iam::PolicySet {
    let mut sets = documents
        .into_iter()
        .filter(|document| !document.is_null())
        .map(policies);
    let mut all = sets.next().unwrap_or_default();
    for set in sets {
        all.identity.extend(set.identity);
    }
    all
}

/// Any requirements are taken from a policy; what is missing then is added.
#[test]
fn the_addition_mends_whatever_was_missing() {
    for (seed, release) in releases().iter().enumerate() {
        let requirements = release.with_all_features().requirements_in(Form::Fixed);
        let mut numbers = Numbers(seed as u64 + 1);
        for _ in 0..6 {
            let (missing, kept): (Vec<&Requirement>, Vec<&Requirement>) =
                requirements.iter().partition(|_| numbers.coin());
            let kept = granting(&kept);
            let before = attached([&kept, &Value::Null]);
            let denied: Vec<&Requirement> = missing
                .into_iter()
                .filter(|one| answer(&before, one, &commercial()) != Answer::Met)
                .collect();
            assert!(!denied.is_empty(), "{}", release.id());
            let after = attached([&kept, &granting(&denied)]);
            for requirement in &requirements {
                let answer = answer(&after, requirement, &commercial());
                assert_eq!(answer, Answer::Met, "{} {}", release.id(), requirement.id);
            }
        }
    }
}

/// Each action stands in the addition because it is needed there.
#[test]
fn nothing_can_be_left_out_of_the_addition() {
    for release in releases() {
        let requirements = release.with_all_features().requirements_in(Form::Fixed);
        let whole = granting(&requirements.iter().collect::<Vec<_>>());
        let statements = whole["Statement"].as_array().unwrap();
        for (place, statement) in statements.iter().enumerate() {
            for (number, action) in statement["Action"].as_array().unwrap().iter().enumerate() {
                let mut less = whole.clone();
                let actions = less["Statement"][place]["Action"].as_array_mut().unwrap();
                actions.remove(number);
                if actions.is_empty() {
                    less["Statement"].as_array_mut().unwrap().remove(place);
                }
                let less = policies(&less);
                let mut of_action = requirements.iter().filter(|r| *action == r.action);
                assert!(
                    of_action.any(|r| answer(&less, r, &commercial()) != Answer::Met),
                    "{}: {action} in statement {place}",
                    release.id()
                );
            }
        }
    }
}

#[test]
fn what_shares_resources_and_condition_shares_a_statement() {
    let requirements = releases()[0].with_all_features().requirements();
    let of = |ids: &[&str]| {
        let chosen = requirements.iter().filter(|r| ids.contains(&r.id.as_str()));
        granting(&chosen.collect::<Vec<_>>())
    };
    let two = of(&["ec2:CreateVpc", "ec2:DeleteVpc"]);
    assert_eq!(
        two,
        serde_json::json!({"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": ["ec2:CreateVpc", "ec2:DeleteVpc"], "Resource": ["*"]}
        ]})
    );
    let spot = of(&["iam:CreateServiceLinkedRole@spot"]);
    assert_eq!(
        spot["Statement"][0]["Condition"],
        serde_json::json!({"StringLike": {"iam:AWSServiceName": "spot.amazonaws.com"}})
    );
    assert_eq!(of(&[]), Value::Null);
}
