//! Reports for tickets and CI, and what would mend a denial.

use serde_json::Value;

use crate::support::{CHECK_POOR, Server, with_poor_user};

#[test]
fn the_fix_alone_goes_to_standard_output() {
    let server = with_poor_user();
    let fixed = server.run(&[&CHECK_POOR[..], &["--fix"]].concat());
    assert!(
        fixed.err.contains("add this to the policies of"),
        "{}",
        fixed.err
    );
    let policy: Value = serde_json::from_str(&fixed.with_code(3)).unwrap();
    let statements = policy["Statement"].as_array().unwrap();
    let grants = |action: &str| {
        let of = |one: &Value| {
            one["Action"]
                .as_array()
                .unwrap()
                .contains(&Value::from(action))
        };
        statements.iter().any(of)
    };
    assert!(grants("eks:CreateCluster") && !grants("ec2:RunInstances"));
    let fixed = server.run(&[&CHECK_POOR[..], &["--fix", "--output", "json"]].concat());
    let fixed: Value = serde_json::from_str(&fixed.with_code(3)).unwrap();
    assert_eq!(fixed["policy"], policy);
    assert_eq!(fixed["elsewhere"], serde_json::json!([]));
    let whole = server.run(&[&CHECK_POOR[..], &["--output", "json"]].concat());
    let whole: Value = serde_json::from_str(&whole.with_code(3)).unwrap();
    assert_eq!(whole["fix"], fixed);
    assert_eq!(whole["excess"]["actions"], 0);
}

#[test]
fn a_report_is_printed_for_tickets_and_for_ci() {
    let server = with_poor_user();
    let text = server.run(&[&CHECK_POOR[..], &["--output", "markdown"]].concat());
    let text = text.with_code(3);
    assert!(text.starts_with("## Not ready: "), "{text}");
    assert!(text.contains("```json\n{"), "{text}");
    let log = server.run(&[&CHECK_POOR[..], &["--output", "sarif"]].concat());
    let log: Value = serde_json::from_str(&log.with_code(3)).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let results = log["runs"][0]["results"].as_array().unwrap();
    let denied = |one: &&Value| one["level"] == "error";
    assert!(results.iter().filter(denied).count() > 20);
}

#[test]
fn only_reports_have_these_forms() {
    let server = Server::with_sandbox();
    for args in [
        &["workspace", "list", "--output", "sarif"][..],
        &["aws", "policy", "releases", "--output", "markdown"],
    ] {
        let refused = server.run(args);
        assert!(
            refused.err.contains("only the report of a check"),
            "{}",
            refused.err
        );
        refused.with_code(2);
    }
    let refused = server.run(&["aws", "check", "--fix", "--output", "sarif"]);
    assert!(refused.err.contains("leave out --fix"), "{}", refused.err);
    refused.with_code(2);
}

#[test]
fn a_providers_last_report_is_printed_again() {
    let server = with_poor_user();
    server.run(&["workspace", "create", "team-a"]).with_code(0);
    let poor = ["provider", "add", "aws", "prod", "--workspace", "team-a"];
    let from = ["--from-profile", "poor"];
    server.run(&[&poor[..], &from].concat()).with_code(0);
    let show = ["provider", "show", "prod", "--workspace", "team-a"];
    let text = server.run(&[&show[..], &["--output", "markdown"]].concat());
    assert!(text.with_code(0).starts_with("## "));
    let fix = server.run(&[&show[..], &["--fix", "--output", "json"]].concat());
    assert!(fix.json()["notes"].is_array());
    let nobody = [
        "provider",
        "show",
        "nobody",
        "--workspace",
        "team-a",
        "--fix",
    ];
    server.run(&nobody).with_code(6);
}
