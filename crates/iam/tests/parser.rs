//! What the parser accepts, and how it refuses the rest.

#![expect(clippy::unwrap_used, reason = "tests")]

use commissary_iam::{Effect, ParseError, Policy, Principal, Version};

fn refused(text: &str) -> ParseError {
    Policy::parse(text).map(|_| ()).unwrap_err()
}

fn with_statement(statement: &str) -> String {
    format!(r#"{{"Version": "2012-10-17", "Statement": {statement}}}"#)
}

#[test]
fn the_whole_grammar() {
    let policy = Policy::parse(
        r#"{"Version": "2012-10-17", "Id": "id-1", "Statement": [
            {"Sid": "One", "Effect": "Allow", "Action": "ec2:Describe*", "Resource": "*"},
            {"Effect": "Deny", "NotPrincipal": {"AWS": ["123456789012", "arn:aws:iam::123456789012:user/a"],
             "Service": "ec2.amazonaws.com", "Federated": "cognito-identity.amazonaws.com",
             "CanonicalUser": "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"},
             "NotAction": ["s3:*"], "NotResource": ["arn:aws:s3:::b"],
             "Condition": {"NumericLessThan": {"s3:max-keys": 10}, "ForAnyValue:StringLikeIfExists": {"aws:TagKeys": ["a", "b"]},
                           "Bool": {"aws:SecureTransport": true}}},
            {"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}
        ]}"#,
    )
    .unwrap();
    assert_eq!(policy.version(), Version::V2012);
    assert_eq!(policy.id(), Some("id-1"));
    let [first, second, third] = policy.statements() else {
        panic!("{} statements", policy.statements().len())
    };
    assert_eq!(first.sid(), Some("One"));
    assert_eq!(first.effect(), Effect::Allow);
    assert_eq!(
        first.actions().patterns().collect::<Vec<_>>(),
        ["ec2:Describe*"]
    );
    assert!(first.principals().is_none());

    assert_eq!(second.effect(), Effect::Deny);
    assert!(second.actions().is_negated() && second.resources().unwrap().is_negated());
    let principals = second.principals().unwrap();
    assert!(principals.is_negated());
    assert_eq!(principals.entries().len(), 5);
    assert_eq!(
        principals.entries().first(),
        Some(&Principal::Account("123456789012".into()))
    );
    let conditions: Vec<String> = second
        .conditions()
        .iter()
        .map(|one| {
            format!(
                "{} {} {}",
                one.operator(),
                one.key(),
                one.values().join(",")
            )
        })
        .collect();
    assert_eq!(
        conditions,
        [
            "NumericLessThan s3:max-keys 10",
            "ForAnyValue:StringLikeIfExists aws:TagKeys a,b",
            "Bool aws:SecureTransport true"
        ]
    );

    assert!(third.resources().is_none());
    assert_eq!(third.principals().unwrap().entries(), [Principal::Anyone]);
}

