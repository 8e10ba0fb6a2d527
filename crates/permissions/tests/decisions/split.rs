//! Policies that are too large for one are several that say the same.

use std::collections::BTreeSet;

use commissary_permissions::{
    Depth, Form, MANAGED_POLICY_LIMIT, Narrowing, Part, PolicyOptions, releases,
};

use crate::answer::{Answer, answer, commercial, parts};

fn options(form: Form) -> PolicyOptions {
    PolicyOptions {
        form,
        narrowing: None,
    }
}

/// Each action with where it is granted and under what.
fn grants(policies: &[Part]) -> Vec<String> {
    let statements = policies.iter().flat_map(|part| {
        let statements = part.policy.as_json()["Statement"].as_array().unwrap();
        statements.iter()
    });
    let mut grants: Vec<String> = statements
        .flat_map(|statement| {
            let actions = statement["Action"].as_array().unwrap().iter();
            let (resource, condition) = (&statement["Resource"], &statement["Condition"]);
            actions.map(move |action| format!("{action} {resource} {condition}"))
        })
        .collect();
    grants.sort_unstable();
    grants
}

#[test]
fn the_parts_fit_and_are_the_whole() {
    for release in releases() {
        for selection in [release.select(&[]).unwrap(), release.with_all_features()] {
            for form in [Form::Verbatim, Form::Fixed] {
                let written = selection.policies(&options(form));
                for part in &written.parts {
                    let size = part.policy.size();
                    assert!(size <= MANAGED_POLICY_LIMIT, "{} {size}", release.id());
                    assert!(size > 0 && !part.features.is_empty());
                }
                let whole = Part {
                    features: Vec::new(),
                    policy: selection.policy_in(form),
                };
                let fits = whole.policy.size() <= MANAGED_POLICY_LIMIT;
                assert_eq!(fits, written.parts.len() == 1, "{}", release.id());
                assert_eq!(grants(&written.parts), grants(&[whole]), "{}", release.id());
            }
        }
    }
}

#[test]
fn the_latest_is_split_between_features() {
    let latest = releases().last().unwrap();
    let written = latest.select(&[]).unwrap().policies(&options(Form::Fixed));
    assert_eq!(written.parts.len(), 2);
    let all: Vec<&String> = written
        .parts
        .iter()
        .flat_map(|part| &part.features)
        .collect();
    let unique: BTreeSet<&String> = all.iter().copied().collect();
    assert_eq!(
        unique.len(),
        all.len(),
        "no feature is in two parts: {all:?}"
    );
    let defaults = latest.features().iter().filter(|feature| feature.default);
    assert_eq!(
        all.len(),
        defaults.count(),
        "every feature is in one: {all:?}"
    );
    let first = &written.parts[0].features;
    assert!(first.contains(&"ec2".to_owned()) && !first.contains(&"eks".to_owned()));
}

#[test]
fn a_feature_too_large_for_one_policy_is_split_by_requirement() {
    let latest = releases().last().unwrap();
    let ec2 = latest.select(&["ec2".to_owned()]).unwrap();
    let narrowing = Narrowing::new(
        Some("aws-us-gov"),
        Some("123456789012"),
        Some("us-gov-west-1"),
        Depth::Tags,
    );
    let narrowed = PolicyOptions {
        form: Form::Fixed,
        narrowing: Some(narrowing.unwrap()),
    };
    for part in ec2.policies(&narrowed).parts {
        assert!(part.policy.size() <= MANAGED_POLICY_LIMIT);
    }
}

#[test]
fn attached_together_the_parts_meet_every_requirement() {
    for release in releases().iter().filter(|r| r.form() == Form::Fixed) {
        let selection = release.with_all_features();
        let policies = parts(&selection.policies(&options(Form::Fixed)));
        for requirement in selection.requirements() {
            let answer = answer(&policies, &requirement, &commercial());
            assert_eq!(answer, Answer::Met, "{} {}", release.id(), requirement.id);
        }
    }
}
