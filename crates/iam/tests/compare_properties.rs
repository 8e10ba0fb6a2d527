//! What holds of every comparison, whatever the policies.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

#[expect(dead_code, reason = "texts are for other tests")]
mod generate;

use std::collections::BTreeMap;

use commissary_iam::{
    Access, Change, ChangeKind, Context, Difference, NamedPolicy, Part, Place, Policy, PolicySet,
    Relevance, Request, Version, Viewpoint, compare, decide, explain_open,
    requires_resource_policy,
};
use generate::{any_context, any_policy_set, any_request};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

fn named(statement: &Value) -> NamedPolicy {
    let document = json!({"Version": "2012-10-17", "Statement": statement});
    NamedPolicy::new("added", Policy::parse(&document.to_string()).unwrap())
}

/// Two sets: unrelated, or alike but for one policy of the principal.
fn pair() -> impl Strategy<Value = (PolicySet, PolicySet)> {
    (any_policy_set(), any_policy_set(), 0..3_u8).prop_map(|(before, other, how)| {
        let mut after = before.clone();
        match how {
            0 => return (before, other),
            1 => after.identity.extend(other.identity.into_iter().take(1)),
            _ => after.groups = other.groups,
        }
        (before, after)
    })
}

/// The view of the request's principal on the account that all the resources are in.
fn view(request: &Request) -> Viewpoint {
    let place = Place {
        account: Some("123456789012".to_owned()),
        ..Place::default()
    };
    Viewpoint {
        principal: request.principal.clone(),
        place,
        ..Viewpoint::default()
    }
}

/// Whether the request is in any of the parts, by what a statement of these patterns says of it.
fn is_in(parts: &[Part], element: &str, request: &Request) -> bool {
    let known = Request {
        context: Context::new(),
        ..request.clone()
    };
    let matches = |pattern: &String| {
        let mut statement = json!({"Effect": "Allow", "Action": "*", "Resource": "*"});
        statement[element] = json!(pattern);
        let policies = PolicySet {
            identity: vec![named(&statement)],
            ..PolicySet::default()
        };
        let explained = explain_open(&policies, &known);
        !matches!(explained[0].relevance, Relevance::No(_))
    };
    parts
        .iter()
        .any(|part| part.within.iter().all(matches) && !part.except.iter().any(matches))
}

fn about<'d>(difference: &'d Difference, request: &Request) -> Vec<&'d Change> {
    let changes = difference.changes.iter();
    changes
        .filter(|change| {
            is_in(&change.actions, "Action", request)
                && is_in(&change.resources, "Resource", request)
        })
        .collect()
}

/// What may be the context of a request: comparisons take a key without a set prefix to have one
/// value, and what follows from the principal cannot be otherwise.
fn completion(context: &Context) -> Context {
    let first = context
        .iter()
        .filter_map(|(key, values)| Some((key, values.first()?.clone())));
    let free = first.filter(|(key, value)| {
        !value.is_empty() && !["aws:username", "aws:PrincipalArn"].contains(key)
    });
    free.collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, max_global_rejects: 10_000, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn a_comparison_agrees_with_decisions(
        (before, after) in pair(), request in any_request(), context in any_context(),
    ) {
        // A part does not tell whether `${…}` in it is a variable.
        prop_assume!(!has_literal_dollar(&before) && !has_literal_dollar(&after));
        let difference = compare(&before, &after, &view(&request)).unwrap();
        let request = Request { context: completion(&context), ..request };
        let changes = about(&difference, &request);
        prop_assert!(changes.len() <= 1, "{:?}", changes);
        let allowed = [&before, &after].map(|policies| decide(policies, &request).is_allowed());
        let Some(change) = changes.first() else {
            prop_assert_eq!(allowed[0], allowed[1], "{:?}", request);
            return Ok(());
        };
        match change.kind {
            ChangeKind::Gained => prop_assert!(allowed[1] || !allowed[0], "{:?} {:?}", change, request),
            ChangeKind::Lost => prop_assert!(allowed[0] || !allowed[1], "{:?} {:?}", change, request),
            ChangeKind::Changed => {}
        }
        for (policies, access, allowed) in [(&before, &change.before, allowed[0]), (&after, &change.after, allowed[1])] {
            let is_left_to_resource = policies.resource.is_none()
                && requires_resource_policy(&request.action, &request.resource);
            match access {
                Access::Denied => prop_assert!(!allowed, "{:?} {:?}", change, request),
                Access::Allowed => prop_assert!(allowed || is_left_to_resource, "{:?} {:?}", change, request),
                Access::Conditional { when, unless } => prop_assert!(!when.is_empty() || !unless.is_empty()),
            }
        }
    }

    #[test]
    fn the_same_policies_in_another_order_and_case_are_the_same(
        policies in any_policy_set(), request in any_request(), context in any_context(),
    ) {
        let mut turned = policies.clone();
        turned.identity.reverse();
        turned.groups.reverse();
        std::mem::swap(&mut turned.identity, &mut turned.groups);
        for policy in turned.identity.iter_mut().chain(&mut turned.groups) {
            *policy = rewritten(policy);
        }
        let difference = compare(&policies, &turned, &view(&request)).unwrap();
        prop_assert_eq!(difference.changes, vec![]);
        let request = Request { context, ..request };
        prop_assert_eq!(decide(&policies, &request).outcome, decide(&turned, &request).outcome);
    }

    #[test]
    fn an_allow_only_gains_and_a_deny_only_loses(
        policies in any_policy_set(), added in any_policy_set(), request in any_request(),
        context in any_context(), allows in any::<bool>(),
    ) {
        let mut after = policies.clone();
        let effect = if allows { "Allow" } else { "Deny" };
        let documents = added.identity.iter().chain(&added.groups);
        after.identity.extend(documents.map(|policy| with_effect(policy, effect)));
        let difference = compare(&policies, &after, &view(&request)).unwrap();
        let expected = if allows { ChangeKind::Gained } else { ChangeKind::Lost };
        for change in &difference.changes {
            prop_assert_eq!(change.kind, expected, "{:?}", change);
        }
        let request = Request { context, ..request };
        let [before, after] = [&policies, &after].map(|one| decide(one, &request).is_allowed());
        let (less, more) = if allows { (before, after) } else { (after, before) };
        prop_assert!(more || !less, "{:?}", request);
    }
}

