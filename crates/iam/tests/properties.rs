//! What holds for every policy and every request.

#![expect(clippy::unwrap_used, reason = "tests")]

mod generate;

use std::collections::BTreeMap;

use commissary_iam::{
    Context, Effect, NamedPolicy, OpenDecision, Outcome, Policy, PolicySet, Relevance, Request,
    decide, decide_open, explain,
};
use generate::{KEYS, any_context, any_policy_set, any_request, any_text, mutated};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

fn policy(text: &str) -> NamedPolicy {
    NamedPolicy::new("added", Policy::parse(text).unwrap())
}

/// The obvious matcher, exponential as it may be.
fn reference(pattern: &[char], text: &[char]) -> bool {
    match (pattern.split_first(), text.split_first()) {
        (None, None) => true,
        (Some(('*', rest)), None) => reference(rest, text),
        (Some(('*', rest)), Some((_, after))) => reference(rest, text) || reference(pattern, after),
        (Some(('?', rest)), Some((_, after))) => reference(rest, after),
        (Some((wanted, rest)), Some((given, after))) => wanted == given && reference(rest, after),
        (None, Some(_)) | (Some(_), None) => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1_000) })]

    #[test]
    fn the_parser_survives_any_text(text in any_text()) {
        if let Err(error) = Policy::parse(&text) {
            prop_assert!(!error.to_string().is_empty());
        }
    }

    #[test]
    fn the_parser_survives_any_damage(text in mutated()) {
        match Policy::parse(&text) {
            Err(error) => prop_assert!(!error.to_string().contains('\n'), "{error}"),
            Ok(read) => {
                let policies = PolicySet { identity: vec![NamedPolicy::new("p", read)], ..PolicySet::default() };
                decide(&policies, &Request::new("ec2:RunInstances", "*"));
            }
        }
    }

    #[test]
    fn wildcards_match_as_the_obvious_matcher_does(pattern in "[ab:é*?]{0,9}", text in "[ab:é*?]{0,9}") {
        let document = format!(
            r#"{{"Statement": {{"Effect": "Allow", "Action": "*", "Resource": "{pattern}"}}}}"#
        );
        let policies = PolicySet { identity: vec![policy(&document)], ..PolicySet::default() };
        let allowed = decide(&policies, &Request::new("a:B", &text)).is_allowed();
        let pattern: Vec<char> = pattern.chars().collect();
        let text: Vec<char> = text.chars().collect();
        prop_assert_eq!(allowed, reference(&pattern, &text));
    }

    #[test]
    fn actions_match_as_the_obvious_matcher_does(pattern in "[abAB*?]{0,7}", action in "[abAB]{0,7}") {
        let document = format!(
            r#"{{"Statement": {{"Effect": "Allow", "Action": "s:{pattern}x", "Resource": "*"}}}}"#
        );
        let policies = PolicySet { identity: vec![policy(&document)], ..PolicySet::default() };
        let allowed = decide(&policies, &Request::new(format!("S:{action}X"), "*")).is_allowed();
        let pattern: Vec<char> = pattern.to_lowercase().chars().collect();
        let action: Vec<char> = action.to_lowercase().chars().collect();
        prop_assert_eq!(allowed, reference(&pattern, &action));
    }

    #[test]
    fn an_unconditional_deny_always_denies(
        mut policies in any_policy_set(), request in any_request(), context in any_context(), layer in 0..6_usize,
    ) {
        let request = Request { context, ..request };
        let principal = if layer == 5 { r#""Principal": "*","# } else { "" };
        let deny = policy(&format!(
            r#"{{"Statement": {{"Effect": "Deny", {principal} "Action": "*", "Resource": "*"}}}}"#
        ));
        match layer {
            0 => policies.identity.push(deny),
            1 => policies.groups.push(deny),
            2 => policies.boundary = Some(deny),
            3 => policies.session = Some(deny),
            4 => policies.scps.push(vec![deny]),
            _ => policies.resource = Some(deny),
        }
        prop_assert_eq!(decide(&policies, &request).outcome, Outcome::ExplicitDeny);
        let open = decide_open(&policies, &request);
        prop_assert!(
            matches!(&open, OpenDecision::Decided(one) if one.outcome == Outcome::ExplicitDeny),
            "{:?}", open
        );
    }

    #[test]
    fn the_case_of_the_action_does_not_matter(
        policies in any_policy_set(), request in any_request(), context in any_context(), upper in any::<bool>(),
    ) {
        let request = Request { context, ..request };
        let action = if upper { request.action.to_uppercase() } else { request.action.to_lowercase() };
        let other = Request { action, ..request.clone() };
        prop_assert_eq!(decide(&policies, &request), decide(&policies, &other));
        prop_assert_eq!(decide_open(&policies, &request), decide_open(&policies, &other));
    }

    #[test]
    fn limiting_layers_never_grant(
        policies in any_policy_set(), limit in any_policy_set(), request in any_request(), context in any_context(),
    ) {
        let request = Request { context, ..request };
        let limited = PolicySet {
            boundary: limit.boundary, scps: [policies.scps.clone(), limit.scps].concat(), ..policies.clone()
        };
        let unlimited = PolicySet { boundary: None, ..policies };
        prop_assert!(!decide(&limited, &request).is_allowed() || decide(&unlimited, &request).is_allowed());
    }

    #[test]
    fn the_statements_of_a_decision_are_those_that_apply(
        policies in any_policy_set(), request in any_request(), context in any_context(),
    ) {
        let request = Request { context, ..request };
        let decision = decide(&policies, &request);
        let wanted = if decision.outcome == Outcome::ExplicitDeny { Effect::Deny } else { Effect::Allow };
        let applying: Vec<_> = explain(&policies, &request)
            .into_iter()
            .filter(|one| one.relevance == Relevance::Applies)
            .collect();
        let of_effect: Vec<_> = applying.iter().filter(|one| one.effect == wanted).map(|one| one.statement.clone()).collect();
        prop_assert_eq!(&decision.statements, &of_effect);
        prop_assert_eq!(decision.outcome == Outcome::ExplicitDeny, applying.iter().any(|one| one.effect == Effect::Deny));
        prop_assert_eq!(decision.is_allowed(), decision.layer.is_none());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4_000) })]

    /// What is decided with unknown keys stays so however they are filled in.
    #[test]
    fn an_open_decision_is_sound(
        policies in any_policy_set(), request in any_request(), full in any_context(),
        hidden in proptest::collection::vec(any::<bool>(), KEYS.len()),
    ) {
        let known: Context = full
            .iter()
            .filter(|(key, _)| !is_hidden(key, &hidden) || follows(key, &request))
            .fold(Context::new(), |mut known, (key, values)| { known.set(key, values.iter().cloned()); known });
        let partial = Request { context: known, ..request.clone() };
        let complete = Request { context: full, ..request };
        let truth = decide(&policies, &complete);
        match decide_open(&policies, &partial) {
            OpenDecision::Decided(decision) => match decision.outcome {
                Outcome::ImplicitDeny => prop_assert!(!truth.is_allowed()),
                outcome => prop_assert_eq!(outcome, truth.outcome),
            },
            OpenDecision::Conditional { keys, statements } => {
                prop_assert!(!keys.is_empty() && !statements.is_empty());
                prop_assert!(keys.iter().all(|key| partial.context.get(key).is_none()), "{:?}", keys);
            }
        }
    }

    /// With every key given there is nothing to wonder about.
    #[test]
    fn with_all_keys_known_both_decide_alike(
        policies in any_policy_set(), request in any_request(), context in any_context(),
    ) {
        let mut context = context;
        for key in KEYS {
            if context.get(key).is_none() {
                context.set(*key, ["filled"]);
            }
        }
        let request = Request { context, ..request };
        prop_assert_eq!(decide_open(&policies, &request), OpenDecision::Decided(decide(&policies, &request)));
    }
}

