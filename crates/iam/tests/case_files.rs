//! Files of cases: what they may hold, and how a failing case says why.

#![expect(clippy::unwrap_used, reason = "tests")]

use commissary_iam::Outcome;
use commissary_iam::cases::{Case, CaseFile};

const ALLOW: &str = r#"{"Version": "2012-10-17", "Statement": {"Sid": "Ec2", "Effect": "Allow", "Action": "ec2:*", "Resource": "*",
    "Condition": {"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}}}"#;

fn file(case: &str) -> Vec<Case> {
    let text = format!(
        r#"{{"documents": {{"good": {ALLOW}, "bad": {{"Statement": 1}}}}, "cases": [{case}]}}"#
    );
    CaseFile::parse(&text).unwrap().cases
}

fn reason(case: &str) -> String {
    let cases = file(case);
    let result = cases.first().unwrap().run();
    assert!(!result.passed());
    result.failure.unwrap().to_string()
}

fn case(policies: &str, context: &str, expected: &str) -> String {
    format!(
        r#"{{"name": "n", "policies": {policies}, "why": ["kept"], "expected": "{expected}",
            "request": {{"action": "ec2:RunInstances", "resource": "*", "context": {context}}}}}"#
    )
}

#[test]
fn a_right_expectation_passes_and_unknown_keys_are_carried() {
    let cases = file(&case(
        r#"["good"]"#,
        r#"{"aws:RequestedRegion": ["eu-west-1"]}"#,
        "allowed",
    ));
    let [one] = cases.as_slice() else {
        panic!("one case")
    };
    assert!(one.run().passed());
    assert_eq!(one.test.as_ref().unwrap().expected, Outcome::Allowed);
    assert_eq!(
        serde_json::to_string(&one.extra).unwrap(),
        r#"{"why":["kept"]}"#
    );
}

#[test]
fn a_wrong_expectation_fails_with_the_statements_that_decided() {
    let reason = reason(&case(
        r#"["good"]"#,
        r#"{"aws:RequestedRegion": "eu-west-1"}"#,
        "explicitDeny",
    ));
    assert_eq!(
        reason,
        "expected explicitDeny, got allowed; statement 1 (`Ec2`) of `good` (identity policy) applies"
    );
}

#[test]
fn a_near_miss_is_explained() {
    let reason = reason(&case(
        r#"["good"]"#,
        r#"{"aws:requestedregion": "eu-west-2"}"#,
        "allowed",
    ));
    assert_eq!(
        reason,
        "expected allowed, got implicitDeny by the identity policy; Allow statement 1 (`Ec2`) of `good` (identity \
         policy) does not apply: `aws:RequestedRegion` is `eu-west-2`, which fails `StringEquals` `eu-west-1`"
    );
}

