//! Random policies and requests over a small world, so that they meet often.

use commissary_iam::{Context, NamedPolicy, Policy, PolicySet, Request};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};

/// The context keys of this world.
pub(crate) const KEYS: &[&str] = &[
    "x:One",
    "x:Two",
    "aws:username",
    "aws:PrincipalArn",
    "aws:TagKeys",
];

const USER: &str = "arn:aws:iam::123456789012:user/anna";
const SESSION: &str = "arn:aws:sts::123456789012:assumed-role/Prov/s1";
const ROLE: &str = "arn:aws:iam::123456789012:role/Prov";
const OTHER: &str = "arn:aws:iam::999988887777:user/bob";
const KEY: &str = "arn:aws:kms:eu-west-1:123456789012:key/1";
const SECRET: &str = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:anna";
const VALUES: &[&str] = &[
    "anna",
    "Anna",
    "a",
    "10",
    "2026-01-01",
    "true",
    "QQ==",
    "203.0.113.7",
    USER,
    ROLE,
    "",
];

const BASES: &[&str] = &[
    "StringEquals",
    "StringNotEquals",
    "StringEqualsIgnoreCase",
    "StringNotEqualsIgnoreCase",
    "StringLike",
    "StringNotLike",
    "NumericEquals",
    "NumericNotEquals",
    "NumericLessThan",
    "NumericGreaterThanEquals",
    "DateLessThan",
    "DateNotEquals",
    "Bool",
    "BinaryEquals",
    "IpAddress",
    "NotIpAddress",
    "ArnLike",
    "ArnNotEquals",
];

fn one_or_many(values: Vec<String>) -> Value {
    match values.as_slice() {
        [single] => json!(single),
        many => json!(many),
    }
}

fn some(from: &'static [&'static str]) -> impl Strategy<Value = Vec<String>> {
    vec(select(from).prop_map(str::to_owned), 1..3)
}

fn operator() -> impl Strategy<Value = String> {
    let prefix = select(&["", "", "ForAllValues:", "ForAnyValue:"][..]);
    let suffix = select(&["", "", "IfExists"][..]);
    let decorated = (prefix, select(BASES), suffix)
        .prop_map(|(prefix, base, suffix)| format!("{prefix}{base}{suffix}"));
    prop_oneof![9 => decorated, 1 => Just("Null".to_owned())]
}

fn conditions() -> impl Strategy<Value = Value> {
    let values = some(&[
        "anna",
        "A*",
        "?nna",
        "10",
        "2026-01-01",
        "true",
        "false",
        "QQ==",
        "203.0.113.0/24",
        "arn:aws:iam::*:*",
        "${aws:username}",
        "${x:Two, 'a'}",
        "*",
        "${aws:PrincipalArn}",
        "",
    ]);
    let keys = btree_map(select(KEYS), values.prop_map(one_or_many), 1..3);
    btree_map(operator(), keys, 0..3).prop_map(|conditions| json!(conditions))
}

fn statement(with_principal: bool) -> impl Strategy<Value = Value> {
    let actions = some(&[
        "*",
        "kms:*",
        "secretsmanager:Get*",
        "SecretsManager:GetSecretValue",
        "kms:?ecrypt",
        "ec2:*",
    ]);
    let resources = some(&[
        "*",
        "arn:aws:kms:*",
        "arn:aws:secretsmanager:*:*:secret:${aws:username}",
        "arn:aws:*:anna",
        KEY,
        "${x:One}*",
    ]);
    let principals = some(&[
        "*",
        USER,
        ROLE,
        SESSION,
        OTHER,
        "123456789012",
        "999988887777",
    ]);
    let flags = (0..10_u8, 0..10_u8, 0..10_u8, 0..10_u8);
    (actions, resources, principals, conditions(), flags).prop_map(
        move |(
            actions,
            resources,
            principals,
            conditions,
            (effect, not_action, not_resource, not_principal),
        )| {
            let name = |name: &str, die: u8| {
                if die == 0 {
                    format!("Not{name}")
                } else {
                    name.to_owned()
                }
            };
            let mut statement = json!({
                "Effect": if effect < 3 { "Deny" } else { "Allow" },
                (name("Action", not_action)): one_or_many(actions),
                (name("Resource", not_resource)): one_or_many(resources),
                "Condition": conditions,
            });
            if let (true, Some(members)) = (with_principal, statement.as_object_mut()) {
                members.insert(
                    name("Principal", not_principal),
                    json!({ "AWS": principals }),
                );
            }
            statement
        },
    )
}

