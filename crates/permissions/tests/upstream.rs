//! Every release renders back to the policy that it is made from.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::path::Path;

use commissary_permissions::{Feature, Form, Release, Selection, release, releases};
use serde_json::Value;

const CONTROLLERS: &str = "AWSIAMManagedPolicyControllers";
const EKS: &str = "AWSIAMManagedPolicyControllersEKS";

/// The documents that `clusterawsadm` prints: one for the controllers, since v1.0.0 another for EKS.
fn upstream(file: &str) -> Value {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/capa");
    let text = std::fs::read_to_string(folder.join(file).with_added_extension("json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn statements(documents: &Value) -> Vec<Value> {
    let parts = [CONTROLLERS, EKS].into_iter();
    let parts = parts.filter_map(|name| documents.get(name));
    parts
        .inspect(|document| assert_eq!(document["Version"], "2012-10-17"))
        .flat_map(|document| document["Statement"].as_array().unwrap().clone())
        .collect()
}

fn ours(selection: &Selection<'_>) -> Vec<Value> {
    let policy = selection.policy_in(Form::Verbatim);
    policy.as_json()["Statement"].as_array().unwrap().clone()
}

/// One by one, so that a failure names the statement.
fn assert_same(name: &str, ours: &[Value], theirs: &[Value]) {
    for (index, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
        assert_eq!(ours, theirs, "statement {index} of {name}");
    }
    assert_eq!(ours.len(), theirs.len(), "{name}");
}

fn latest() -> &'static Release {
    release("capa-2.11").unwrap()
}

/// The default features without some, and others.
fn choice(without: &[&str], with: &[&str]) -> Selection<'static> {
    let features = latest().features().iter().filter(|feature| {
        let id = feature.id();
        with.contains(&id) || (feature.default && !without.contains(&id))
    });
    let features: Vec<String> = features.map(|feature| feature.id().to_owned()).collect();
    latest().select(&features).unwrap()
}

#[test]
fn every_release_is_its_own_policy() {
    let capa = releases().iter().filter(|r| r.id() != "kommander-2.2");
    let mut compared = 0;
    for release in capa {
        let theirs = statements(&upstream(release.first_version()));
        let ours = ours(&release.select(&[]).unwrap());
        assert_same(release.id(), &ours, &theirs);
        compared += 1;
    }
    assert_eq!(compared, 16);
}

#[test]
fn every_option_is_its_own_policy() {
    for (option, selection) in [
        ("all_secret_backends", choice(&[], &["ssm"])),
        ("ssm_secret_backend", choice(&["secrets-manager"], &["ssm"])),
        ("allow_assume_role", choice(&[], &["assume-role"])),
        ("s3_bucket", choice(&[], &["s3-buckets"])),
        ("eks_default_roles", choice(&[], &[])),
        (
            "eks_kms_prefix",
            choice(&[], &[])
                .with_name("kms-alias-prefix", "custom-prefix-")
                .unwrap(),
        ),
    ] {
        let theirs = statements(&upstream(&format!("v2.11.0-with_{option}")));
        assert_same(option, &ours(&selection), &theirs);
    }
}

#[test]
fn without_eks_the_controllers_policy_is_left() {
    let documents = upstream("v2.11.0-with_eks_disable");
    assert!(documents.get(EKS).is_none());
    let theirs = statements(&documents);
    let whole = ours(&choice(&[], &[]));
    assert_same("eks_disable", &whole[..theirs.len()], &theirs);
    let eks: Vec<&str> = latest()
        .features()
        .iter()
        .map(Feature::id)
        .filter(|id| id.starts_with("eks") || *id == "kms")
        .collect();
    // Theirs keeps the access entries of EKS, which nothing needs then.
    let actions = |statements: &[Value]| -> Vec<String> {
        let actions = statements
            .iter()
            .flat_map(|s| s["Action"].as_array().unwrap());
        let actions = actions.map(|action| action.as_str().unwrap().to_owned());
        actions
            .filter(|action| !action.starts_with("eks:"))
            .collect()
    };
    assert_eq!(actions(&ours(&choice(&eks, &[]))), actions(&theirs));
}

#[test]
fn the_figures_are_upstream_s() {
    for (id, actions) in [
        ("capa-0.7", 107),
        ("capa-1.1", 111),
        ("capa-1.4", 113),
        ("capa-1.5", 115),
        ("capa-2.0", 126),
        ("capa-2.1", 127),
        ("capa-2.1.1", 128),
        ("capa-2.2.2", 129),
        ("capa-2.3", 142),
        ("capa-2.4.2", 143),
        ("capa-2.5", 146),
        ("capa-2.7", 147),
        ("capa-2.8.4", 149),
        ("capa-2.9", 152),
        ("capa-2.10", 154),
        ("capa-2.11", 162),
    ] {
        let selection = release(id).unwrap().select(&[]).unwrap();
        let policy = selection.policy_in(Form::Verbatim);
        assert_eq!(policy.unique_actions(), actions, "{id}");
        assert_eq!(policy.statements(), 17, "{id}");
    }
    let everything = latest().with_all_features();
    assert_eq!(everything.policy_in(Form::Verbatim).unique_actions(), 200);
}

#[test]
fn the_first_release_is_the_page_s() {
    let policy = |id: &str| {
        let selection = release(id).unwrap().select(&[]).unwrap();
        selection.policy_in(Form::Verbatim)
    };
    assert_eq!(policy("capa-0.7"), policy("kommander-2.2"));
}
