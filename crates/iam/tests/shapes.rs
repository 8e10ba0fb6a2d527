//! Documents and patterns whose shape would blow up a careless engine. Each test ends at once or,
//! if time were exponential or quadratic in a megabyte, not at all.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::fmt::Write as _;

use commissary_iam::{NamedPolicy, Outcome, Policy, PolicySet, Request, decide};

const MEGABYTE: usize = 1 << 20;

fn outcome(policy: Policy, request: &Request) -> Outcome {
    let policies = PolicySet {
        identity: vec![NamedPolicy::new("policy", policy)],
        ..PolicySet::default()
    };
    decide(&policies, request).outcome
}

fn policy_on(resource: &str) -> Policy {
    Policy::parse(&format!(
        r#"{{"Version": "2012-10-17", "Statement": {{"Effect": "Allow", "Action": "*", "Resource": "{resource}"}}}}"#
    ))
    .unwrap()
}

#[test]
fn a_document_of_a_megabyte_is_read_and_a_longer_one_refused() {
    let mut text = String::from(r#"{"Statement": ["#);
    while text.len() < MEGABYTE - 300 {
        let n = text.len();
        write!(
            text,
            r#"{{"Effect": "Allow", "Action": "s3:Get{n}", "Resource": "arn:aws:s3:::b/{n}"}},"#
        )
        .unwrap();
    }
    text.push_str(r#"{"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}]}"#);
    text.push_str(&" ".repeat(MEGABYTE - text.len()));
    let policy = Policy::parse(&text).unwrap();
    assert!(policy.statements().len() > 10_000);
    assert_eq!(
        outcome(policy, &Request::new("ec2:RunInstances", "*")),
        Outcome::Allowed
    );

    text.push(' ');
    let error = Policy::parse(&text).map(|_| ()).unwrap_err();
    assert!(error.to_string().contains("1048577 bytes long"), "{error}");
}

#[test]
fn deep_nesting_is_refused() {
    for (open, close) in [("[", "]"), (r#"{"a":"#, "}"), (r#"[{"Statement":"#, "}]")] {
        for tail in [format!("1{}", close.repeat(10_000)), String::new()] {
            let text = format!(r#"{{"Statement": {}{tail}}}"#, open.repeat(10_000));
            let error = Policy::parse(&text).map(|_| ()).unwrap_err();
            assert!(
                error.to_string().contains("more than 32 levels deep"),
                "{error}"
            );
        }
    }
}

#[test]
fn a_megabyte_of_keys_items_or_text_is_refused_with_a_short_sentence() {
    let mut keys = String::from("{");
    while keys.len() < MEGABYTE - 100 {
        let n = keys.len();
        write!(keys, r#""k{n}":0,"#).unwrap();
    }
    keys.push_str(r#""k1":0}"#);
    let items = format!(r#"{{"Statement": [{}0]}}"#, "0,".repeat(MEGABYTE / 2 - 50));
    let text = format!(r#"{{"{}": 0}}"#, "é".repeat(MEGABYTE / 2 - 50));
    for document in [keys, items, text] {
        let error = Policy::parse(&document).map(|_| ()).unwrap_err();
        assert!(error.to_string().len() < 700, "{}", error.to_string().len());
    }
}

#[test]
fn wildcards_do_not_backtrack_into_each_other() {
    let pattern = format!("{}b", "*a".repeat(2_000));
    let text = "a".repeat(4_000);
    assert_eq!(
        outcome(policy_on(&pattern), &Request::new("s3:Get", &text)),
        Outcome::ImplicitDeny
    );
    let matching = format!("{text}b");
    assert_eq!(
        outcome(policy_on(&pattern), &Request::new("s3:Get", matching)),
        Outcome::Allowed
    );
}

#[test]
fn a_pattern_longer_than_the_text_is_not_tried() {
    let pattern = format!("*{}", "a?".repeat(400_000));
    let text = "a".repeat(100_000);
    assert_eq!(
        outcome(policy_on(&pattern), &Request::new("s3:Get", text)),
        Outcome::ImplicitDeny
    );
}

#[test]
fn hundreds_of_thousands_of_variables() {
    for piece in ["${a}", "${a, 'b'}", "${", "${a,'}", "${*}", "$", "}{"] {
        let policy = policy_on(&piece.repeat(1_000_000 / piece.len()));
        let request = Request::new("s3:Get", "x").with("a", "x");
        assert_eq!(outcome(policy, &request), Outcome::ImplicitDeny, "{piece}");
    }
}