#[test]
fn every_fault_is_one_sentence_with_its_place() {
    let ok = r#""Effect": "Allow", "Action": "*", "Resource": "*""#;
    let cases = [
        (
            r#"[]"#.to_owned(),
            "",
            "a policy must be an object, not a list",
        ),
        (r#"{}"#.to_owned(), "", "no `Statement`"),
        (
            r#"{"Version": "2012-10-18", "Statement": []}"#.to_owned(),
            "/Version",
            "`2012-10-18` is neither",
        ),
        (
            r#"{"Version": 2012, "Statement": []}"#.to_owned(),
            "/Version",
            "must be a string, not a number",
        ),
        (
            r#"{"statement": []}"#.to_owned(),
            "/statement",
            "no element `statement`; it may have `Version`",
        ),
        (
            r#"{"Statement": [], "Id": null}"#.to_owned(),
            "/Id",
            "must be a string, not null",
        ),
        (
            with_statement(r#"["x"]"#),
            "/Statement/0",
            "a statement must be an object",
        ),
        (
            with_statement(r#"{"Action": "*", "Resource": "*"}"#),
            "/Statement",
            "no `Effect`",
        ),
        (
            with_statement(r#"[{"Effect": "allow", "Action": "*", "Resource": "*"}]"#),
            "/Statement/0/Effect",
            "`allow` is neither `Allow` nor `Deny`",
        ),
        (
            with_statement(r#"{"Effect": "Allow", "Resource": "*"}"#),
            "/Statement",
            "neither `Action` nor `NotAction`",
        ),
        (
            with_statement(&format!(r#"{{{ok}, "NotAction": "*"}}"#)),
            "/Statement/NotAction",
            "both `Action` and `NotAction`",
        ),
        (
            with_statement(&format!(r#"{{{ok}, "NotResource": "*"}}"#)),
            "/Statement/NotResource",
            "both `Resource` and",
        ),
        (
            with_statement(r#"{"Effect": "Allow", "Action": "*"}"#),
            "/Statement",
            "neither `Resource` nor `NotResource`",
        ),
        (
            with_statement(r#"{"Effect": "Allow", "Action": ["s3:*", "s3"], "Resource": "*"}"#),
            "/Statement/Action/1",
            "`s3` is neither `*` nor",
        ),
        (
            with_statement(r#"{"Effect": "Allow", "Action": [["s3:*"]], "Resource": "*"}"#),
            "/Statement/Action/0",
            "an action must be a string, not a list",
        ),
        (
            with_statement(r#"{"Effect": "Allow", "Action": "*", "Resource": {}}"#),
            "/Statement/Resource",
            "a resource must be a string, not an object",
        ),
        (
            with_statement(&format!(r#"{{{ok}, "Principal": "arn:aws:iam::1:root"}}"#)),
            "/Statement/Principal",
            "has no type; write `{\"AWS\": \"arn:aws:iam::1:root\"}`",
        ),
        (
            with_statement(&format!(r#"{{{ok}, "Principal": {{"Aws": "*"}}}}"#)),
            "/Statement/Principal/Aws",
            "`Aws` is none of `AWS`",
        ),
        (
            with_statement(&format!(r#"{{{ok}, "Condition": []}}"#)),
            "/Statement/Condition",
            "must be an object",
        ),
        (
            with_statement(&format!(
                r#"{{{ok}, "Condition": {{"stringequals": {{}}}}}}"#
            )),
            "/Statement/Condition/stringequals",
            "case counts, in `StringEquals`",
        ),
        (
            with_statement(&format!(
                r#"{{{ok}, "Condition": {{"StringMatches": {{}}}}}}"#
            )),
            "/Statement/Condition/StringMatches",
            "no condition operator `StringMatches`",
        ),
        (
            with_statement(&format!(
                r#"{{{ok}, "Condition": {{"NullIfExists": {{}}}}}}"#
            )),
            "/Statement/Condition/NullIfExists",
            "neither prefix nor suffix",
        ),
        (
            with_statement(&format!(
                r#"{{{ok}, "Condition": {{"ForAnyValue:Null": {{}}}}}}"#
            )),
            "/Statement/Condition/ForAnyValue:Null",
            "neither prefix nor suffix",
        ),
        (
            with_statement(&format!(
                r#"{{{ok}, "Condition": {{"Bool": {{"a/b~c": [true, null]}}}}}}"#
            )),
            "/Statement/Condition/Bool/a~1b~0c/1",
            "not null",
        ),
        (
            with_statement(&format!(
                r#"{{{ok}, "Condition": {{"Bool": {{"": true}}}}}}"#
            )),
            "/Statement/Condition/Bool/",
            "must not be empty",
        ),
        (
            with_statement(&format!(r#"{{{ok}, "Effect": "Deny"}}"#)),
            "/Statement/Effect",
            "the key `Effect` is given twice",
        ),
        (
            with_statement(&format!(
                r#"{{{ok}, "Condition": {{"Bool": {{"a": 1, "a": 2}}}}}}"#
            )),
            "/Statement/Condition/Bool/a",
            "given twice",
        ),
    ];
    for (text, pointer, message) in cases {
        let error = refused(&text);
        assert_eq!(error.pointer(), Some(pointer), "{text}: {error}");
        assert!(error.message().contains(message), "{text}: {error}");
        assert_eq!(
            error.line(),
            (!pointer.is_empty()).then_some(1),
            "{text}: {error}"
        );
        let first = error.to_string().chars().next().unwrap();
        assert!(first.is_lowercase() || first == '`', "{error}");
    }
}

#[test]
fn lines_and_columns_point_at_the_value() {
    let error = refused(
        "{\n \"Statement\": [\n  {\"Effect\": \"allow\",\n   \"Action\": \"*\", \"Resource\": \"*\"}\n ]\n}",
    );
    assert_eq!(
        (error.line(), error.column()),
        (Some(3), Some(14)),
        "{error}"
    );
    assert_eq!(
        error.to_string(),
        "the effect `allow` is neither `Allow` nor `Deny` (at `/Statement/0/Effect`, line 3, column 14)"
    );
    let error = refused("{\"Statement\": [],\n \"Statement\": []}");
    assert_eq!(error.line(), Some(2), "the second of the two: {error}");
}

#[test]
fn what_is_not_json() {
    for (text, message) in [
        ("", "EOF while parsing"),
        ("{", "EOF while parsing"),
        ("{\"Statement\": [],}", "trailing comma"),
        ("{\"Statement\": []} x", "trailing characters"),
        ("{'Statement': []}", "key must be a string"),
        ("{\"Statement\": [1e999]}", "number out of range"),
        (
            "{\"Statement\": \"\\ud800\"}",
            "unexpected end of hex escape",
        ),
        ("// comment\n{}", "expected value"),
    ] {
        let error = refused(text);
        assert!(
            error
                .message()
                .starts_with("the document is not valid JSON: "),
            "{error}"
        );
        assert!(error.message().contains(message), "{error}");
        assert!(
            error.pointer().is_none() && error.line().is_some(),
            "{error}"
        );
    }
}

#[test]
fn odd_but_meaningful_documents_are_read() {
    for text in [
        r#"{"Statement": []}"#,
        r#"{"Version": "2008-10-17", "Statement": {"Effect": "Allow", "Action": "**", "Resource": []}}"#,
        r#"{"Statement": {"Effect": "Allow", "Action": [], "Resource": "*", "Condition": {}}}"#,
        r#"{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "${unclosed"}, "Version": "2012-10-17"}"#,
        r#"{"Statement": {"Effect": "Allow", "Principal": {}, "Action": "*:*", "Resource": "*"}}"#,
    ] {
        assert!(Policy::parse(text).is_ok(), "{text}");
    }
}
