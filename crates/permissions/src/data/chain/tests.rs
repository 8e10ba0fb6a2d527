use serde_json::{Value, json};

use crate::data::tables::Tables;
use crate::data::{DataError, load};
use crate::release::{Form, Release};

fn base() -> Value {
    json!({
        "id": "r-1", "title": "R", "consumer": "C", "source": "S", "version": "2012-10-17",
        "versions": {"first": "v1", "last": "v1"},
        "features": [
            {"id": "f", "title": "F", "default": true},
            {"id": "g", "title": "G", "default": true}
        ],
        "statements": [{
            "id": "s", "features": ["f"],
            "actions": ["ec2:RunInstances", "ec2:CreateVpc"], "resources": ["*"]
        }]
    })
}

/// The release after [`base`], with members of its own.
fn next(members: &Value) -> Value {
    let mut release = json!({
        "id": "r-2", "title": "R", "consumer": "C", "source": "S", "base": "r-1",
        "versions": {"first": "v2", "last": "v2"}
    });
    for (name, member) in members.as_object().unwrap() {
        release[name] = member.clone();
    }
    release
}

fn put_together(members: &Value) -> Result<Release, DataError> {
    let texts = [base().to_string(), next(members).to_string()];
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let mut releases = load(&texts, &Tables::builtin()?)?;
    Ok(releases.remove(1))
}

fn statements(release: &Release, form: Form) -> Value {
    let selection = release.select(&[]).unwrap();
    let policy = selection.policy_in(form);
    let statements = policy.as_json()["Statement"].as_array().unwrap();
    let actions = statements.iter().map(|s| s["Action"].clone());
    actions.collect()
}

fn complaint(members: &Value) -> String {
    put_together(members).unwrap_err().to_string()
}

#[test]
fn what_is_not_said_is_the_base_s() {
    let release = put_together(&json!({})).unwrap();
    let expected = json!([["ec2:RunInstances", "ec2:CreateVpc"]]);
    assert_eq!(statements(&release, Form::Verbatim), expected);
    assert_eq!(release.features().len(), 2);
    assert_eq!(release.policy_version, "2012-10-17");
}

#[test]
fn changes_are_made_where_they_are_said() {
    let release = put_together(&json!({
        "changes": {"s": {
            "remove": ["ec2:RunInstances"],
            "insert": [
                {"actions": ["ec2:DescribeVpcs"]},
                {"after": "ec2:CreateVpc", "actions": ["ec2:DeleteVpc"], "features": ["g"]}
            ],
            "repeat": [{"after": "ec2:DeleteVpc", "actions": ["ec2:CreateVpc"]}]
        }},
        "statements": [{
            "id": "t", "features": ["f"], "actions": ["ec2:CreateSubnet"], "resources": ["*"]
        }]
    }));
    let release = release.unwrap();
    assert_eq!(
        statements(&release, Form::Verbatim),
        json!([
            [
                "ec2:DescribeVpcs",
                "ec2:CreateVpc",
                "ec2:DeleteVpc",
                "ec2:CreateVpc"
            ],
            ["ec2:CreateSubnet"]
        ])
    );
    assert_eq!(
        statements(&release, Form::Fixed),
        json!([
            ["ec2:DescribeVpcs", "ec2:CreateVpc", "ec2:DeleteVpc"],
            ["ec2:CreateSubnet"]
        ])
    );
    let requirements = release.select(&["f".to_owned()]).unwrap().requirements();
    assert!(requirements.iter().all(|r| r.action != "ec2:DeleteVpc"));
}

#[test]
fn fixes_change_the_fixed_form_alone() {
    let release = put_together(&json!({
        "fixes": [{"id": "x", "why": "w", "changes": {"s": {
            "insert": [{"after": "ec2:CreateVpc", "actions": ["ec2:DeleteVpc"]}]
        }}}]
    }));
    let release = release.unwrap();
    let verbatim = json!([["ec2:RunInstances", "ec2:CreateVpc"]]);
    assert_eq!(statements(&release, Form::Verbatim), verbatim);
    let fixed = json!([["ec2:RunInstances", "ec2:CreateVpc", "ec2:DeleteVpc"]]);
    assert_eq!(statements(&release, Form::Fixed), fixed);
}

#[test]
fn features_are_added_in_place_and_replaced() {
    let release = put_together(&json!({
        "features": [
            {"id": "h", "title": "H", "default": true, "after": "f"},
            {"id": "g", "title": "New", "default": false}
        ]
    }));
    let release = release.unwrap();
    let features = release.features().iter();
    let features: Vec<(&str, &str)> = features.map(|f| (f.id(), f.title())).collect();
    assert_eq!(features, [("f", "F"), ("h", "H"), ("g", "New")]);
}

#[test]
fn what_is_not_there_cannot_be_changed() {
    let insert = |insert: Value| json!({"changes": {"s": {"insert": [insert]}}});
    for (members, expected) in [
        (
            json!({"base": "r-0"}),
            "release `r-2` names the release `r-0`, which is not there",
        ),
        (
            json!({"changes": {"z": {}}}),
            "release `r-2` names the statement `z`, which is not there",
        ),
        (
            json!({"changes": {"s": {"remove": ["ec2:DeleteVpc"]}}}),
            "statement `s` of release `r-2` names the action `ec2:DeleteVpc`, which is not there",
        ),
        (
            insert(json!({"after": "ec2:DeleteVpc", "actions": ["ec2:DescribeVpcs"]})),
            "statement `s` of release `r-2` names the action `ec2:DeleteVpc`, which is not there",
        ),
        (
            insert(json!({"actions": ["ec2:CreateVpc"]})),
            "statement `s` of release `r-2` has the action `ec2:CreateVpc` twice",
        ),
        (
            json!({"changes": {"s": {"repeat": [{"actions": ["ec2:DeleteVpc"]}]}}}),
            "statement `s` of release `r-2` names the action `ec2:DeleteVpc`, which is not there",
        ),
        (
            json!({"features": [{"id": "h", "title": "H", "default": true, "after": "z"}]}),
            "release `r-2` names the feature `z`, which is not there",
        ),
        (
            json!({"fixes": [{"id": "x", "why": "w", "changes": {"z": {}}}]}),
            "fix `x` of release `r-2` names the statement `z`, which is not there",
        ),
        (
            json!({"parameters": [
                {"id": "p", "title": "P", "feature": "z", "placeholder": "P", "default": "d"}
            ]}),
            "parameter `p` of release `r-2` names the feature `z`, which is not there",
        ),
    ] {
        assert_eq!(complaint(&members), expected);
    }
}

#[test]
fn a_place_that_is_not_one_is_refused() {
    let twice = json!({"changes": {"s": {"repeat": [
        {"after": "ec2:RunInstances", "actions": ["ec2:CreateVpc"]},
        {"after": "ec2:CreateVpc", "actions": ["ec2:RunInstances"]}
    ]}}});
    assert_eq!(
        complaint(&twice),
        "statement `s` of release `r-2` names the action `ec2:CreateVpc` as a place, and it \
         stands there more than once"
    );
}

#[test]
fn a_release_without_base_needs_a_version() {
    let mut release = base();
    release.as_object_mut().unwrap().remove("version");
    let loaded = load(&[&release.to_string()], &Tables::builtin().unwrap());
    assert_eq!(
        loaded.unwrap_err().to_string(),
        "release `r-1` has no version"
    );
}
