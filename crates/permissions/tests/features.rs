//! What each feature brings into the policy.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;

use commissary_permissions::{Feature, Release, Requirement, Selection, release, releases};

fn kommander() -> &'static Release {
    release("kommander-2.2").unwrap()
}

fn select(features: &[&str]) -> Selection<'static> {
    let features: Vec<String> = features.iter().map(ToString::to_string).collect();
    kommander().select(&features).unwrap()
}

fn ids(selection: &Selection<'_>) -> Vec<String> {
    let requirements = selection.requirements().into_iter();
    requirements.map(|r| r.id).collect()
}

fn in_effect<'a>(selection: &'a Selection<'_>) -> Vec<&'a str> {
    selection.features().map(Feature::id).collect()
}

fn actions(requirements: &[Requirement]) -> BTreeSet<&str> {
    requirements.iter().map(|r| r.action.as_str()).collect()
}

#[test]
fn every_entry_of_the_page_is_a_requirement() {
    let requirements = select(&[]).requirements();
    assert_eq!(requirements.len(), 114);
    assert_eq!(actions(&requirements).len(), 107);
}

#[test]
fn ids_are_unique_and_plain_where_the_action_is() {
    let requirements = select(&[]).requirements();
    let ids: BTreeSet<&str> = requirements.iter().map(|r| r.id.as_str()).collect();
    assert_eq!(ids.len(), requirements.len());
    assert!(ids.contains("ec2:RunInstances"));
    assert!(ids.contains("iam:CreateServiceLinkedRole@spot"));
    let qualified = ids.iter().filter(|id| id.contains('@'));
    assert_eq!(qualified.count(), 10);
}

#[test]
fn requirements_follow_the_policy_s_order() {
    let selection = select(&[]);
    let policy = selection.policy();
    let statements = policy.as_json()["Statement"].as_array().unwrap();
    let printed = statements
        .iter()
        .enumerate()
        .flat_map(|(index, statement)| {
            let actions = statement["Action"].as_array().unwrap().iter();
            actions.map(move |action| (index, action.as_str().unwrap().to_owned()))
        });
    let required = selection.requirements().into_iter();
    let required = required.map(|r| (r.statement, r.action));
    assert_eq!(required.collect::<Vec<_>>(), printed.collect::<Vec<_>>());
}

#[test]
fn ten_statements_and_29_actions_serve_eks_only() {
    let all = select(&[]).requirements();
    let elsewhere = select(&["ec2", "machine-pools", "spot", "secrets-manager"]);
    let elsewhere_actions = elsewhere.requirements();
    let difference = &actions(&all) - &actions(&elsewhere_actions);
    assert_eq!(difference.len(), 29);
    assert_eq!(elsewhere.policy().statements(), 17 - 10);
    assert_eq!(elsewhere.policy().entries(), 114 - 34);
}

#[test]
fn what_serves_eks_only_is_named_so() {
    let within_eks = ["eks", "eks-addons", "eks-fargate", "kms"];
    let all = select(&[]).requirements();
    let only_eks = all.iter().filter(|r| {
        let mut features = r.features.iter();
        features.all(|feature| within_eks.contains(&feature.as_str()))
    });
    let statements: BTreeSet<usize> = only_eks.map(|r| r.statement).collect();
    assert_eq!(statements, (7..17).collect());
}

#[test]
fn machine_pools_bring_auto_scaling_groups_and_launch_templates() {
    let without: BTreeSet<String> = ids(&select(&["ec2"])).into_iter().collect();
    let with: BTreeSet<String> = ids(&select(&["machine-pools"])).into_iter().collect();
    assert!(without.is_subset(&with));
    let brought: Vec<&String> = with.difference(&without).collect();
    assert_eq!(brought.len(), 15);
    assert!(brought.iter().all(|id| {
        id.starts_with("autoscaling:")
            || id.contains("LaunchTemplate")
            || *id == "iam:CreateServiceLinkedRole@auto-scaling"
    }));
}