fn document(with_principal: bool) -> impl Strategy<Value = Value> {
    let version = select(&["2012-10-17", "2012-10-17", "2008-10-17"][..]);
    (version, vec(statement(with_principal), 1..4))
        .prop_map(|(version, statements)| json!({"Version": version, "Statement": statements}))
}

fn policy(with_principal: bool) -> impl Strategy<Value = NamedPolicy> {
    document(with_principal).prop_map(|document| {
        NamedPolicy::new("random", Policy::parse(&document.to_string()).unwrap())
    })
}

pub(crate) fn any_policy_set() -> impl Strategy<Value = PolicySet> {
    (
        vec(policy(false), 0..3),
        vec(policy(false), 0..2),
        option::weighted(0.3, policy(false)),
        option::weighted(0.2, policy(false)),
        vec(vec(policy(false), 0..3), 0..2),
        option::weighted(0.5, policy(true)),
    )
        .prop_map(
            |(identity, groups, boundary, session, scps, resource)| PolicySet {
                identity,
                groups,
                boundary,
                session,
                scps,
                resource,
            },
        )
}

/// A request without context.
pub(crate) fn any_request() -> impl Strategy<Value = Request> {
    let principal = option::weighted(
        0.9,
        select(
            &[
                USER,
                SESSION,
                ROLE,
                OTHER,
                "arn:aws:iam::123456789012:root",
                "ec2.amazonaws.com",
            ][..],
        ),
    );
    let action = select(
        &[
            "secretsmanager:GetSecretValue",
            "kms:Decrypt",
            "ec2:RunInstances",
        ][..],
    );
    let resource = select(&[SECRET, KEY, "*"][..]);
    (principal, action, resource).prop_map(|(principal, action, resource)| Request {
        principal: principal.map(str::to_owned),
        ..Request::new(action, resource)
    })
}

pub(crate) fn any_context() -> impl Strategy<Value = Context> {
    let values = vec(select(VALUES), 0..3);
    btree_map(select(KEYS), values, 0..=KEYS.len()).prop_map(|entries| {
        entries
            .into_iter()
            .fold(Context::new(), |mut context, (key, values)| {
                context.set(key, values);
                context
            })
    })
}

pub(crate) fn any_text() -> impl Strategy<Value = String> {
    let pieces = select(
        &[
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"",
            "\\",
            "\\u",
            "d800",
            "null",
            "true",
            "1e9",
            "-",
            "é",
            "\u{0}",
            "\"Statement\"",
            "\"Effect\"",
            "\"Allow\"",
            "\"Version\"",
            "${",
            " ",
            "\n",
        ][..],
    );
    prop_oneof![".*", vec(pieces, 0..40).prop_map(|pieces| pieces.concat())]
}

/// A policy that is well-formed but for a few changes to its text.
pub(crate) fn mutated() -> impl Strategy<Value = String> {
    let change = (
        any::<Index>(),
        0..3_usize,
        select(
            &[
                "", "\"", "{", "}", "[", ",", ":", "x", "1", "\\", "null", "é",
            ][..],
        ),
    );
    (document(true), vec(change, 0..4)).prop_map(|(document, changes)| {
        let mut text: Vec<char> = document.to_string().chars().collect();
        for (place, removed, inserted) in changes {
            let start = place.index(text.len() + 1);
            let end = (start + removed).min(text.len());
            text.splice(start..end, inserted.chars());
        }
        text.into_iter().collect()
    })
}
