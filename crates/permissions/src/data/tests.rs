use serde_json::{Value, json};

use super::tables::Tables;
use super::{DataError, RELEASES, builtin, dns_suffix, load, ownership, partition_of};

#[test]
fn the_data_loads() {
    assert_eq!(builtin().unwrap().len(), RELEASES.len());
    assert_eq!(dns_suffix("aws"), Some("amazonaws.com"));
    assert_eq!(dns_suffix("aws-elsewhere"), None);
    assert_eq!(partition_of("us-gov-west-1"), Some("aws-us-gov"));
    assert_eq!(partition_of("us-east-1"), Some("aws"));
    assert_eq!(partition_of("mars-1"), None);
}

#[test]
fn the_shared_table_names_features_of_a_release() {
    let releases = builtin().unwrap();
    let tables = Tables::builtin().unwrap();
    for (action, targets) in &tables.targets {
        let targets = targets.every.iter().chain(&targets.alternatives);
        for feature in targets.flat_map(|target| target.features()) {
            let mut releases = releases.iter();
            assert!(
                releases.any(|r| r.feature(feature).is_some()),
                "{action}: {feature}"
            );
        }
    }
}

#[test]
fn the_tables_hold_nothing_that_no_release_needs() {
    let releases = builtin().unwrap();
    let tables = Tables::builtin().unwrap();
    let forms = releases.iter().flat_map(|r| [&r.verbatim, &r.fixed]);
    let statements = forms.flatten();
    let requirements: Vec<_> = statements.flat_map(|s| &s.requirements).collect();
    for action in tables.targets.keys().chain(tables.kinds.keys()) {
        assert!(requirements.iter().any(|r| r.action == *action), "{action}");
    }
    for (name, format) in &tables.formats {
        let mut targets = requirements
            .iter()
            .flat_map(|r| r.template.every.iter().chain(&r.template.alternatives));
        assert!(targets.any(|target| target.arn == format.arn), "{name}");
    }
    for (name, reason) in &tables.reasons {
        assert!(requirements.iter().any(|r| r.reason == *reason), "{name}");
    }
    for action in &ownership().actions {
        assert!(requirements.iter().any(|r| r.action == *action), "{action}");
    }
}

/// A release that loads, for the tests to break.
fn sound() -> Value {
    json!({
        "id": "r-1", "title": "R", "consumer": "C", "source": "S", "version": "2012-10-17",
        "versions": {"first": "v1", "last": "v2"},
        "features": [{"id": "f", "title": "F", "default": true}],
        "statements": [{
            "id": "s", "features": ["f"],
            "actions": ["ec2:RunInstances"], "resources": ["*"]
        }]
    })
}

fn load_one(release: &Value) -> Result<(), DataError> {
    let tables = Tables::builtin()?;
    load(&[&release.to_string()], &tables).map(drop)
}

fn complaint(break_it: impl FnOnce(&mut Value)) -> String {
    let mut release = sound();
    break_it(&mut release);
    load_one(&release).unwrap_err().to_string()
}

#[test]
fn the_sound_release_is_sound() {
    assert_eq!(load_one(&sound()), Ok(()));
}

