use anstream::adapter::strip_str;
use commissary_core::domain::{DenyingLayer, Excess, Verdict};
use serde_json::Value;

use super::samples::{denied, mixed, report};
use super::*;

fn people(report: &PermissionReport) -> String {
    strip_str(&super::people::report(report, false)).to_string()
}

#[test]
fn people_read_the_verdict_first_then_the_reasons() {
    let text = people(&mixed());
    assert!(
        text.starts_with("not ready: 6 of 114 requirements are denied\n"),
        "{text}"
    );
    for part in [
        "\ndenied: nothing in the identity policies allows it\n",
        "\ndenied: denied by statement 2 (`NoMachines`) of `builders/inline:gu|ard`, in the group policies\n",
        "\ndenied: the permissions boundary does not allow it\n",
        "\nconditional: it hangs on kms:ResourceAliases\n",
        "iam:PassRole on arn:*:iam::*:role/*.cluster-api-provider-aws.sigs.k8s.io",
        "--fix prints the smallest addition",
        "must be taken away or narrowed",
        "the account: 1 of 3 roles and instance profiles",
        "too much: 3 actions beyond the requirements, in 1 service; 1 required action on more resources",
        "critical  it may make keys for users",
        "2 write, 1 list",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert!(!text.contains("nodes.cluster-api"), "{text}");
}

#[test]
fn a_report_in_which_all_is_denied_stays_short() {
    let text = people(&report(|_| denied(DenyingLayer::Identity)));
    assert!(text.lines().count() < 120, "{}", text.lines().count());
    for finding in report(|_| Verdict::Allowed).findings {
        assert!(text.contains(&finding.action), "{}", finding.action);
    }
}

#[test]
fn what_is_not_known_is_never_told_as_nothing() {
    let mut report = report(|_| Verdict::Allowed);
    assert!(people(&report).starts_with("ready: all 114"));
    assert!(!people(&report).contains("too much"));
    report.excess = Some(Excess::unknown("the policies were not read"));
    let text = people(&report);
    assert!(
        text.contains("too much: not known, because the policies were not read"),
        "{text}"
    );
    report.excess = Some(Excess::default());
    assert!(people(&report).contains("too much: nothing;"));
}

#[test]
fn a_ticket_holds_the_fix_and_no_markup_of_others() {
    let text = super::markdown::report(&mixed(), false);
    assert!(
        text.starts_with("## Not ready: 6 of 114 requirements are denied\n"),
        "{text}"
    );
    for part in [
        "| EC2 Instances |",
        "- `ec2:CreateVpc` (VPC)\n",
        "gu\\|ard",
        "```json\n{\n  \"Version\": \"2012-10-17\"",
        "The key's own policy &lt;decides> \\_it\\_",
        "| `control-plane.cluster-api-provider-aws.sigs.k8s.io` | instance profile | missing | make it |",
        "- **critical**: it may make keys for users: `iam:CreateAccessKey`",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert!(!text.contains('\u{1b}'));
    assert!(super::markdown::report(&mixed(), true).contains("### Allowed"));
}

fn schema() -> jsonschema::Validator {
    let schema = include_str!("../../../tests/data/sarif-2.1.0.json");
    // One of its patterns has a bracket too many, which stands for itself in ECMA's dialect only.
    let schema = schema.replace("{2}]?$", "{2}\\\\]?$");
    let schema: Value = serde_json::from_str(&schema).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

#[test]
fn sarif_is_valid_whatever_is_in_the_report() {
    let schema = schema();
    assert!(!schema.is_valid(&serde_json::json!({"version": "2.1.0"})));
    let mut unknown = report(|_| Verdict::Unverifiable {
        because: "nobody knows".into(),
    });
    unknown.excess = Some(Excess::unknown("the policies were not read"));
    for report in [mixed(), unknown, report(|_| Verdict::Allowed)] {
        let log = super::sarif::log(&report);
        let errors: Vec<String> = schema
            .iter_errors(&log)
            .map(|error| error.to_string())
            .collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
}

#[test]
fn sarif_tells_levels_and_rules() {
    let log = super::sarif::log(&mixed());
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    let level = |id: &str| {
        let result = results.iter().find(|result| result["ruleId"] == id);
        let result = result.unwrap_or_else(|| panic!("{id}"));
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], id);
        result["level"].as_str().unwrap()
    };
    assert_eq!(level("denied/ec2:RunInstances"), "error");
    assert_eq!(level("conditional"), "warning");
    assert_eq!(level("unverifiable"), "note");
    assert_eq!(level("too-much/takes-identities"), "error");
    assert_eq!(level("too-much/actions"), "note");
    assert_eq!(level("account/instance-profile"), "warning");
    let principal = &results[0]["locations"][0]["logicalLocations"][0];
    assert_eq!(principal["name"], "Kommander");
    let prints: std::collections::BTreeSet<String> = results
        .iter()
        .map(|one| one["partialFingerprints"].to_string())
        .collect();
    assert_eq!(prints.len(), results.len());
    let denied = results
        .iter()
        .find(|one| one["ruleId"] == "denied/ec2:RunInstances")
        .unwrap();
    assert_eq!(denied["properties"]["by"]["kind"], "group");
    assert_eq!(denied["properties"]["by"]["named"][0]["sid"], "NoMachines");
    let all = super::sarif::log(&report(|_| Verdict::Allowed));
    assert_eq!(all["runs"][0]["results"].as_array().unwrap().len(), 0);
}

#[test]
fn a_fix_is_a_policy_and_no_ticket() {
    for format in [Format::Markdown, Format::Sarif] {
        let shown = Shown {
            format,
            all: false,
            fix: true,
        };
        assert!(shown.check().is_err());
        assert!(format.without_report().is_err());
    }
}
