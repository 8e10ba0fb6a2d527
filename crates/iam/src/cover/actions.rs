//! The actions that a question means.

use super::automaton::{Automaton, Step};
use super::classes::{Language, TooComplex, classes};
use super::question::QuestionError;
use crate::PolicySet;
use crate::context::fold;
use crate::pattern::{Filled, Syntax, Template, Token};
use crate::request::Request;
use crate::scope::{Scope, World};

/// The actions of the pattern, one for each way in which the policies tell them apart.
pub(super) fn actions(pattern: &str, policies: &PolicySet) -> Result<Vec<String>, QuestionError> {
    let is_all = !pattern.is_empty() && pattern.bytes().all(|byte| byte == b'*');
    let has_two_parts = pattern
        .split_once(':')
        .is_some_and(|(service, action)| !service.is_empty() && !action.is_empty());
    if !is_all && !has_two_parts {
        return Err(QuestionError::Action(pattern.to_owned()));
    }
    if !pattern.contains(['*', '?']) {
        return Ok(vec![pattern.to_owned()]);
    }
    let tokens = tokens(pattern);
    let bound = match is_all {
        true => Automaton::of_tokens(&tokens),
        false => Automaton::of_segments(&tokens, 2),
    };
    let language = Language {
        alternatives: vec![vec![bound, every_action()]],
    };
    let patterns: Vec<Automaton> = written(policies).map(automaton).collect();
    let nicer: Vec<String> = written(policies)
        .filter(|text| is_single(text))
        .map(fold)
        .collect();
    let classes =
        classes(&language, &patterns, &nicer).map_err(|TooComplex| QuestionError::TooComplex)?;
    let mut seen: Vec<Vec<bool>> = Vec::new();
    let mut actions = Vec::new();
    for class in classes {
        let named_by: Vec<bool> = named_by(policies, &class.example);
        if !seen.contains(&named_by) {
            seen.push(named_by);
            let mut as_written = written(policies).filter(|text| fold(text) == class.example);
            let action = as_written
                .next()
                .map_or(class.example.clone(), str::to_owned);
            actions.push(action);
        }
    }
    if actions.is_empty() {
        return Err(QuestionError::Action(pattern.to_owned()));
    }
    Ok(actions)
}

/// Which statements are about the action.
pub(crate) fn named_by(policies: &PolicySet, action: &str) -> Vec<bool> {
    let statements = policies
        .layers()
        .flat_map(|(_, named)| named.policy.statements());
    statements
        .map(|statement| statement.has_action(action))
        .collect()
}

/// The patterns of actions in the policies, as written.
pub(crate) fn written(policies: &PolicySet) -> impl Iterator<Item = &str> {
    let statements = policies
        .layers()
        .flat_map(|(_, named)| named.policy.statements());
    statements.flat_map(|statement| statement.actions().patterns())
}

/// Whether the pattern matches a single action.
pub(crate) fn is_single(pattern: &str) -> bool {
    !pattern.contains(['*', '?'])
}

/// A pattern of actions, to be followed in lower case.
pub(crate) fn automaton(pattern: &str) -> Automaton {
    Automaton::of_tokens(&tokens(pattern))
}

/// `service:Action` in lower case, where neither part is empty or has a colon.
pub(crate) fn every_action() -> Automaton {
    use Step::{Char, ManyWithin, OneWithin};
    Automaton::new(vec![
        OneWithin,
        ManyWithin,
        Char(':'),
        OneWithin,
        ManyWithin,
    ])
}

fn tokens(pattern: &str) -> Vec<Token> {
    let syntax = Syntax {
        wildcards: true,
        variables: false,
        fold: true,
    };
    let request = Request::default();
    match Template::compile(pattern, syntax).fill(&Scope::new(&request, World::Closed)) {
        Filled::Known(tokens) | Filled::AtMost(tokens) => tokens,
        Filled::NoValue => Vec::new(),
    }
}
