//! Policies narrowed to a place hold there and nowhere else.

use commissary_permissions::{
    Depth, Form, Narrowing, NarrowingError, Policies, PolicyOptions, Requirement, Scope, Selection,
    release, releases,
};
use serde_json::Value;

use crate::answer::{Answer, answer, answer_with, parts, scope};

const ACCOUNT: &str = "123456789012";

/// What a request on something that Cluster API made carries.
fn made_by_capa() -> [(String, Vec<String>); 1] {
    let key = "aws:ResourceTag/sigs.k8s.io/cluster-api-provider-aws/role";
    [(key.to_owned(), vec!["common".to_owned()])]
}

fn narrowed<'a>(
    selection: &Selection<'a>,
    partition: &str,
    region: &str,
    depth: Depth,
) -> Policies<'a> {
    let narrowing = Narrowing::new(Some(partition), Some(ACCOUNT), Some(region), depth);
    selection.policies(&PolicyOptions {
        form: Form::Fixed,
        narrowing: Some(narrowing.unwrap()),
    })
}

fn elsewhere(partition: &str, region: &str) -> [Scope; 2] {
    let other_account = Scope {
        account_id: "210987654321".to_owned(),
        ..scope(partition, region)
    };
    let other_region = if region == "us-east-1" {
        "us-east-2"
    } else {
        "cn-northwest-1"
    };
    [other_account, scope(partition, other_region)]
}

#[test]
fn in_the_place_every_requirement_is_met() {
    for release in releases() {
        let selection = release.with_all_features();
        for (partition, region) in [("aws", "us-east-1"), ("aws-cn", "cn-north-1")] {
            for depth in [Depth::Arns, Depth::Resources, Depth::Tags] {
                if depth != Depth::Tags && release.id() != "capa-2.11" {
                    continue;
                }
                let policies = parts(&narrowed(&selection, partition, region, depth));
                let known = made_by_capa();
                let known: &[_] = if depth == Depth::Tags { &known } else { &[] };
                for requirement in selection.requirements_in(Form::Fixed) {
                    let place = scope(partition, region);
                    let answer = answer_with(&policies, &requirement, &place, known);
                    assert_eq!(answer, Answer::Met, "{} {}", release.id(), requirement.id);
                }
            }
        }
    }
}

/// Whether its requests tell another account and region apart from this one.
fn is_of(requirement: &Requirement, here: &Scope, there: &Scope) -> bool {
    // IAM is of no region, though the names of OIDC providers have one in them.
    if requirement.action.starts_with("iam:") && here.account_id == there.account_id {
        return false;
    }
    let (here, there) = (requirement.samples(here), requirement.samples(there));
    here.every
        .iter()
        .zip(&there.every)
        .any(|(here, there)| here.resource != there.resource || here.context != there.context)
}

#[test]
fn elsewhere_nothing_is_met_that_is_of_a_place() {
    let selection = release("capa-2.11").unwrap().with_all_features();
    for (partition, region) in [("aws", "us-east-1"), ("aws-cn", "cn-north-1")] {
        let policies = parts(&narrowed(&selection, partition, region, Depth::Resources));
        let here = scope(partition, region);
        for there in elsewhere(partition, region) {
            let mut told_apart = 0;
            for requirement in selection.requirements() {
                if !is_of(&requirement, &here, &there) {
                    continue;
                }
                told_apart += 1;
                let answer = answer(&policies, &requirement, &there);
                assert_eq!(answer, Answer::Unmet, "{} in {there:?}", requirement.id);
            }
            assert!(told_apart > 100, "{told_apart}");
        }
    }
}

#[test]
fn what_destroys_is_confined_to_what_cluster_api_made() {
    let selection = release("capa-2.11").unwrap().with_all_features();
    let policies = parts(&narrowed(&selection, "aws", "us-east-1", Depth::Tags));
    let place = scope("aws", "us-east-1");
    let requirements = selection.requirements().into_iter();
    let denied = requirements.filter(|r| answer(&policies, r, &place) != Answer::Met);
    let denied: Vec<String> = denied.map(|requirement| requirement.id).collect();
    assert_eq!(denied.len(), 10, "{denied:?}");
    assert!(denied.contains(&"ec2:TerminateInstances".to_owned()));
    assert!(denied.iter().all(|id| id.starts_with("ec2:")));
}