/// The random world is worth its runs: every kind of answer is common in it.
#[test]
fn every_kind_of_answer_occurs() {
    let mut runner = TestRunner::deterministic();
    let world = (any_policy_set(), any_request(), any_context());
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for _ in 0..2_000 {
        let (policies, request, context) = world.new_tree(&mut runner).unwrap().current();
        let complete = Request {
            context,
            ..request.clone()
        };
        let closed = decide(&policies, &complete).outcome.to_string();
        *seen.entry(closed).or_default() += 1;
        if let OpenDecision::Conditional { .. } = decide_open(&policies, &request) {
            *seen.entry("conditional".to_owned()).or_default() += 1;
        }
    }
    assert_eq!(seen.len(), 4, "{seen:?}");
    assert!(seen.values().all(|count| *count > 100), "{seen:?}");
}

fn is_hidden(key: &str, hidden: &[bool]) -> bool {
    KEYS.iter()
        .zip(hidden)
        .any(|(name, hidden)| *hidden && name.eq_ignore_ascii_case(key))
}

/// Whether the principal settles the key: a completion must not contradict it.
fn follows(key: &str, request: &Request) -> bool {
    let principal = request.principal.as_deref().unwrap_or_default();
    let by_arn = principal.starts_with("arn:");
    match key {
        "aws:PrincipalArn" => by_arn && !principal.contains(":assumed-role/"),
        "aws:username" => by_arn,
        _ => false,
    }
}
