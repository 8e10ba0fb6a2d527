//! Huge documents are compared, or refused, in bounded time and memory.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::time::{Duration, Instant};

use commissary_iam::{
    NamedPolicy, Policy, PolicySet, Question, QuestionError, Viewpoint, compare, cover,
};
use serde_json::{Value, json};

/// A policy of about a megabyte, the most that is read.
fn set(actions: &Value, resources: &Value) -> PolicySet {
    let document = json!({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Action": actions, "Resource": resources,
    }});
    PolicySet {
        identity: vec![NamedPolicy::new(
            "huge",
            Policy::parse(&document.to_string()).unwrap(),
        )],
        ..PolicySet::default()
    }
}

fn numbered(count: usize, text: impl Fn(usize) -> String) -> Value {
    (0..count).map(|number| json!(text(number))).collect()
}

/// Far more than any of it takes, also where the machine is busy.
fn is_bounded(run: impl FnOnce() -> Result<(), QuestionError>) {
    let start = Instant::now();
    let answer = run();
    assert!(
        matches!(answer, Err(QuestionError::TooComplex)),
        "{answer:?}"
    );
    assert!(start.elapsed() < Duration::from_secs(120));
}

#[test]
fn too_many_patterns_are_not_compared() {
    let all = json!("*");
    for huge in [
        set(&numbered(40_000, |n| format!("ec2:Describe{n:06}*")), &all),
        set(&numbered(40_000, |n| format!("ec2:*{n:06}*")), &all),
        set(
            &json!("s3:*"),
            &numbered(30_000, |n| format!("arn:aws:s3:::*{n:06}*")),
        ),
    ] {
        let none = PolicySet::default();
        is_bounded(|| compare(&none, &huge, &Viewpoint::default()).map(|_| ()));
    }
}

#[test]
fn too_many_resources_are_not_covered() {
    let huge = set(
        &json!("s3:*"),
        &numbered(30_000, |n| format!("arn:aws:s3:::*{n:06}*")),
    );
    let question = Question::new("s3:GetObject", "arn:aws:s3:::*");
    is_bounded(|| cover(&huge, &question).map(|_| ()));
}

/// What the policies of one principal may hold at the most: ten managed ones.
#[test]
fn all_that_a_principal_may_have_is_compared() {
    let many = set(
        &numbered(2_500, |n| format!("service{}:Action{n:04}", n % 50)),
        &json!("*"),
    );
    let none = PolicySet::default();
    let difference = compare(&none, &many, &Viewpoint::default()).unwrap();
    let [change] = difference.changes.as_slice() else {
        panic!("one change")
    };
    assert_eq!(change.actions.len(), 2_500);
}