#[test]
fn what_stays_wide_is_told() {
    let selection = release("capa-2.11").unwrap().with_all_features();
    let written = narrowed(&selection, "aws", "us-east-1", Depth::Resources);
    let wide = |action: &str| {
        let mut wide = written.left_wide.iter();
        wide.find(|left| left.action == action).map(|left| left.why)
    };
    assert!(
        wide("ec2:DescribeVpcs")
            .unwrap()
            .contains("confined to the region")
    );
    assert!(
        wide("iam:ListOpenIDConnectProviders")
            .unwrap()
            .contains("of no region")
    );
    assert_eq!(wide("ec2:CreateVpc"), None);
    // Whatever is granted on every resource is told, and nothing else.
    let mut told: Vec<&str> = written
        .left_wide
        .iter()
        .map(|w| w.action.as_str())
        .collect();
    let mut granted = Vec::new();
    for part in &written.parts {
        for statement in part.policy.as_json()["Statement"].as_array().unwrap() {
            if statement["Resource"] == serde_json::json!(["*"]) {
                let actions = statement["Action"].as_array().unwrap().iter();
                granted.extend(actions.map(|action| action.as_str().unwrap()));
            }
        }
    }
    told.sort_unstable();
    granted.sort_unstable();
    assert_eq!(told, granted);
}

#[test]
fn a_place_that_is_half_known_leaves_the_rest_open() {
    let selection = release("capa-2.11").unwrap().select(&[]).unwrap();
    let narrowing = Narrowing::new(None, Some(ACCOUNT), None, Depth::Resources).unwrap();
    let written = selection.policies(&PolicyOptions {
        form: Form::Fixed,
        narrowing: Some(narrowing),
    });
    let text: String = written
        .parts
        .iter()
        .map(|part| part.policy.to_compact())
        .collect();
    assert!(text.contains("arn:*:ec2:*:123456789012:*"));
    assert!(text.contains("arn:*:ec2:*::image/*"));
    assert!(!text.contains("aws:RequestedRegion"));
    // The public parameters of AWS are of no account.
    assert!(text.contains("arn:*:ssm:*:*:parameter/aws/service/eks/optimized-ami/*"));
    assert!(text.contains("arn:*:iam::aws:policy/AmazonEKSClusterPolicy"));
}

#[test]
fn conditions_of_the_release_stay() {
    let selection = release("capa-2.11")
        .unwrap()
        .select(&["eks".to_owned()])
        .unwrap();
    let written = narrowed(&selection, "aws", "us-east-1", Depth::Tags);
    let statements = written.parts.iter().flat_map(|part| {
        let statements = part.policy.as_json()["Statement"].as_array().unwrap();
        statements
            .iter()
            .filter(|s| s["Action"] == serde_json::json!(["iam:PassRole"]))
    });
    let conditions: Vec<&Value> = statements.map(|s| &s["Condition"]).collect();
    let passed = &conditions.last().unwrap()["StringEquals"];
    assert_eq!(passed["iam:PassedToService"], "eks.amazonaws.com");
}

#[test]
fn impossible_places_are_refused() {
    let refused = |partition, account, region| {
        Narrowing::new(partition, account, region, Depth::Arns).unwrap_err()
    };
    for partition in ["", "Aws", "aws-", "azure", "aws:iam", "aws-*"] {
        assert_eq!(
            refused(Some(partition), None, None),
            NarrowingError::Partition(partition.to_owned())
        );
    }
    for account in ["", "12345678901", "1234567890123", "12345678901a", "*"] {
        assert_eq!(
            refused(None, Some(account), None),
            NarrowingError::Account(account.to_owned())
        );
    }
    for region in [
        "",
        "*",
        "us",
        "us-east",
        "us-east-1a",
        "east-1-",
        "US-EAST-1",
        "us-east-*",
    ] {
        assert_eq!(
            refused(None, None, Some(region)),
            NarrowingError::Region(region.to_owned())
        );
    }
    for (partition, region) in [("aws", "cn-north-1"), ("aws-cn", "us-east-1")] {
        let error = refused(Some(partition), None, Some(region)).to_string();
        assert!(
            error.contains(partition) && error.contains(region),
            "{error}"
        );
    }
    for (partition, region) in [("aws", "us-east-1"), ("aws-us-gov", "us-gov-east-1")] {
        Narrowing::new(Some(partition), Some(ACCOUNT), Some(region), Depth::Arns).unwrap();
    }
    Narrowing::new(Some("aws-iso"), None, Some("us-iso-east-1"), Depth::Arns).unwrap();
}