#[test]
fn small_features_bring_their_own_statement() {
    for (feature, brought) in [
        ("spot", vec!["iam:CreateServiceLinkedRole@spot"]),
        (
            "secrets-manager",
            vec![
                "secretsmanager:CreateSecret",
                "secretsmanager:DeleteSecret",
                "secretsmanager:TagResource",
            ],
        ),
    ] {
        let base = ids(&select(&["ec2"]));
        let with = ids(&select(&[feature]));
        let new: Vec<String> = with.into_iter().filter(|id| !base.contains(id)).collect();
        assert_eq!(new, brought, "{feature}");
    }
}

#[test]
fn features_within_eks_bring_their_own_actions() {
    let base = ids(&select(&["eks"]));
    let brought = |feature: &str| -> Vec<String> {
        let with = ids(&select(&[feature])).into_iter();
        with.filter(|id| !base.contains(id)).collect()
    };
    let fargate = [
        "iam:CreateServiceLinkedRole@eks-fargate",
        "eks:TagResource@eks-extensions",
        "eks:DescribeFargateProfile",
        "eks:CreateFargateProfile",
        "eks:DeleteFargateProfile",
    ];
    assert_eq!(brought("eks-fargate"), fargate);
    let addons = [
        "eks:ListAddons",
        "eks:CreateAddon",
        "eks:DescribeAddonVersions",
        "eks:DescribeAddon",
        "eks:DeleteAddon",
        "eks:UpdateAddon",
        "eks:TagResource@eks-extensions",
    ];
    assert_eq!(brought("eks-addons"), addons);
    let kms = [
        "eks:AssociateEncryptionConfig",
        "kms:CreateGrant",
        "kms:DescribeKey",
    ];
    assert_eq!(brought("kms"), kms);
}

#[test]
fn eks_node_groups_ask_for_auto_scaling_groups_without_machine_pools() {
    let eks = ids(&select(&["eks"]));
    assert!(eks.contains(&"autoscaling:DescribeAutoScalingGroups".to_owned()));
    assert!(!eks.contains(&"autoscaling:DescribeInstanceRefreshes".to_owned()));
}

#[test]
fn a_feature_brings_what_it_requires() {
    assert_eq!(
        in_effect(&select(&["eks-fargate"])),
        ["ec2", "eks", "eks-fargate"]
    );
    assert_eq!(in_effect(&select(&["spot"])), ["ec2", "spot"]);
}

#[test]
fn order_and_repetition_do_not_matter() {
    let one = select(&["kms", "eks-addons", "kms"]);
    let other = select(&["eks-addons", "eks", "kms", "ec2"]);
    assert_eq!(in_effect(&one), in_effect(&other));
    assert_eq!(one.requirements(), other.requirements());
    assert_eq!(one.policy(), other.policy());
}

#[test]
fn by_default_everything_is_chosen() {
    assert!(kommander().features().iter().all(|feature| feature.default));
    let by_name: Vec<&str> = kommander().features().iter().map(Feature::id).collect();
    assert_eq!(select(&[]).policy(), select(&by_name).policy());
}

#[test]
fn what_is_not_known_is_told_with_what_is() {
    let error = release("capa-9").unwrap_err();
    assert_eq!(
        error.to_string(),
        "unknown release `capa-9`; known: kommander-2.2, capa-0.7, capa-1.1, capa-1.4, capa-1.5, \
         capa-2.0, capa-2.1, capa-2.1.1, capa-2.2.2, capa-2.3, capa-2.4.2, capa-2.5, capa-2.7, \
         capa-2.8.4, capa-2.9, capa-2.10, capa-2.11"
    );
    let error = kommander().select(&["gpu".to_owned()]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "unknown feature `gpu` of release `kommander-2.2`; known: ec2, machine-pools, spot, \
         secrets-manager, eks, eks-addons, eks-fargate, kms"
    );
}

#[test]
fn releases_have_unique_ids_and_name_their_source() {
    let ids: BTreeSet<&str> = releases().iter().map(Release::id).collect();
    assert_eq!(ids.len(), releases().len());
    let kommander = kommander();
    assert_eq!(kommander.title(), "Kommander 2.2");
    assert!(kommander.source().contains("AWS Static Credentials"));
    assert!(kommander.consumer().contains("Cluster API Provider AWS"));
}
