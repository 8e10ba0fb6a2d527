//! The patterns by which policies tell resources apart.

use std::collections::HashSet;

use super::automaton::Automaton;
use super::place::{Place, in_arn};
use crate::pattern::{Filled, Syntax, Template};
use crate::policy::Version;
use crate::principal::Principal;
use crate::scope::Scope;
use crate::{PolicySet, Statement, requires_resource_policy};

/// Patterns of resources.
pub(crate) struct Patterns {
    /// As written.
    pub(crate) written: Vec<String>,
    /// Compiled, in the same order.
    pub(crate) automata: Vec<Automaton>,
    /// The same, to find those that are written twice.
    known: HashSet<Automaton>,
}

impl Patterns {
    /// Texts that people know their way about in, to show a class by.
    pub(crate) fn nicer(&self, asked: &str, place: &Place) -> Vec<String> {
        let patterns = self.written.iter().map(String::as_str);
        let patterns: Vec<&str> = std::iter::once(asked).chain(patterns).collect();
        let own = |value: &Option<String>, usual: &str| value.clone().unwrap_or(usual.to_owned());
        let partition = own(&place.partition, "aws");
        let region = own(&place.region, "eu-west-1");
        let accounts = [
            own(&place.account, "123456789012"),
            "111122223333".to_owned(),
            String::new(),
        ];
        let forms = accounts.into_iter().flat_map(|account| {
            [region.clone(), String::new()]
                .map(|region| [partition.clone(), region, account.clone()])
        });
        forms
            .flat_map(|form| patterns.iter().map(move |one| filled_out(one, &form)))
            .collect()
    }
}

/// The patterns of all statements about the action, and what else bears on the decision: the
/// account of the resource, and whether its own policy has to allow.
pub(crate) fn patterns(
    sets: &[&PolicySet],
    action: &str,
    place: &Place,
    scope: &Scope<'_>,
) -> Patterns {
    let mut patterns = Patterns {
        written: Vec::new(),
        automata: Vec::new(),
        known: HashSet::new(),
    };
    for (_, named) in sets.iter().flat_map(|set| set.layers()) {
        let variables = named.policy.version() == Version::V2012;
        let statements = named.policy.statements().iter();
        for statement in statements.filter(|statement| statement.has_action(action)) {
            patterns.add(statement, variables, scope);
        }
    }
    let accounts = [place.account.as_deref(), scope.caller.account];
    let accounts = accounts.into_iter().flatten();
    let named = sets.iter().flat_map(|set| accounts_named(set));
    let of_account = |account| format!("*:*:*:*:{account}:*");
    let mut more: Vec<String> = accounts.chain(named).map(of_account).collect();
    let decided_apart = DECIDED_APART.iter();
    let decided_apart = decided_apart.filter(|(one, _)| requires_resource_policy(action, one));
    more.extend(decided_apart.map(|(_, pattern)| (*pattern).to_owned()));
    more.sort();
    more.dedup();
    for pattern in more {
        patterns.automata.push(in_arn(&pattern));
        patterns.written.push(pattern);
    }
    patterns
}

/// The resources that [`requires_resource_policy`] is about: one of them, and their pattern.
const DECIDED_APART: [(&str, &str); 2] = [
    (
        "arn:aws:kms:eu-west-1:123456789012:key/1",
        "*:*:kms:*:*:key/*",
    ),
    (
        "arn:aws:iam::123456789012:role/example",
        "*:*:iam:*:*:role/*",
    ),
];

impl Patterns {
    fn add(&mut self, statement: &Statement, variables: bool, scope: &Scope<'_>) {
        let syntax = Syntax {
            wildcards: true,
            variables,
            fold: false,
        };
        for text in statement
            .resources()
            .into_iter()
            .flat_map(|one| one.patterns())
        {
            let (Filled::Known(tokens) | Filled::AtMost(tokens)) =
                Template::compile(text, syntax).fill(scope)
            else {
                continue;
            };
            let automaton = Automaton::of_tokens(&tokens);
            if self.known.insert(automaton.clone()) {
                self.written.push(text.to_owned());
                self.automata.push(automaton);
            }
        }
    }
}

/// The accounts that the resource's policy names: a principal without a name is of the account of
/// the resource.
fn accounts_named(policies: &PolicySet) -> impl Iterator<Item = &str> {
    let statements = policies
        .resource
        .iter()
        .flat_map(|named| named.policy.statements());
    let principals = statements.filter_map(Statement::principals);
    let entries = principals.flat_map(|principals| principals.entries());
    entries.filter_map(|principal| match principal {
        Principal::Account(account) => Some(account.as_str()),
        _ => None,
    })
}

/// The pattern with something plausible for its wildcards.
fn filled_out(pattern: &str, [partition, region, account]: &[String; 3]) -> String {
    let segments: Vec<&str> = pattern.splitn(6, ':').collect();
    if segments.len() < 6 {
        return pattern.replace('*', "example").replace('?', "x");
    }
    let usual = ["arn", partition, "ec2", region, account, "example"];
    let filled = segments.iter().zip(usual).enumerate();
    let filled = filled.map(|(index, (segment, usual))| match *segment {
        "*" => usual.to_owned(),
        other if index == 5 => other.replace('*', "example").replace('?', "x"),
        other => other.replace('*', "").replace('?', "x"),
    });
    filled.collect::<Vec<_>>().join(":")
}
