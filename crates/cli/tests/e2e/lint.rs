//! `commissary iam lint` from outside.

use std::path::Path;

use crate::support::{Done, commissary, run_with_input};

const KOMMANDER: &str = include_str!("../../../iam/tests/data/lint/kommander-2.2.json");

fn lint(home: &Path, args: &[&str], policy: &str) -> Done {
    let file = home.join("policy.json");
    std::fs::write(&file, policy).unwrap();
    let mut command = commissary(home);
    command
        .args(["iam", "lint", file.to_str().unwrap()])
        .args(args);
    Done::of(command.output().unwrap())
}

#[test]
fn an_error_ends_with_1_and_less_with_0() {
    let home = tempfile::tempdir().unwrap();
    let text = lint(home.path(), &[], KOMMANDER).with_code(1);
    assert!(
        text.contains("service-linked-role-mismatch  line 166, statement 11"),
        "{text}"
    );
    assert!(
        text.ends_with("1 error, 5 warnings, 1 note; 5538 of 6144 characters\n"),
        "{text}"
    );
    let warned = KOMMANDER.replace(
        "role/aws-service-role/eks-fargate-pods.",
        "role/aws-service-role/eks-fargate.",
    );
    let text = lint(home.path(), &[], &warned).with_code(0);
    assert!(text.contains("0 errors, 5 warnings"), "{text}");
    let first = text.lines().next().unwrap_or_default();
    assert!(first.starts_with("warning hard-coded-partition"), "{first}");
}

#[test]
fn json_has_every_field() {
    let home = tempfile::tempdir().unwrap();
    let policy = r#"{"Version": "2012-10-17", "Statement": [{"Sid": "Read", "Effect": "Allow",
        "Action": ["ec2:DescribeVpc"], "Resource": "*"}]}"#;
    let done = lint(
        home.path(),
        &["--output", "json", "--attach", "user"],
        policy,
    );
    let report: serde_json::Value = serde_json::from_str(&done.with_code(1)).unwrap();
    assert_eq!(
        report,
        serde_json::json!({
            "findings": [{
                "code": "unknown-action",
                "severity": "error",
                "message": "Amazon EC2 has no action `ec2:DescribeVpc`",
                "fix": "write `ec2:DescribeVpcs`",
                "pointer": "/Statement/0/Action/0",
                "statementIndex": 0,
                "sid": "Read",
                "line": 2,
                "column": 20,
            }],
            "errors": 1, "warnings": 0, "notes": 0, "size": 114, "limit": 2048,
        })
    );
}

#[test]
fn what_is_expected_is_held_against_the_policy() {
    let home = tempfile::tempdir().unwrap();
    let policy = r#"{"Version": "2012-10-17", "Statement":
        {"Effect": "Allow", "Action": "ec2:RunInstances", "Resource": "*"}}"#;
    lint(home.path(), &["--expect", "ec2:RunInstances"], policy).with_code(0);
    let text = lint(home.path(), &["--expect", "ec2:CreateVolume"], policy).with_code(1);
    assert!(
        text.contains("the policy does not allow `ec2:CreateVolume`"),
        "{text}"
    );
    let done = lint(home.path(), &["--expect", "ec2"], policy);
    assert!(done.err.contains("`ec2` is no expectation"), "{}", done.err);
    done.with_code(2);
}

#[test]
fn what_is_no_policy_is_refused() {
    let home = tempfile::tempdir().unwrap();
    let done = lint(home.path(), &[], r#"{"Statement": {"Effect": "allow"}}"#);
    assert!(
        done.err
            .contains("neither `Allow` nor `Deny` (at `/Statement/Effect`, line 1"),
        "{}",
        done.err
    );
    done.with_code(1);
    let mut missing = commissary(home.path());
    missing.args(["iam", "lint", "no-such-file"]);
    let done = Done::of(missing.output().unwrap());
    assert!(
        done.err.contains("`no-such-file` cannot be read"),
        "{}",
        done.err
    );
    done.with_code(1);
    let mut piped = commissary(home.path());
    piped.args(["iam", "lint", "-"]);
    run_with_input(&mut piped, KOMMANDER).with_code(1);
}
