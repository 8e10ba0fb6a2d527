//! `commissary iam` on files: what policies mean.

use std::path::Path;

use serde_json::{Value, json};

use crate::support::{Done, commissary, run_with_input};

const READER: &str = r#"{"Version": "2012-10-17", "Statement": [
    {"Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::a/*"},
    {"Effect": "Allow", "Action": "ec2:Describe*", "Resource": "*",
     "Condition": {"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}}]}"#;
const NARROWER: &str = r#"{"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Action": "S3:getobject", "Resource": "arn:aws:s3:::a/b/*"},
    {"Effect": "Allow", "Action": "ec2:Describe*", "Resource": "*"}]}"#;

fn iam(folder: &Path, args: &[&str]) -> Done {
    let mut command = commissary(folder);
    command.current_dir(folder).arg("iam").args(args);
    Done::of(command.output().unwrap())
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("reader.json"), READER).unwrap();
    std::fs::write(folder.path().join("narrower.json"), NARROWER).unwrap();
    folder
}

#[test]
fn simulate_decides_and_explains() {
    let folder = folder();
    let simulate = |more: &[&str]| {
        let args = ["simulate", "reader.json", "--output", "json"];
        iam(folder.path(), &[&args, more].concat()).json()
    };
    let get = ["--action", "s3:GetObject", "--resource"];
    let allowed = simulate(&[&get[..], &["arn:aws:s3:::a/k"]].concat());
    assert_eq!(allowed["decision"], "allowed");
    assert_eq!(allowed["statements"][0]["sid"], "Read");
    let denied = simulate(&[&get[..], &["arn:aws:s3:::b/k"]].concat());
    assert_eq!(denied["decision"], "implicitDeny");
    assert_eq!(denied["layer"], "identity");
    assert_eq!(denied["explanations"][0]["mismatch"], "resource");

    let describe = ["--action", "ec2:DescribeVpcs"];
    let open = simulate(&describe);
    assert_eq!(open["decision"], "conditional");
    assert_eq!(open["keys"], json!(["aws:RequestedRegion"]));
    let complete = simulate(&[&describe[..], &["--complete"]].concat());
    assert_eq!(complete["decision"], "implicitDeny");
    let region = ["--context", "aws:RequestedRegion=eu-west-1"];
    let given = simulate(&[&describe[..], &region].concat());
    assert_eq!(given["decision"], "allowed");

    let text = iam(
        folder.path(),
        &["simulate", "reader.json", "--action", "ec2:DescribeVpcs"],
    );
    let text = text.with_code(0);
    assert!(
        text.starts_with("conditional: it depends on aws:RequestedRegion"),
        "{text}"
    );
}

/// Nothing grants what no request can name; to call that denied would say something of the policy.
#[test]
fn simulate_takes_one_action() {
    let folder = folder();
    for action in ["nonsense", "ec2:", ":x", "ec2:Describe*", "*"] {
        let done = iam(
            folder.path(),
            &["simulate", "reader.json", "--action", action],
        );
        let error = done.with_code(2);
        assert_eq!(error, "", "{action}");
    }
}

#[test]
fn limiting_policies_limit() {
    let folder = folder();
    let args = [
        "simulate",
        "reader.json",
        "--scp",
        "reader.json,narrower.json",
        "--scp",
        "narrower.json",
        "--action",
        "s3:GetObject",
        "--resource",
        "arn:aws:s3:::a/k",
        "--output",
        "json",
    ];
    let denied = iam(folder.path(), &args).json();
    assert_eq!(denied["decision"], "implicitDeny");
    assert_eq!(denied["layer"], "scp:1");
}

