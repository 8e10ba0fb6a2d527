//! Documents that would take a careless linter for ever.

use std::fmt::Write as _;

use super::{check, found};
use commissary_iam::lint::{Code, Expectation, Options, lint};
use commissary_iam::reference::Reference;

const MEGABYTE: usize = 1 << 20;

/// A policy of nearly a megabyte of these statements.
fn policy(statement: impl Fn(usize) -> String) -> String {
    let mut text = String::from(r#"{"Version": "2012-10-17", "Statement": ["#);
    while text.len() < MEGABYTE - 2_000 {
        let statement = statement(text.len());
        write!(text, "{statement},").unwrap();
    }
    text.pop();
    text + "]}"
}

#[test]
fn a_megabyte_ends_and_says_what_was_not_compared() {
    let statements: [fn(usize) -> String; 4] = [
        |n| {
            format!(
                r#"{{"Effect": "Allow", "Action": "s3:Get{n}*", "Resource": "arn:aws:s3:::b/{n}"}}"#
            )
        },
        |n| {
            format!(
                r#"{{"Effect": "Allow", "Action": "ec2:*e{n}*", "Resource": "arn:*:ec2:*:*:vpc/*{n}"}}"#
            )
        },
        |n| {
            format!(
                r#"{{"Effect": "Deny", "Action": ["s3:GetObject", "ec2:Run*"], "Resource": "*", "Condition": {{"StringLike": {{"aws:PrincipalTag/{n}": ["*a*{n}", "b"]}}}}}}"#
            )
        },
        |n| {
            format!(
                r#"{{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::{}*{n}"}}"#,
                "*a".repeat(400)
            )
        },
    ];
    for statement in statements {
        let report = check(&policy(statement));
        assert!(report.size > MEGABYTE / 2);
        let incomplete = report.findings.iter().any(|f| f.code == Code::Incomplete);
        assert!(incomplete, "all pairs of thousands were compared");
    }
}

#[test]
fn a_policy_of_the_largest_size_is_compared_whole() {
    let mut actions = Vec::new();
    let s3 = Reference::bundled().unwrap().service("s3").unwrap();
    for action in s3.actions() {
        actions.push(format!("\"s3:{}*\"", action.name()));
    }
    let statement = |n: usize| {
        format!(
            r#"{{"Effect": "Allow", "Action": [{}], "Resource": "arn:aws:s3:::b{n}/*"}}"#,
            actions.join(",")
        )
    };
    let text = format!(
        r#"{{"Version": "2012-10-17", "Statement": [{},{}]}}"#,
        statement(1),
        statement(2)
    );
    let report = check(&text);
    assert!(report.size > 10_240, "{}", report.size);
    assert!(
        report.findings.iter().all(|f| f.code != Code::Incomplete),
        "{:?}",
        found(&report)
    );
}

#[test]
fn what_is_no_policy_is_refused_with_its_place() {
    let reference = Reference::bundled().unwrap();
    let error = lint(
        r#"{"Statement": [{"Effect": "allow"}]}"#,
        reference,
        &Options::default(),
    )
    .unwrap_err();
    assert_eq!(error.pointer(), Some("/Statement/0/Effect"));
}

#[test]
fn expectations_that_are_none_are_refused() {
    for text in [
        "",
        "ec2",
        "ec2:",
        ":Run",
        "ec2:*",
        "ec2:RunInstances=*",
        "ec2:RunInstances x",
        "iam:PassRole * key",
        "iam:PassRole * =x",
    ] {
        let error = text.parse::<Expectation>().unwrap_err();
        assert!(error.to_string().contains("service:Action"), "{text}");
    }
    for text in [
        "ec2:RunInstances",
        "iam:PassRole *",
        "iam:PassRole arn:aws:iam::111122223333:role/a=b iam:PassedToService=c=d",
    ] {
        assert_eq!(text.parse::<Expectation>().unwrap().to_string(), text);
    }
}