#[test]
fn unknown_names_are_refused() {
    for (pointer, value, expected) in [
        (
            "/features/0/requires",
            json!(["g"]),
            "feature `f` of release `r-1` names the feature `g`, which is not there",
        ),
        (
            "/statements/0/features",
            json!(["g"]),
            "statement `s` of release `r-1` names the feature `g`, which is not there",
        ),
        (
            "/statements/0/featuresOf",
            json!({"ec2:CreateVpc": ["f"]}),
            "statement `s` of release `r-1` names the action `ec2:CreateVpc`, which is not there",
        ),
        (
            "/statements/0/targets",
            json!({"ec2:CreateVpc": {"every": ["*"]}}),
            "statement `s` of release `r-1` names the action `ec2:CreateVpc`, which is not there",
        ),
        (
            "/statements/0/targets",
            json!({"ec2:RunInstances": {"every": ["ec2:moon"]}}),
            "statement `s` of release `r-1` names the ARN format `ec2:moon`, which is not there",
        ),
        (
            "/statements/0/targets",
            json!({"ec2:RunInstances": {"every": [{"resource": "*", "features": ["g"]}]}}),
            "statement `s` of release `r-1` names the feature `g`, which is not there",
        ),
        (
            "/statements/0/context",
            json!({"ec2:Owner": ["${Moon}"]}),
            "statement `s` of release `r-1` names the placeholder `Moon`, which is not there",
        ),
        (
            "/statements/0/actions",
            json!(["ec2:LaunchRocket"]),
            "statement `s` of release `r-1` names the resources of `ec2:LaunchRocket`, \
             which is not there",
        ),
        (
            "/statements/0/condition",
            json!({"operator": "StringLike", "key": "ec2:Owner", "value": "*"}),
            "statement `s` of release `r-1` names the context of `ec2:Owner`, which is not there",
        ),
    ] {
        assert_eq!(complaint(|r| set(r, pointer, value)), expected, "{pointer}");
    }
}

#[test]
fn empty_lists_are_refused() {
    for (pointer, value, expected) in [
        ("/statements/0/features", json!([]), "features"),
        ("/statements/0/actions", json!([]), "actions"),
        ("/statements/0/resources", json!([]), "resources"),
        ("/statements/0/kinds", json!([]), "kinds"),
    ] {
        let expected = format!("statement `s` of release `r-1` has no {expected}");
        assert_eq!(complaint(|r| set(r, pointer, value)), expected, "{pointer}");
    }
    let nothing = json!({"ec2:RunInstances": {"every": []}});
    assert_eq!(
        complaint(|r| set(r, "/statements/0/targets", nothing)),
        "`ec2:RunInstances` in statement `s` of release `r-1` has no resources"
    );
}

#[test]
fn repetitions_are_refused() {
    let twice = |pointer: &'static str| {
        complaint(|release| {
            let list = release.pointer_mut(pointer).unwrap();
            let list = list.as_array_mut().unwrap();
            list.push(list[0].clone());
        })
    };
    assert_eq!(
        twice("/features"),
        "release `r-1` has the feature `f` twice"
    );
    assert_eq!(
        twice("/statements"),
        "release `r-1` has the statement `s` twice"
    );
    assert_eq!(
        twice("/statements/0/actions"),
        "statement `s` of release `r-1` has the action `ec2:RunInstances` twice"
    );
}

#[test]
fn alternatives_and_doubt_stand_together() {
    for targets in [
        json!({"every": ["*"], "doubt": "who knows"}),
        json!({"every": ["*"], "alternatives": ["ec2:vpc"]}),
    ] {
        let targets = json!({"ec2:RunInstances": targets});
        assert_eq!(
            complaint(|r| set(r, "/statements/0/targets", targets)),
            "`ec2:RunInstances` in statement `s` of release `r-1` must have both alternatives and \
             a doubt, or neither"
        );
    }
}

#[test]
fn what_cannot_be_read_is_refused() {
    let misspelt = complaint(|release| set(release, "/statements/0/resource", json!(["*"])));
    assert!(misspelt.contains("unknown field `resource`"), "{misspelt}");
    let misspelt = complaint(|release| set(release, "/statements/0/kinds", json!(["moons"])));
    assert!(misspelt.contains("unknown variant `moons`"), "{misspelt}");
}

#[test]
fn an_arn_format_has_no_placeholder_that_nothing_fills() {
    let mut tables = Tables::builtin().unwrap();
    let format = json!({"arn": "arn:${Partition}:ec2:${Zone}::image/ami-1"});
    let format = serde_json::from_value(format).unwrap();
    tables.formats.insert("ec2:image".to_owned(), format);
    assert_eq!(
        load(&[&sound().to_string()], &tables)
            .unwrap_err()
            .to_string(),
        "statement `s` of release `r-1` names the placeholder `Zone`, which is not there"
    );
}

fn set(release: &mut Value, pointer: &str, value: Value) {
    let (parent, member) = pointer.rsplit_once('/').unwrap();
    release.pointer_mut(parent).unwrap()[member] = value;
}
