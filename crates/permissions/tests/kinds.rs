//! Every requirement serves a kind of resource, and every kind is served.
#![expect(clippy::unwrap_used, reason = "tests")]

use commissary_permissions::{Requirement, ResourceKind, release};

const PAGE: [&str; 10] = [
    "EC2 Instances",
    "VPC",
    "Subnets",
    "Elastic Load Balancer (ELB)",
    "Internet Gateway",
    "NAT Gateway",
    "Elastic Block Storage (EBS) Volumes",
    "Security Groups",
    "Route Tables",
    "IAM Roles",
];

fn requirements() -> Vec<Requirement> {
    let release = release("kommander-2.2").unwrap();
    release.select(&[]).unwrap().requirements()
}

fn serving(kind: ResourceKind) -> Vec<String> {
    let requirements = requirements().into_iter();
    requirements
        .filter(|r| r.kind == kind || r.also.contains(&kind))
        .map(|r| r.id)
        .collect()
}

#[test]
fn the_first_ten_are_the_page_s_in_its_order_and_words() {
    let on_page = ResourceKind::ALL.into_iter().filter(|k| k.is_on_page());
    assert_eq!(on_page.map(ResourceKind::title).collect::<Vec<_>>(), PAGE);
    let first = ResourceKind::ALL.into_iter().take(PAGE.len());
    assert!(first.into_iter().all(ResourceKind::is_on_page));
}

#[test]
fn the_order_is_that_of_all() {
    assert!(ResourceKind::ALL.is_sorted());
}

#[test]
fn in_json_a_kind_is_its_id() {
    for kind in ResourceKind::ALL {
        let json = serde_json::to_value(kind).unwrap();
        assert_eq!(json, kind.id());
        let back: ResourceKind = serde_json::from_value(json).unwrap();
        assert_eq!(back, kind);
    }
}

#[test]
fn every_kind_is_the_first_of_a_requirement() {
    for kind in ResourceKind::ALL {
        let mut requirements = requirements().into_iter();
        assert!(requirements.any(|r| r.kind == kind), "{}", kind.title());
    }
}

#[test]
fn no_requirement_names_a_kind_twice() {
    for requirement in requirements() {
        let mut kinds = requirement.also.clone();
        kinds.push(requirement.kind);
        kinds.sort_unstable();
        kinds.dedup();
        assert_eq!(
            kinds.len(),
            requirement.also.len() + 1,
            "{}",
            requirement.id
        );
    }
}

#[test]
fn volumes_come_with_instances() {
    let volumes = serving(ResourceKind::Volumes);
    let expected = [
        "ec2:DescribeVolumes",
        "ec2:RunInstances",
        "ec2:TerminateInstances",
    ];
    assert_eq!(volumes, expected);
}

#[test]
fn addresses_serve_the_nat_gateway() {
    let gateways = serving(ResourceKind::NatGateways);
    for action in ["AllocateAddress", "ReleaseAddress", "DisassociateAddress"] {
        assert!(gateways.contains(&format!("ec2:{action}")), "{action}");
    }
}

#[test]
fn whatever_is_tagged_when_made_needs_the_right_to_tag() {
    use ResourceKind::{
        Ec2Instances, InternetGateways, NatGateways, RouteTables, SecurityGroups, Subnets, Vpc,
    };
    for kind in [
        Ec2Instances,
        Vpc,
        Subnets,
        InternetGateways,
        NatGateways,
        SecurityGroups,
        RouteTables,
    ] {
        let serving = serving(kind);
        assert!(
            serving.contains(&"ec2:CreateTags".to_owned()),
            "{}",
            kind.title()
        );
    }
}

#[test]
fn service_linked_roles_and_passed_roles_are_iam_roles() {
    let of_action = |action: &str| {
        let requirements = requirements().into_iter();
        let of_action = requirements.filter(|r| r.action == action);
        of_action.map(|r| r.id).collect::<Vec<_>>()
    };
    let roles = serving(ResourceKind::IamRoles);
    for (action, times) in [("iam:CreateServiceLinkedRole", 6), ("iam:PassRole", 2)] {
        let ids = of_action(action);
        assert_eq!(ids.len(), times, "{action}");
        assert!(ids.iter().all(|id| roles.contains(id)), "{action}");
    }
}