/// Whether a policy of the old version has what would be a variable in a new one.
fn has_literal_dollar(policies: &PolicySet) -> bool {
    let single = policies
        .boundary
        .iter()
        .chain(&policies.session)
        .chain(&policies.resource);
    let lists = policies.identity.iter().chain(&policies.groups);
    let mut all = single.chain(lists).chain(policies.scps.iter().flatten());
    all.any(|named| {
        let statements = named.policy.statements().iter();
        let mut patterns = statements
            .flat_map(|one| one.resources())
            .flat_map(|one| one.patterns());
        named.policy.version() == Version::V2008 && patterns.any(|one| one.contains("${"))
    })
}

/// The statements in another order, with the case of actions turned round.
fn rewritten(policy: &NamedPolicy) -> NamedPolicy {
    let turn = |text: String| text.to_uppercase();
    let statements = policy.policy.statements().iter().rev();
    let statements: Vec<Value> = statements.map(|one| document(one, None, &turn)).collect();
    again(policy, &json!(statements))
}

fn with_effect(policy: &NamedPolicy, effect: &str) -> NamedPolicy {
    let statements = policy.policy.statements().iter();
    let statements: Vec<Value> = statements
        .map(|one| document(one, Some(effect), &|text| text))
        .collect();
    again(policy, &json!(statements))
}

fn again(policy: &NamedPolicy, statements: &Value) -> NamedPolicy {
    let version = policy.policy.version().to_string();
    let document = json!({"Version": version, "Statement": statements});
    NamedPolicy::new("again", Policy::parse(&document.to_string()).unwrap())
}

/// The JSON of a statement, the texts of its actions changed.
fn document(
    statement: &commissary_iam::Statement,
    effect: Option<&str>,
    action: &dyn Fn(String) -> String,
) -> Value {
    let name = |name: &str, is_negated| match is_negated {
        true => format!("Not{name}"),
        false => name.to_owned(),
    };
    let actions = statement.actions();
    let resources = statement.resources().unwrap();
    let of_actions: Vec<String> = actions
        .patterns()
        .map(|one| action(one.to_owned()))
        .collect();
    let of_resources: Vec<&str> = resources.patterns().collect();
    let mut conditions: BTreeMap<String, BTreeMap<&str, &[String]>> = BTreeMap::new();
    for condition in statement.conditions() {
        let operator = conditions
            .entry(condition.operator().to_string())
            .or_default();
        operator.insert(condition.key(), condition.values());
    }
    let effect = effect.map_or_else(|| statement.effect().to_string(), str::to_owned);
    json!({
        "Effect": effect,
        (name("Action", actions.is_negated())): of_actions,
        (name("Resource", resources.is_negated())): of_resources,
        "Condition": conditions,
    })
}

/// The random pairs are worth their runs: every kind of change is common in them.
#[test]
fn every_kind_of_change_occurs() {
    let mut runner = TestRunner::deterministic();
    let world = (pair(), any_request());
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for _ in 0..200 {
        let ((before, after), request) = world.new_tree(&mut runner).unwrap().current();
        let difference = compare(&before, &after, &view(&request)).unwrap();
        for change in difference.changes {
            *seen.entry(change.kind.to_string()).or_default() += 1;
            if matches!(change.after, Access::Conditional { .. }) {
                *seen.entry("conditional".to_owned()).or_default() += 1;
            }
        }
    }
    assert_eq!(seen.len(), 4, "{seen:?}");
    assert!(seen.values().all(|count| *count > 20), "{seen:?}");
}
