//! Values of context keys to try, so that an answer can show requests as examples.

use std::collections::BTreeMap;

use super::known::Known;
use crate::condition::{Condition, Kind};
use crate::context::Key;
use crate::pattern::{Filled, Syntax, Template, Token};
use crate::scope::{Scope, World};
use crate::tri::Tri;
use crate::{Context, Request};

/// Values of every type of condition, for where the conditions only say what a value is not.
const ANY: [&str; 8] = [
    "other",
    "arn:aws:iam::123456789012:user/other",
    "true",
    "false",
    "0",
    "2999-12-31T23:59:59Z",
    "198.51.100.1",
    "2001:db8::1",
];

/// The only value with which the condition holds, if it has to be present.
pub(super) fn only_value(condition: &Condition, scope: &Scope<'_>) -> Option<String> {
    let operator = condition.operator();
    let Kind::String {
        wildcards,
        ignore_case: false,
    } = operator.kind()
    else {
        return None;
    };
    let is_plain =
        operator.quantifier().is_none() && !operator.is_negated() && !operator.is_if_exists();
    let [value] = condition.values() else {
        return None;
    };
    let tokens = is_plain.then(|| tokens(value, wildcards, scope))??;
    let characters = tokens.into_iter().map(|token| match token {
        Token::Char(character) => Some(character),
        Token::One | Token::Many => None,
    });
    characters
        .collect::<Option<String>>()
        .filter(|text| !text.is_empty())
}

/// Values of the condition's key with which it may hold, and some with which it may not.
pub(super) fn of(condition: &Condition, scope: &Scope<'_>) -> Vec<String> {
    let kind = condition.operator().kind();
    let mut samples = Vec::new();
    for value in condition.values() {
        match kind {
            Kind::Ip => samples.extend(value.split('/').next().map(str::to_owned)),
            Kind::Numeric(_) => {
                samples.push(value.clone());
                let number = value.parse::<f64>().ok();
                let near = number
                    .into_iter()
                    .flat_map(|number| [number - 1.0, number + 1.0]);
                samples.extend(near.map(|number| number.to_string()));
            }
            Kind::String { .. } | Kind::Arn | Kind::Bool => {
                let wildcards = !matches!(
                    kind,
                    Kind::Bool
                        | Kind::String {
                            wildcards: false,
                            ..
                        }
                );
                let tokens = tokens(value, wildcards, scope).unwrap_or_default();
                samples.extend(["example", ""].map(|run| written(&tokens, run)));
            }
            Kind::Date(_) => samples.extend([value.clone(), "1970-01-01T00:00:00Z".to_owned()]),
            Kind::Binary | Kind::Null => samples.push(value.clone()),
        }
    }
    samples
}

fn tokens(value: &str, wildcards: bool, scope: &Scope<'_>) -> Option<Vec<Token>> {
    let syntax = Syntax {
        wildcards,
        variables: true,
        fold: false,
    };
    match Template::compile(value, syntax).fill(scope) {
        Filled::Known(tokens) => Some(tokens),
        Filled::NoValue | Filled::AtMost(_) => None,
    }
}

/// A text that the pattern matches, with `run` for each `*`.
pub(super) fn written(tokens: &[Token], run: &str) -> String {
    let mut text = String::new();
    for token in tokens {
        match token {
            Token::Char(character) => text.push(*character),
            Token::One => text.push('x'),
            Token::Many => text.push_str(run),
        }
    }
    text
}

/// Completes the context so that all conditions of the question hold.
///
/// # Errors
/// The key for which no value was found.
pub(super) fn complete(known: &Known<'_>) -> Result<Context, String> {
    let mut request = known.request.clone();
    for condition in known.conditions {
        let about = known.about(&condition.key.folded);
        let holds = |request: &Request| {
            let scope = Scope::new(request, World::Closed);
            about.iter().all(|one| one.holds(&scope) == Tri::Yes)
        };
        if holds(&request) {
            continue;
        }
        let scope = Scope::new(&request, World::Closed);
        if request.context.get(condition.key()).is_some() {
            return Err(condition.key().to_owned());
        }
        let samples: Vec<String> = about.iter().flat_map(|one| of(one, &scope)).collect();
        let single = samples
            .iter()
            .map(String::as_str)
            .chain(ANY)
            .map(|one| vec![one]);
        let pairs = samples
            .iter()
            .flat_map(|one| samples.iter().map(|two| vec![one.as_str(), two.as_str()]));
        let tried = single.chain(pairs).map(|values| {
            let mut tried = request.clone();
            tried.context.set(condition.key(), values);
            tried
        });
        let found = tried.into_iter().find(|tried| holds(tried));
        request = found.ok_or_else(|| condition.key().to_owned())?;
    }
    Ok(request.context)
}

/// More combinations than these are not tried.
const MOST_TRIED: usize = 256;

/// Contexts that give the keys every combination of the values that conditions speak of, as far
/// as the question allows.
pub(super) fn contexts<'k>(
    keys: impl IntoIterator<Item = &'k str>,
    conditions: &[&Condition],
    known: &Known<'_>,
    complete: &Context,
    resource: &str,
) -> Vec<Context> {
    let request = Request {
        context: complete.clone(),
        ..known.request.clone()
    };
    let scope = Scope::new(&request, World::Closed);
    let mut contexts = vec![complete.clone()];
    for (key, values) in values(keys, conditions, resource, &scope) {
        let mut next = Vec::new();
        for context in &contexts {
            next.push(context.clone());
            for value in &values {
                let mut with = context.clone();
                with.set(key.clone(), [value]);
                next.push(with);
            }
        }
        next.truncate(MOST_TRIED);
        contexts = next;
    }
    contexts.retain(|context| {
        let request = Request {
            context: context.clone(),
            ..known.request.clone()
        };
        let scope = Scope::new(&request, World::Closed);
        let mut conditions = known.conditions.iter();
        conditions.all(|condition| condition.holds(&scope) == Tri::Yes)
    });
    contexts
}

fn values<'k>(
    keys: impl IntoIterator<Item = &'k str>,
    conditions: &[&Condition],
    resource: &str,
    scope: &Scope<'_>,
) -> BTreeMap<String, Vec<String>> {
    // A variable in the pattern of a resource often stands for its name.
    let names = [':', '/'].map(|mark| resource.rsplit(mark).next().unwrap_or_default().to_owned());
    let of_key = |key: &str| {
        let folded = Key::new(key).folded;
        let about = conditions.iter().filter(|one| one.key.folded == folded);
        let mut values: Vec<String> = about.flat_map(|one| of(one, scope)).collect();
        values.extend(names.clone());
        values.push("other".to_owned());
        values.dedup();
        (key.to_owned(), values)
    };
    keys.into_iter().map(of_key).collect()
}
