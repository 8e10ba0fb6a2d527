//! The values that a condition accepts, as far as they can be compared with those of another.

use super::automaton::{Automaton, Step};
use super::classes::{Language, classes};
use crate::condition::{Condition, Kind};
use crate::context::fold;
use crate::pattern::{Filled, Syntax, Template, Token};
use crate::scope::Scope;

/// Whether to count what depends on a variable that is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    /// No: only values that are accepted for certain.
    Least,
    /// Yes: all values that may be accepted.
    Most,
}

/// A set of values: those that match, or those that do not.
#[derive(Debug, Clone)]
pub(super) struct Values<'a> {
    excluded: bool,
    body: Body<'a>,
}

#[derive(Debug, Clone)]
enum Body<'a> {
    /// Texts that match any pattern.
    Words(Vec<Automaton>),
    /// Numbers, dates, addresses, bytes: equal only to what is written alike.
    Written(Kind, &'a [String]),
}

impl<'a> Values<'a> {
    /// The values of one key that the condition accepts.
    pub(super) fn of(
        condition: &'a Condition,
        variables: bool,
        bound: Bound,
        scope: &Scope<'_>,
    ) -> Self {
        let excluded = condition.operator().is_negated();
        // The most that is left over is what remains of the least that is excluded.
        let bound = match (bound, excluded) {
            (same, false) => same,
            (Bound::Least, true) => Bound::Most,
            (Bound::Most, true) => Bound::Least,
        };
        let reader = Reader {
            kind: condition.operator().kind(),
            variables,
            bound,
            scope,
        };
        Self {
            excluded,
            body: reader.read(condition.values()),
        }
    }

    /// All the other values.
    pub(super) fn others(&self) -> Self {
        Self {
            excluded: !self.excluded,
            body: self.body.clone(),
        }
    }

    fn words(&self) -> Option<&[Automaton]> {
        match &self.body {
            Body::Words(words) => Some(words),
            Body::Written(..) => None,
        }
    }
}

/// Whether every value in all of `given` is surely in `wanted`.
pub(super) fn within(given: &[Values<'_>], wanted: &Values<'_>) -> bool {
    match &wanted.body {
        Body::Words(words) => words_within(given, words, wanted.excluded),
        Body::Written(kind, values) => given.iter().any(|given| match &given.body {
            Body::Written(same, listed) if same == kind && given.excluded == wanted.excluded => {
                let (few, many) = if wanted.excluded {
                    (values, listed)
                } else {
                    (listed, values)
                };
                few.iter().all(|value| many.contains(value))
            }
            _ => false,
        }),
    }
}

fn words_within(given: &[Values<'_>], wanted: &[Automaton], excluded: bool) -> bool {
    let given: Vec<(&[Automaton], bool)> = given
        .iter()
        .filter_map(|values| Some((values.words()?, values.excluded)))
        .collect();
    // The walk follows what is listed; without a list, everything.
    let listed = given.iter().find(|(_, excluded)| !excluded);
    let language = Language {
        alternatives: match listed {
            Some((words, _)) => words.iter().map(|word| vec![word.clone()]).collect(),
            None => vec![vec![Automaton::new(vec![Step::Many])]],
        },
    };
    let sets: Vec<(&[Automaton], bool)> = given.into_iter().chain([(wanted, excluded)]).collect();
    let all: Vec<Automaton> = sets.iter().flat_map(|(words, _)| words.to_vec()).collect();
    let Ok(classes) = classes(&language, &all, &[]) else {
        return false;
    };
    classes.iter().all(|class| {
        let mut first = 0;
        let is_in: Vec<bool> = sets
            .iter()
            .map(|(words, excluded)| {
                let here = first..first + words.len();
                first = here.end;
                class.matched.iter().any(|index| here.contains(index)) != *excluded
            })
            .collect();
        let Some((in_wanted, in_given)) = is_in.split_last() else {
            return false;
        };
        *in_wanted || in_given.contains(&false)
    })
}

struct Reader<'s> {
    kind: Kind,
    variables: bool,
    bound: Bound,
    scope: &'s Scope<'s>,
}

impl Reader<'_> {
    fn read<'a>(&self, values: &'a [String]) -> Body<'a> {
        let words = |read: &dyn Fn(&str) -> Option<Automaton>| {
            Body::Words(values.iter().filter_map(|value| read(value)).collect())
        };
        match self.kind {
            Kind::String {
                wildcards,
                ignore_case,
            } => words(&|value| {
                let tokens = self.tokens(value, wildcards, ignore_case)?;
                Some(cased(Automaton::of_tokens(&tokens), ignore_case))
            }),
            Kind::Arn => words(&|value| {
                let tokens = self.tokens(value, true, false)?;
                let colons = tokens.iter().filter(|token| **token == Token::Char(':'));
                // Of an ARN whose variables are unknown not even the segments are known.
                match colons.count() {
                    5.. => Some(Automaton::of_segments(&tokens, 6)),
                    _ => None,
                }
            }),
            Kind::Bool => words(&|value| {
                let tokens = self.tokens(value, false, true)?;
                let text = fold(value);
                let is_known = text == "true" || text == "false" || tokens.contains(&Token::Many);
                is_known.then(|| cased(Automaton::of_tokens(&tokens), true))
            }),
            kind @ (Kind::Numeric(_) | Kind::Date(_) | Kind::Binary | Kind::Ip | Kind::Null) => {
                Body::Written(kind, values)
            }
        }
    }

    /// The pattern of a value; none when it matches nothing within the bound.
    fn tokens(&self, value: &str, wildcards: bool, fold: bool) -> Option<Vec<Token>> {
        let syntax = Syntax {
            wildcards,
            variables: self.variables,
            fold,
        };
        match Template::compile(value, syntax).fill(self.scope) {
            Filled::NoValue => None,
            Filled::Known(tokens) => Some(tokens),
            Filled::AtMost(_) if self.bound == Bound::Least => None,
            Filled::AtMost(_) if self.kind == Kind::Arn => Some(any_arn()),
            Filled::AtMost(tokens) => Some(tokens),
        }
    }
}

fn any_arn() -> Vec<Token> {
    let colon = Token::Char(':');
    let mut tokens = [Token::Many, colon].repeat(5);
    tokens.push(Token::Many);
    tokens
}

fn cased(automaton: Automaton, ignore_case: bool) -> Automaton {
    if ignore_case {
        automaton.ignoring_case()
    } else {
        automaton
    }
}
