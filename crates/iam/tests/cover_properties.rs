//! What holds of every cover, whatever the policies and the question.

#![expect(clippy::unwrap_used, reason = "tests")]

#[expect(dead_code, reason = "texts and requests are for other tests")]
mod generate;

use std::collections::BTreeMap;

use commissary_iam::{
    Context, Cover, NamedPolicy, Policy, PolicySet, Question, Request, cover, decide,
};
use generate::{any_context, any_policy_set};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

const BUCKET: &str = "arn:aws:s3:::";

fn set(document: &Value) -> PolicySet {
    let policy = Policy::parse(&document.to_string()).unwrap();
    PolicySet {
        identity: vec![NamedPolicy::new("identity", policy)],
        ..PolicySet::default()
    }
}

/// A set that allows just what the question means.
fn meaning(resource: &str, conditions: &Value) -> PolicySet {
    set(&json!({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Action": "*", "Resource": resource, "Condition": conditions,
    }}))
}

fn allows(policies: &PolicySet, request: &Request) -> bool {
    decide(policies, request).is_allowed()
}

/// Patterns over two letters meet, include and exclude each other often.
fn pattern() -> impl Strategy<Value = String> {
    "[ab*?]{1,6}".prop_map(|rest| format!("{BUCKET}{rest}"))
}

fn resource_statement() -> impl Strategy<Value = Value> {
    (vec(pattern(), 1..4), 0..10_u8, 0..5_u8).prop_map(|(patterns, effect, negated)| {
        json!({
            "Effect": if effect < 3 { "Deny" } else { "Allow" },
            "Action": "s3:GetObject",
            (if negated == 0 { "NotResource" } else { "Resource" }): patterns,
        })
    })
}

fn resource_policies() -> impl Strategy<Value = Value> {
    vec(resource_statement(), 1..5)
        .prop_map(|statements| json!({"Version": "2012-10-17", "Statement": statements}))
}

/// The condition of a question.
fn conditions() -> impl Strategy<Value = Value> {
    let operator = select(
        &[
            "StringEquals",
            "StringLike",
            "StringNotLike",
            "StringEqualsIgnoreCase",
            "StringLikeIfExists",
            "ForAnyValue:StringLike",
            "ForAllValues:StringLike",
            "ForAllValues:StringNotEquals",
            "ArnLike",
            "Bool",
            "NumericLessThan",
            "IpAddress",
            "Null",
        ][..],
    );
    let key = select(&["x:One", "x:Two", "aws:TagKeys"][..]);
    let value = select(
        &[
            "anna",
            "a*",
            "*nn?",
            "A*",
            "10",
            "true",
            "203.0.113.0/24",
            "arn:aws:iam::*:*",
            "${aws:username}",
        ][..],
    );
    let one = (operator, key, vec(value, 1..3)).prop_map(|(operator, key, values)| {
        let values = match operator {
            "Null" => json!("false"),
            _ => json!(values),
        };
        json!({ (operator): { (key): values } })
    });
    prop_oneof![1 => Just(json!({})), 3 => one]
}

fn question() -> impl Strategy<Value = (Question, Value)> {
    let principal = select(
        &[
            None,
            Some("arn:aws:iam::123456789012:user/anna"),
            Some("arn:aws:sts::123456789012:assumed-role/Prov/s1"),
        ][..],
    );
    let action = select(
        &[
            "secretsmanager:GetSecretValue",
            "kms:Decrypt",
            "ec2:RunInstances",
            "secretsmanager:*",
        ][..],
    );
    let resource = select(
        &[
            "*",
            "arn:aws:*",
            "arn:*:secretsmanager:*:*:secret:*",
            "arn:aws:secretsmanager:*:123456789012:secret:a*",
            "arn:aws:secretsmanager:eu-west-1:123456789012:secret:anna",
        ][..],
    );
    (principal, action, resource, conditions()).prop_map(
        |(principal, action, resource, conditions)| {
            let question = Question::new(action, resource).when(&conditions.to_string());
            let mut question = question.unwrap();
            question.view.principal = principal.map(str::to_owned);
            (question, conditions)
        },
    )
}

