//! The roles of machines, against what `clusterawsadm` prints.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;

use commissary_permissions::{Blueprint, Form, PolicyOptions, Selection, release, releases};
use serde_json::Value;

const UPSTREAM: &str = include_str!("data/capa-node-roles.json");
const SUFFIX: &str = "cluster-api-provider-aws.sigs.k8s.io";

fn upstream() -> Value {
    serde_json::from_str(UPSTREAM).unwrap()
}

fn blueprint(partition: &str, selection: &Selection<'_>) -> Blueprint {
    let options = PolicyOptions {
        form: Form::Fixed,
        narrowing: None,
    };
    let parts = selection.policies(&options).parts;
    Blueprint::of_user(partition, "u", "p", &parts).with_node_roles(selection)
}

fn document(blueprint: &Blueprint, name: &str) -> Value {
    let name = format!("{name}.{SUFFIX}");
    let mut policies = blueprint.role_policies.iter();
    let policy = policies.find(|policy| policy.name == name).unwrap();
    policy.document.as_json().clone()
}

#[test]
fn policies_of_every_release_render_back() {
    let upstream = upstream();
    for release in releases() {
        let blueprint = blueprint("aws", &release.with_default_features());
        let theirs = &upstream[release.id()];
        for (name, key) in [("control-plane", "controlPlane"), ("nodes", "nodes")] {
            assert_eq!(
                document(&blueprint, name),
                theirs[key],
                "{} {name}",
                release.id()
            );
        }
    }
}

/// Upstream makes the roles of node groups and Fargate only when asked, and yet its controllers
/// use them where a cluster names none; they are the same in every release.
#[test]
fn roles_of_every_release_are_upstreams() {
    let upstream = upstream();
    for release in releases() {
        let blueprint = blueprint("aws", &release.with_default_features());
        let mut theirs = upstream[release.id()]["roles"].as_object().unwrap().clone();
        theirs.extend(upstream["eksDefaultRoles"].as_object().unwrap().clone());
        let names: BTreeSet<&String> = blueprint.roles.iter().map(|role| &role.name).collect();
        assert_eq!(names, theirs.keys().collect(), "{}", release.id());
        for role in &blueprint.roles {
            let their = &theirs[&role.name];
            let place = format!("{} {}", release.id(), role.name);
            assert_eq!(role.trust(), their["trust"], "{place}");
            let arns = their["managedPolicyArns"].as_array().cloned();
            let ours = role.aws_policies.iter().map(|arn| arn.as_str().into());
            let ours: Vec<Value> = ours.collect();
            assert_eq!(ours, arns.unwrap_or_default(), "{place}");
        }
    }
}

#[test]
fn features_choose_roles_and_statements() {
    let newest = release("capa-2.11").unwrap();
    let ec2 = blueprint("aws", &newest.select(&["ec2".to_owned()]).unwrap());
    assert!(
        ec2.roles
            .iter()
            .all(|role| !role.name.starts_with("eks") && role.aws_policies.is_empty())
    );
    let named = |features: &[&str]| {
        let features: Vec<String> = features.iter().map(ToString::to_string).collect();
        let chosen = blueprint("aws", &newest.select(&features).unwrap());
        let names = chosen.roles.into_iter().map(|role| role.name);
        names
            .filter(|name| name.starts_with("eks"))
            .collect::<Vec<_>>()
    };
    let roles = |names: &[&str]| -> Vec<String> {
        names
            .iter()
            .map(|name| format!("{name}.{SUFFIX}"))
            .collect()
    };
    assert_eq!(
        named(&["eks"]),
        roles(&["eks-controlplane", "eks-nodegroup"])
    );
    assert_eq!(
        named(&["eks-fargate"]),
        roles(&["eks-controlplane", "eks-nodegroup", "eks-fargate"])
    );
    let both = ["secrets-manager".to_owned(), "ssm".to_owned()];
    let both = blueprint("aws", &newest.select(&both).unwrap());
    assert_eq!(document(&both, "nodes"), upstream()["allBackends"]);
}

#[test]
fn each_partition_has_its_principals_and_arns() {
    let newest = release("capa-2.11").unwrap().with_default_features();
    let china = blueprint("aws-cn", &newest);
    for role in &china.roles {
        let services: &[&str] = match role.name.split('.').next() {
            Some("eks-controlplane") => &["eks.amazonaws.com"],
            Some("eks-nodegroup") => &["ec2.amazonaws.com.cn", "eks.amazonaws.com"],
            Some("eks-fargate") => &["eks-fargate-pods.amazonaws.com"],
            _ => &["ec2.amazonaws.com.cn"],
        };
        assert_eq!(role.services, services);
        assert!(
            role.aws_policies
                .iter()
                .all(|arn| arn.starts_with("arn:aws-cn:iam::aws:policy/"))
        );
    }
    assert_eq!(
        blueprint("aws-us-gov", &newest).roles[0].services,
        ["ec2.amazonaws.com"]
    );
}

#[test]
fn what_roles_have_is_made() {
    for release in releases() {
        let blueprint = blueprint("aws", &release.with_all_features());
        let made: BTreeSet<&str> = blueprint
            .managed_policies()
            .map(|policy| policy.name.as_str())
            .collect();
        for role in &blueprint.roles {
            assert!(!role.policies.is_empty() || !role.aws_policies.is_empty());
            assert!(
                role.policies
                    .iter()
                    .all(|name| made.contains(name.as_str()))
            );
        }
        assert_eq!(blueprint.check(), Ok(()), "{}", release.id());
    }
}