#[test]
fn a_policy_that_cannot_be_read_fails_its_case_only() {
    let wrong = [
        (r#"["bad"]"#, "/documents/bad/Statement"),
        (
            r#"["good", {"Statement": [1]}]"#,
            "/cases/0/policies/1/Statement/0",
        ),
        (r#"["good", "missing"]"#, "/cases/0/policies/1"),
        (r#"7"#, "/cases/0/policies"),
    ];
    for (policies, pointer) in wrong {
        let reason = reason(&case(policies, "{}", "allowed"));
        assert!(reason.starts_with("the case cannot be read: "), "{reason}");
        assert!(reason.contains(pointer), "{reason}");
    }
    let good = case(
        r#"["good"]"#,
        r#"{"aws:RequestedRegion": "eu-west-1"}"#,
        "allowed",
    );
    let both = file(&format!("{}, {good}", case(r#"["bad"]"#, "{}", "allowed")));
    assert_eq!(both.iter().filter(|case| case.run().passed()).count(), 1);
}

#[test]
fn a_file_in_another_form_is_refused_with_the_place() {
    for (text, pointer, message) in [
        ("{}", "", "`cases` is missing"),
        (r#"{"cases": {}}"#, "/cases", "must be a list"),
        (
            r#"{"documents": [], "cases": []}"#,
            "/documents",
            "must be an object",
        ),
    ] {
        let error = CaseFile::parse(text).map(|_| ()).unwrap_err();
        assert_eq!(error.pointer(), Some(pointer), "{error}");
        assert!(error.message().contains(message), "{error}");
    }
}

#[test]
fn a_case_in_another_form_fails_alone_with_the_place() {
    let request = r#""request": {"action": "a:B", "resource": "*"}"#;
    let good = format!(r#"{{"name": "good", "expected": "implicitDeny", {request}}}"#);
    for (case, name, pointer, message) in [
        ("7".to_owned(), "case 1", "/cases/0", "must be an object"),
        (format!(r#"{{"expected": "denied", {request}}}"#), "case 1", "/cases/0/expected", "`denied` is none of"),
        (format!(r#"{{"name": "n", {request}}}"#), "n", "/cases/0", "`expected` is missing"),
        (r#"{"name": "n", "expected": "allowed"}"#.to_owned(), "n", "/cases/0", "`request` is missing"),
        (r#"{"name": "n", "expected": "allowed", "request": {"action": "a:B"}}"#.to_owned(), "n", "/cases/0/request", "`resource` is missing"),
        (format!(r#"{{"name": "n", "expected": "allowed", "principal": 1, {request}}}"#), "n", "/cases/0/principal", "must be a string"),
        (format!(r#"{{"name": "n", "expected": "allowed", "principal": {{}}, {request}}}"#), "n", "/cases/0/principal", "must be one principal"),
        (format!(r#"{{"name": "n", "expected": "allowed", "principal": {{"AWS": ["a"]}}, {request}}}"#), "n", "/cases/0/principal/AWS", "not a list"),
        (r#"{"name": "n", "expected": "allowed", "request": {"action": "a:B", "resource": "*", "context": {"k": null}}}"#.to_owned(), "n", "/cases/0/request/context/k", "not null"),
    ] {
        let file = CaseFile::parse(&format!(r#"{{"cases": [{case}, {good}]}}"#)).unwrap();
        let [wrong, good] = file.cases.as_slice() else {
            panic!("two cases")
        };
        assert_eq!(wrong.name, name);
        let error = wrong.test.clone().map(|_| ()).unwrap_err();
        assert_eq!(error.pointer(), Some(pointer), "{error}");
        assert!(error.message().contains(message), "{error}");
        assert!(!wrong.run().passed() && good.run().passed());
    }
}

/// Every place in a case where a list, an object or nothing at all may stand.
#[test]
fn a_case_may_be_written_shortly() {
    const DENY: &str = r#"{"Statement": {"Effect": "Deny", "Action": "ec2:*", "Resource": "*"}}"#;
    const OPEN: &str = r#"{"Statement": {"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "*"}}"#;
    let everything =
        r#""policies": {"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#;
    for (members, expected) in [
        (everything.to_owned(), "allowed"),
        (format!(r#"{everything}, "scp": {DENY}"#), "explicitDeny"),
        (format!(r#"{everything}, "scp": [{DENY}]"#), "explicitDeny"),
        (
            format!(r#"{everything}, "scp": [[{DENY}]]"#),
            "explicitDeny",
        ),
        (
            format!(
                r#"{everything}, "scp": null, "boundary": null, "principal": null, "resourcePolicy": null"#
            ),
            "allowed",
        ),
        (
            format!(r#""principal": {{"Service": "sns.amazonaws.com"}}, "resourcePolicy": {OPEN}"#),
            "allowed",
        ),
        (
            format!(r#""principal": "sns.amazonaws.com", "resourcePolicy": {OPEN}"#),
            "allowed",
        ),
        (format!(r#""resourcePolicy": {OPEN}"#), "implicitDeny"),
    ] {
        for request in [
            r#"{"action": "ec2:RunInstances", "resource": "*"}"#,
            r#"{"action": "ec2:RunInstances", "resource": "*", "context": null}"#,
        ] {
            let cases = file(&format!(
                r#"{{"name": "n", {members}, "request": {request}, "expected": "{expected}"}}"#
            ));
            let failure = cases.first().unwrap().run().failure;
            assert!(failure.is_none(), "{members}: {}", failure.unwrap());
        }
    }
}

#[test]
fn a_resource_policy_is_asked_for_someone() {
    let policy = |arn: &str| {
        format!(
            r#"{{"Statement": {{"Effect": "Allow", "Principal": {{"AWS": "{arn}"}}, "Action": "*", "Resource": "*"}}}}"#
        )
    };
    for (arn, context, expected) in [
        ("arn:aws:iam::123456789012:user/Kommander", "{}", "allowed"),
        ("arn:aws:iam::123456789012:user/other", "{}", "implicitDeny"),
        (
            "arn:aws:iam::123456789012:user/other",
            r#"{"aws:PrincipalArn": "arn:aws:iam::123456789012:user/other"}"#,
            "allowed",
        ),
    ] {
        let text = format!(
            r#"{{"cases": [{{"name": "n", "policies": [], "resourcePolicy": {}, "expected": "{expected}",
                "request": {{"action": "s3:GetObject", "resource": "arn:aws:s3:::b/k", "context": {context}}}}}]}}"#,
            policy(arn)
        );
        let results = CaseFile::parse(&text).unwrap().run();
        assert!(
            results.iter().all(|result| result.passed()),
            "{arn} {results:?}"
        );
    }
}
