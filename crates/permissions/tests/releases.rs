//! What tells one release from the next.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;

use commissary_permissions::{Form, PolicyOptions, Release, Requirement, When, release, releases};

fn all_requirements(release: &Release, form: Form) -> Vec<Requirement> {
    let selection = release.with_all_features();
    selection.requirements_in(form)
}

fn actions(id: &str) -> BTreeSet<String> {
    let requirements = all_requirements(release(id).unwrap(), Form::Verbatim).into_iter();
    requirements.map(|requirement| requirement.action).collect()
}

fn features_of(id: &str, action: &str) -> Vec<String> {
    let requirements = all_requirements(release(id).unwrap(), Form::Fixed).into_iter();
    let mut of_action = requirements.filter(|requirement| requirement.action == action);
    of_action.next().unwrap().features
}

#[test]
fn no_release_takes_an_action_away() {
    for pair in releases().windows(2) {
        let [before, after] = pair else { continue };
        let (before, after) = (actions(before.id()), actions(after.id()));
        assert!(before.is_subset(&after));
    }
}

#[test]
fn versions_follow_each_other() {
    let numbers = |version: &str| -> Vec<u32> {
        let numbers = version.trim_start_matches('v').split('.');
        numbers.map(|number| number.parse().unwrap()).collect()
    };
    let capa = &releases()[1..];
    for release in capa {
        assert!(numbers(release.first_version()) <= numbers(release.last_version()));
    }
    for pair in capa.windows(2) {
        assert!(numbers(pair[0].first_version()) < numbers(pair[1].first_version()));
    }
    for release in capa {
        let number = release.id().trim_start_matches("capa-");
        assert!(release.first_version().starts_with(&format!("v{number}")));
        assert!(release.title().ends_with(number));
    }
}

#[test]
fn deleting_needs_vpc_endpoints_to_be_described_since_2_3() {
    let action = "ec2:DescribeVpcEndpoints";
    assert!(!actions("capa-2.2.2").contains(action) && actions("capa-2.3").contains(action));
    assert_eq!(features_of("capa-2.3", action), ["ec2"]);
    let requirements = all_requirements(release("capa-2.3").unwrap(), Form::Fixed);
    let requirement = requirements.iter().find(|r| r.action == action).unwrap();
    assert_eq!(requirement.reason.at, When::Delete);
    assert!(requirement.reason.without.contains("never gone"));
}

#[test]
fn the_later_features_bring_what_they_need() {
    for (release, action, features) in [
        (
            "capa-1.1",
            "eks:ListIdentityProviderConfigs",
            &["eks-identity-providers"][..],
        ),
        (
            "capa-1.1",
            "autoscaling:CreateOrUpdateTags",
            &["machine-pools", "eks"],
        ),
        ("capa-2.0", "ec2:DescribeInstanceTypes", &["ipv6"]),
        ("capa-2.1", "ec2:DescribeInstanceTypes", &["ec2"]),
        (
            "capa-2.1",
            "elasticloadbalancing:DescribeTargetGroups",
            &["external-gc"],
        ),
        (
            "capa-2.3",
            "elasticloadbalancing:DescribeTargetGroups",
            &["external-gc", "network-load-balancers"],
        ),
        (
            "capa-2.9",
            "autoscaling:DescribeLifecycleHooks",
            &["machine-pools"],
        ),
        (
            "capa-2.11",
            "eks:CreateAccessEntry",
            &["eks-access-entries"],
        ),
        ("capa-2.11", "iam:CreateRole", &["eks-iam-roles"]),
        ("capa-2.11", "s3:PutObject", &["s3-buckets"]),
        ("capa-2.11", "sqs:CreateQueue", &["event-bridge"]),
        ("capa-2.11", "ssm:PutParameter", &["ssm"]),
        ("capa-2.11", "sts:AssumeRole", &["assume-role"]),
        ("capa-2.10", "ec2:AllocateHosts", &["dedicated-hosts"]),
    ] {
        assert_eq!(
            features_of(release, action),
            features,
            "{action} of {release}"
        );
    }
}

#[test]
fn every_feature_is_needed_for_something() {
    for release in releases() {
        let requirements = all_requirements(release, Form::Fixed);
        for feature in release.features() {
            let id = feature.id().to_owned();
            assert!(
                requirements.iter().any(|r| r.features.contains(&id)),
                "{id} of {}",
                release.id()
            );
        }
    }
}

#[test]
fn reasons_are_clauses() {
    for release in releases() {
        for requirement in all_requirements(release, Form::Fixed) {
            let reason = &requirement.reason;
            let unended = |text: &str| !text.is_empty() && !text.ends_with('.');
            assert!(reason.purpose.starts_with("to "), "{}", requirement.id);
            assert!(unended(&reason.purpose) && unended(&reason.without));
            let nothing_fails = reason.without.starts_with("nothing fails");
            assert_eq!(
                nothing_fails,
                reason.at == When::Never,
                "{}",
                requirement.id
            );
        }
    }
}

#[test]
fn fixes_are_told_where_they_matter() {
    for release in releases() {
        let ids: BTreeSet<&str> = release.fixes().iter().map(|fix| fix.id()).collect();
        assert_eq!(ids.len(), release.fixes().len());
        assert!(ids.contains("fargate-role") && ids.contains("list-clusters"));
        assert!(release.fixes().iter().all(|fix| !fix.why().ends_with('.')));
    }
    assert_eq!(release("kommander-2.2").unwrap().form(), Form::Verbatim);
    assert!(releases()[1..].iter().all(|r| r.form() == Form::Fixed));
}

#[test]
fn fixes_are_told_only_for_what_is_granted() {
    let told = |features: &[&str]| -> Vec<String> {
        let features: Vec<String> = features.iter().map(ToString::to_string).collect();
        let selection = release("capa-2.11").unwrap().select(&features).unwrap();
        let options = PolicyOptions {
            form: Form::Fixed,
            narrowing: None,
        };
        let fixes = selection.policies(&options).fixes;
        fixes.iter().map(|fix| fix.id().to_owned()).collect()
    };
    assert_eq!(told(&["ec2"]), ["attached-subnets"]);
    assert_eq!(
        told(&["dedicated-hosts"]),
        ["attached-subnets", "dedicated-hosts"]
    );
    assert!(told(&["eks-fargate"]).contains(&"fargate-role".to_owned()));
}
