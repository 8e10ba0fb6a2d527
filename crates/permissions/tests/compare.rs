//! Upgrades, and who needs what.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;

use commissary_permissions::{Selection, Upgrade, When, release, uses_of};

fn select(release_id: &str, features: &[&str]) -> Selection<'static> {
    let features: Vec<String> = features.iter().map(ToString::to_string).collect();
    release(release_id).unwrap().select(&features).unwrap()
}

fn new_actions(upgrade: &Upgrade) -> BTreeSet<&str> {
    let added = upgrade
        .added
        .iter()
        .filter(|added| !added.granted_elsewhere);
    added
        .map(|added| added.requirement.action.as_str())
        .collect()
}

#[test]
fn the_page_s_users_need_what_came_since() {
    let upgrade = select("kommander-2.2", &[]).upgrade_to(&select("capa-2.11", &[]));
    let new = new_actions(&upgrade);
    // Those that upstream's policy has more, and three that its controllers call without.
    assert_eq!(new.len(), 55 + 3);
    let endpoints = upgrade.added.iter();
    let endpoints = endpoints.filter(|a| a.requirement.action == "ec2:DescribeVpcEndpoints");
    let endpoints: Vec<_> = endpoints.collect();
    assert_eq!(endpoints.len(), 1);
    assert_eq!(endpoints[0].feature, "ec2");
    assert_eq!(endpoints[0].requirement.reason.at, When::Delete);
    assert!(upgrade.dropped.is_empty());
}

#[test]
fn what_is_granted_more_narrowly_is_told_as_such() {
    let upgrade = select("kommander-2.2", &[]).upgrade_to(&select("capa-2.11", &[]));
    let elsewhere = upgrade.added.iter().filter(|added| added.granted_elsewhere);
    let ids: Vec<&str> = elsewhere
        .map(|added| added.requirement.id.as_str())
        .collect();
    assert!(ids.contains(&"eks:UntagResource@eks-extensions"), "{ids:?}");
    assert!(
        ids.contains(&"iam:CreateServiceLinkedRole@eks-fargate"),
        "{ids:?}"
    );
    assert!(!ids.contains(&"iam:PassRole@machines"), "{ids:?}");
}

#[test]
fn nothing_is_needed_to_stay() {
    for id in ["kommander-2.2", "capa-2.11"] {
        let upgrade = select(id, &[]).upgrade_to(&select(id, &[]));
        assert!(upgrade.added.is_empty() && upgrade.dropped.is_empty());
    }
}

#[test]
fn fewer_features_drop_actions() {
    let upgrade = select("capa-2.11", &["eks"]).upgrade_to(&select("capa-2.11", &["ec2"]));
    assert!(upgrade.added.is_empty());
    assert!(upgrade.dropped.contains(&"eks:CreateCluster".to_owned()));
    assert!(
        !upgrade.dropped.contains(&"iam:PassRole".to_owned()),
        "machines pass roles too"
    );
}

#[test]
fn an_action_tells_its_releases_and_requirements() {
    let uses = uses_of("EC2:describevpcendpoints");
    let releases: Vec<&str> = uses.iter().map(|u| u.release.id()).collect();
    assert_eq!(releases.first(), Some(&"capa-2.3"));
    assert_eq!(releases.len(), 8);
    let roles = uses_of("iam:PassRole");
    let ids: BTreeSet<&str> = roles.iter().map(|u| u.requirement.id.as_str()).collect();
    assert_eq!(
        ids,
        BTreeSet::from(["iam:PassRole@eks-roles", "iam:PassRole@machines"])
    );
    assert!(uses_of("ec2:DescribeVpcEndpoint").is_empty());
}
