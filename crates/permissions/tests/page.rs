//! Commissary's policy is the page's policy, to the byte.
#![expect(clippy::unwrap_used, reason = "tests")]

use commissary_permissions::{PolicyDocument, release};
use serde_json::Value;

/// The JSON block of the page "AWS Static Credentials".
const PRETTY: &str = include_str!("data/kommander-2.2-policy.json");
/// The document in the page's `aws iam create-policy` command.
const COMPACT: &str = include_str!("data/kommander-2.2-policy.min.json");

fn whole_policy() -> PolicyDocument {
    let release = release("kommander-2.2").unwrap();
    release.select(&[]).unwrap().policy()
}

#[test]
fn every_statement_is_the_page_s() {
    let page: Value = serde_json::from_str(PRETTY).unwrap();
    let policy = whole_policy();
    assert_eq!(policy.as_json()["Version"], page["Version"]);
    let ours = policy.as_json()["Statement"].as_array().unwrap();
    let theirs = page["Statement"].as_array().unwrap();
    assert_eq!(ours.len(), theirs.len());
    for (index, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
        assert_eq!(ours, theirs, "statement {index}");
    }
}

#[test]
fn the_figures_are_the_page_s() {
    let policy = whole_policy();
    assert_eq!(policy.statements(), 17);
    assert_eq!(policy.entries(), 114);
    assert_eq!(policy.unique_actions(), 107);
    assert_eq!(policy.size(), 5_538);
}

#[test]
fn on_one_line_it_is_the_command_s() {
    let compact = whole_policy().to_compact();
    assert_eq!(compact.chars().count(), 5_538);
    assert_eq!(compact, COMPACT);
}

#[test]
fn laid_out_it_is_the_page_s() {
    assert_eq!(format!("{}\n", whole_policy().to_pretty()), PRETTY);
}

#[test]
fn both_forms_say_the_same() {
    for features in [
        vec![],
        vec!["ec2".to_owned()],
        vec!["eks-fargate".to_owned()],
    ] {
        let release = release("kommander-2.2").unwrap();
        let policy = release.select(&features).unwrap().policy();
        let pretty: Value = serde_json::from_str(&policy.to_pretty()).unwrap();
        let compact: Value = serde_json::from_str(&policy.to_compact()).unwrap();
        assert_eq!(&pretty, policy.as_json());
        assert_eq!(&compact, policy.as_json());
    }
}