#[test]
fn cover_tells_how_much_is_allowed() {
    let folder = folder();
    let cover = |policy: &str, resource: &str, code: i32| {
        let args = [
            "cover",
            policy,
            "--action",
            "s3:GetObject",
            "--resource",
            resource,
            "--output",
            "json",
        ];
        let out = iam(folder.path(), &args).with_code(code);
        serde_json::from_str::<Value>(&out).unwrap()
    };
    assert_eq!(
        cover("reader.json", "arn:aws:s3:::a/b/*", 0)["cover"],
        "all"
    );
    let some = cover("narrower.json", "arn:aws:s3:::a/*", 3);
    assert_eq!(some["cover"], "some");
    assert_eq!(some["inside"]["decision"], "allowed");
    assert_eq!(some["outside"]["decision"], "implicitDeny");
    assert_eq!(cover("reader.json", "arn:aws:s3:::b/*", 3)["cover"], "none");

    let describe = [
        "cover",
        "reader.json",
        "--action",
        "ec2:DescribeVpcs",
        "--resource",
        "*",
    ];
    let open = iam(folder.path(), &describe).with_code(0);
    assert!(
        open.starts_with("conditional: it depends on aws:RequestedRegion"),
        "{open}"
    );
    iam(folder.path(), &[&describe[..], &["--strict"]].concat()).with_code(4);
    let region = [
        "--condition",
        r#"{"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}"#,
    ];
    iam(folder.path(), &[&describe[..], &region].concat()).with_code(0);
    iam(
        folder.path(),
        &[&describe[..], &["--region", "eu-west-2"]].concat(),
    )
    .with_code(3);
}

#[test]
fn diff_is_about_meaning() {
    let folder = folder();
    let args = ["diff", "reader.json", "narrower.json", "--output", "json"];
    let changes = iam(folder.path(), &args).json()["changes"].clone();
    assert_eq!(changes.as_array().unwrap().len(), 2, "{changes}");
    assert_eq!(changes[0]["change"], "gained");
    assert_eq!(changes[0]["actions"][0]["within"], json!(["ec2:Describe*"]));
    assert_eq!(changes[0]["before"]["access"], "conditional");
    assert_eq!(changes[1]["change"], "lost");
    assert_eq!(
        changes[1]["resources"][0]["within"],
        json!(["arn:aws:s3:::a/*"])
    );
    assert_eq!(
        changes[1]["resources"][0]["except"],
        json!(["arn:aws:s3:::a/b/*"])
    );
    let same = iam(folder.path(), &["diff", "reader.json", "reader.json"]).with_code(0);
    assert_eq!(same, "both policies allow the same\n");
}

#[test]
fn test_counts_and_fails() {
    let folder = folder();
    let case = |name: &str, expected: &str| {
        json!({"name": name, "policies": [serde_json::from_str::<Value>(READER).unwrap()],
            "request": {"action": "s3:GetObject", "resource": "arn:aws:s3:::a/k"},
            "expected": expected})
    };
    let run = |cases: &Value| {
        let mut command = commissary(folder.path());
        command.args(["iam", "test", "-"]);
        run_with_input(&mut command, &json!({ "cases": cases }).to_string())
    };
    let passed = run(&json!([case("one", "allowed"), case("two", "allowed")])).with_code(0);
    assert_eq!(passed, "2 passed, 0 failed\n");
    let failed = run(&json!([
        case("one", "allowed"),
        case("two", "explicitDeny")
    ]))
    .with_code(1);
    assert!(
        failed.starts_with("FAILED two: expected explicitDeny, got allowed"),
        "{failed}"
    );
    assert!(failed.ends_with("\n1 passed, 1 failed\n"), "{failed}");
}

#[test]
fn what_cannot_be_read_is_told() {
    let folder = folder();
    std::fs::write(
        folder.path().join("broken.json"),
        r#"{"Statement": {"Effect": "allow"}}"#,
    )
    .unwrap();
    let simulate = |policy: &str, more: &[&str]| {
        let args = ["simulate", policy, "--action", "ec2:DescribeVpcs"];
        iam(folder.path(), &[&args, more].concat())
    };
    let absent = simulate("absent.json", &[]);
    assert!(
        absent.err.contains("`absent.json` cannot be read"),
        "{}",
        absent.err
    );
    absent.with_code(1);
    let broken = simulate("broken.json", &[]);
    assert!(broken.err.contains("`/Statement/Effect`"), "{}", broken.err);
    broken.with_code(1);
    simulate("reader.json", &["--context", "aws:RequestedRegion"]).with_code(2);
    let cover = |action: &str, resource: &str| {
        let args = [
            "cover",
            "reader.json",
            "--action",
            action,
            "--resource",
            resource,
        ];
        iam(folder.path(), &args)
    };
    cover("DescribeVpcs", "*").with_code(2);
    let elsewhere = cover("ec2:DescribeVpcs", "bucket");
    assert!(
        elsewhere.err.contains("matches no ARN"),
        "{}",
        elsewhere.err
    );
    elsewhere.with_code(2);
}