/// Random policies, half of them after one that allows everything.
fn policies() -> impl Strategy<Value = PolicySet> {
    (any_policy_set(), any::<bool>()).prop_map(|(policies, is_generous)| {
        if !is_generous {
            return policies;
        }
        let mut identity = meaning("*", &json!({})).identity;
        identity.extend(policies.identity);
        PolicySet {
            identity,
            groups: policies.groups,
            ..PolicySet::default()
        }
    })
}

const ACTIONS: &[&str] = &["secretsmanager:GetSecretValue", "secretsmanager:Other"];
const RESOURCES: &[&str] = &[
    "*",
    "arn:aws:secretsmanager:eu-west-1:123456789012:secret:anna",
    "arn:aws:secretsmanager:eu-west-1:123456789012:secret:a",
    "arn:aws:secretsmanager:eu-west-1:123456789012:secret:Prov",
    "arn:aws:kms:eu-west-1:123456789012:alias/anna",
    "arn:aws:kms:eu-west-1:123456789012:key/1",
];

/// Whether the question means the request: it says that a key without a set prefix is single.
fn is_meant(question: &Question, conditions: &Value, request: &Request) -> bool {
    let is_single = |key: &str, operator: &str| {
        operator.starts_with("For")
            || request
                .context
                .get(key)
                .is_none_or(|values| values.len() == 1)
    };
    let operators = conditions.as_object().unwrap().iter();
    let mut pairs = operators.flat_map(|(operator, keys)| {
        let keys = keys.as_object().unwrap().keys();
        keys.map(move |key| (key.as_str(), operator.as_str()))
    });
    // An action for which no policy of the resource is needed.
    let request = Request {
        action: "x:Any".to_owned(),
        ..request.clone()
    };
    pairs.all(|(key, operator)| is_single(key, operator))
        && allows(&meaning(&question.resource, conditions), &request)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    /// Against every short text, one by one.
    #[test]
    fn inclusion_of_patterns_is_exact(document in resource_policies(), asked in pattern()) {
        let policies = set(&document);
        let meant = meaning(&asked, &json!({}));
        let texts = texts(5).map(|rest| Request::new("s3:GetObject", format!("{BUCKET}{rest}")));
        let (inside, outside): (Vec<_>, Vec<_>) = texts
            .filter(|request| allows(&meant, request))
            .partition(|request| allows(&policies, request));
        match cover(&policies, &Question::new("s3:GetObject", &asked)).unwrap() {
            Cover::All { .. } => prop_assert!(outside.is_empty(), "{:?}", outside.first()),
            Cover::None { .. } => prop_assert!(inside.is_empty(), "{:?}", inside.first()),
            Cover::Some { inside, outside } => {
                prop_assert!(allows(&policies, &inside.request) && allows(&meant, &inside.request), "{inside:?}");
                prop_assert!(!allows(&policies, &outside.request) && allows(&meant, &outside.request), "{outside:?}");
            }
            other => panic!("{other:?}"),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1_500) })]

    #[test]
    fn a_cover_agrees_with_decisions(
        policies in policies(), (question, conditions) in question(),
        context in any_context(), action in select(ACTIONS), resource in select(RESOURCES),
    ) {
        let Ok(answer) = cover(&policies, &question) else { return Ok(()) };
        let action = if question.action.contains('*') { action } else { &question.action };
        let mut context = context;
        // What follows from the principal cannot be otherwise.
        context.remove("aws:username").remove("aws:PrincipalArn");
        let sample = Request {
            principal: question.view.principal.clone(), context, ..Request::new(action, resource)
        };
        let sample = is_meant(&question, &conditions, &sample).then_some(sample);
        let sampled = sample.as_ref().map(|sample| allows(&policies, sample));
        let (inside, outside) = match &answer {
            Cover::All { inside } => {
                prop_assert_ne!(sampled, Some(false), "{:?}", sample);
                (Some(inside), None)
            }
            Cover::None { outside } => {
                prop_assert_ne!(sampled, Some(true), "{:?}", sample);
                (None, Some(outside))
            }
            Cover::Some { inside, outside } => (Some(inside), Some(outside)),
            Cover::Conditional { inside, outside, keys, .. } => {
                prop_assert!(!keys.is_empty());
                (inside.as_ref(), outside.as_ref())
            }
            Cover::Unknown(_) => (None, None),
        };
        for (example, allowed) in [(inside, true), (outside, false)] {
            if let Some(example) = example {
                prop_assert_eq!(allows(&policies, &example.request), allowed, "{:?} of {:?}", example, answer);
                prop_assert!(is_meant(&question, &conditions, &example.request), "{:?}", example);
                prop_assert_eq!(&decide(&policies, &example.request), &example.decision);
            }
        }
    }
}

/// All texts over two letters up to a length.
fn texts(longest: u32) -> impl Iterator<Item = String> {
    let of = |length: u32| {
        (0..1_u32 << length).map(move |number| {
            let letter = |bit: u32| if number >> bit & 1 == 0 { 'a' } else { 'b' };
            (0..length).map(letter).collect()
        })
    };
    (1..=longest).flat_map(of)
}

/// The random worlds are worth their runs: every kind of answer is common in them.
#[test]
fn every_kind_of_answer_occurs() {
    let mut runner = TestRunner::deterministic();
    let world = (policies(), question());
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for _ in 0..2_000 {
        let (policies, (question, _)) = world.new_tree(&mut runner).unwrap().current();
        let kind = match cover(&policies, &question) {
            Ok(Cover::All { .. }) => "all",
            Ok(Cover::Some { .. }) => "some",
            Ok(Cover::None { .. }) => "none",
            Ok(Cover::Conditional { .. }) => "conditional",
            Ok(Cover::Unknown(_)) => "unknown",
            Err(_) => "error",
        };
        *seen.entry(kind).or_default() += 1;
    }
    for kind in ["all", "some", "none", "conditional", "unknown"] {
        assert!(seen.get(kind).is_some_and(|count| *count > 10), "{seen:?}");
    }
    assert!(
        seen.get("error").is_none_or(|count| *count < 600),
        "{seen:?}"
    );
}

/// Conditions of policies that are implied by those of the question matter to the answer.
#[test]
fn conditions_are_compared_in_the_random_world() {
    let mut runner = TestRunner::deterministic();
    let world = (conditions(), conditions(), any_context());
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for _ in 0..2_000 {
        let (asked, stated, context) = world.new_tree(&mut runner).unwrap().current();
        let policies = meaning("*", &stated);
        let question = Question::new("ec2:RunInstances", "*").when(&asked.to_string());
        let kind = match cover(&policies, &question.unwrap()) {
            Ok(Cover::All { .. }) => "all",
            Ok(Cover::None { .. }) => "none",
            Ok(_) => "other",
            Err(_) => continue,
        };
        if asked != stated && stated != json!({}) {
            *seen.entry(kind).or_default() += 1;
        }
        let request = Request {
            context,
            ..Request::new("ec2:RunInstances", "*")
        };
        let asked_for = Question::new("ec2:RunInstances", "*");
        if is_meant(&asked_for, &asked, &request) {
            let allowed = allows(&policies, &request);
            assert!(kind != "all" || allowed, "{asked} {stated} {request:?}");
            assert!(kind != "none" || !allowed, "{asked} {stated} {request:?}");
        }
    }
    assert!(
        seen.len() == 3 && seen.values().all(|count| *count > 10),
        "{seen:?}"
    );
}

/// What is not asked about is not there.
#[test]
fn a_context_that_is_given_is_used() {
    let policies = meaning("*", &json!({"StringEquals": {"x:One": "a"}}));
    let mut question = Question::new("a:B", "*");
    question.view.context = Context::new().with("x:One", "a");
    assert!(matches!(cover(&policies, &question), Ok(Cover::All { .. })));
    question.view.context = Context::new().with("x:One", "b");
    assert!(matches!(
        cover(&policies, &question),
        Ok(Cover::None { .. })
    ));
}
