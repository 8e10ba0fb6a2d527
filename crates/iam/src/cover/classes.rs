//! All texts of a language, sorted by which of some patterns they match.
//!
//! The patterns are followed together, character by character; texts that reach the same places in
//! all of them are alike for good. So the texts fall into finitely many classes, each with a
//! shortest member, and what holds of that member holds of its class. (The subset construction,
//! done for all patterns at once and only as far as the language goes.)

use std::collections::{BTreeMap, HashSet, VecDeque};

use super::automaton::{Automaton, Places};

/// Far more than the largest policies need, whose names of actions take one for each letter; a
/// pattern such as `*a????????????????` can need exponentially many.
const MOST_STATES: usize = 100_000;

/// The places that all these states may hold: it bounds the memory that a huge document takes.
const MOST_PLACES: usize = 2_000_000;

/// The moves from a place to the next: it bounds the time.
const MOST_MOVES: usize = 5_000_000;

/// How often a nicer text is matched with a pattern.
const MOST_MATCHES: usize = 10_000_000;

/// A set of texts: those that match all patterns of any alternative.
#[derive(Debug, Clone, Default)]
pub(crate) struct Language {
    pub(crate) alternatives: Vec<Vec<Automaton>>,
}

/// The texts of a language that match the same patterns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Class {
    /// The indices of the patterns that match, ascending.
    pub(crate) matched: Vec<usize>,
    /// One of its texts.
    pub(crate) example: String,
}

/// The patterns together have more states than are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooComplex;

impl Language {
    pub(crate) fn contains(&self, text: &str) -> bool {
        let all = |parts: &Vec<Automaton>| parts.iter().all(|part| part.matches(text));
        self.alternatives.iter().any(all)
    }
}

/// Sorts the texts of the language. A class is shown by the first of `nicer` that is in it, else
/// by a shortest text.
pub(crate) fn classes(
    language: &Language,
    patterns: &[Automaton],
    nicer: &[String],
) -> Result<Vec<Class>, TooComplex> {
    let mut found = Walk::new(language, patterns).run()?;
    // They are for the eye: of too many to look at the first will do.
    let few = nicer.iter().take(MOST_MATCHES / patterns.len().max(1));
    for text in few.rev().filter(|text| language.contains(text)) {
        let matched = matched(patterns, text);
        found.insert(matched, text.clone());
    }
    let class = |(matched, example)| Class { matched, example };
    Ok(found.into_iter().map(class).collect())
}

/// The indices of the patterns that match the text.
fn matched(patterns: &[Automaton], text: &str) -> Vec<usize> {
    let all = patterns.iter().enumerate();
    all.filter(|(_, pattern)| pattern.matches(text))
        .map(|(index, _)| index)
        .collect()
}

/// Where a text has come to: the places in each pattern that can still match, by its number.
type State = Vec<(usize, Places)>;

/// How many places those are.
fn held(state: &State) -> usize {
    state.iter().map(|(_, places)| places.len()).sum()
}

struct Walk<'a> {
    /// Those of the language first, then the patterns.
    automata: Vec<&'a Automaton>,
    /// The numbers of each alternative's automata.
    alternatives: Vec<Vec<usize>>,
    /// How many belong to the language.
    bounds: usize,
}

impl<'a> Walk<'a> {
    fn new(language: &'a Language, patterns: &'a [Automaton]) -> Self {
        let mut automata: Vec<&Automaton> = Vec::new();
        let mut number = |automaton: &'a Automaton| {
            let known = automata.iter().position(|known| *known == automaton);
            known.unwrap_or_else(|| {
                automata.push(automaton);
                automata.len() - 1
            })
        };
        let alternatives = language.alternatives.iter();
        let alternatives = alternatives
            .map(|parts| parts.iter().map(&mut number).collect())
            .collect();
        let bounds = automata.len();
        automata.extend(patterns);
        Self {
            automata,
            alternatives,
            bounds,
        }
    }

    /// Breadth first, so that the first text of a class is a shortest one.
    fn run(&self) -> Result<BTreeMap<Vec<usize>, String>, TooComplex> {
        let automata = self.automata.iter().enumerate();
        let start: State = automata
            .map(|(number, automaton)| (number, automaton.start()))
            .collect();
        let mut found = BTreeMap::new();
        let mut places = held(&start);
        let mut moves = 0;
        let mut seen = HashSet::from([start.clone()]);
        let mut queue = VecDeque::from([(start, String::new())]);
        while let Some((state, text)) = queue.pop_front() {
            if self.ends(&state) {
                let matched = self.matched(&state);
                found.entry(matched).or_insert_with(|| text.clone());
            }
            for character in self.characters(&state) {
                moves += held(&state);
                let next = self.after(&state, character);
                if self.may_end(&next) && seen.insert(next.clone()) {
                    places += held(&next);
                    if seen.len() > MOST_STATES || places > MOST_PLACES {
                        return Err(TooComplex);
                    }
                    queue.push_back((next, format!("{text}{character}")));
                }
                if moves > MOST_MOVES {
                    return Err(TooComplex);
                }
            }
        }
        Ok(found)
    }

    fn after(&self, state: &State, character: char) -> State {
        let moved = state.iter().filter_map(|(number, places)| {
            let places = self.automata.get(*number)?.after(places, character);
            (!places.is_empty()).then_some((*number, places))
        });
        moved.collect()
    }

    /// Whether the text that came here is of the language.
    fn ends(&self, state: &State) -> bool {
        self.any_alternative(|number| self.accepts(state, number))
    }

    /// Whether a longer text may be.
    fn may_end(&self, state: &State) -> bool {
        self.any_alternative(|number| state.iter().any(|(alive, _)| *alive == number))
    }

    fn any_alternative(&self, holds: impl Fn(usize) -> bool) -> bool {
        let all = |parts: &Vec<usize>| parts.iter().all(|number| holds(*number));
        self.alternatives.iter().any(all)
    }

    fn accepts(&self, state: &State, number: usize) -> bool {
        let at = state.iter().find(|(alive, _)| *alive == number);
        at.zip(self.automata.get(number))
            .is_some_and(|((_, places), automaton)| automaton.accepts(places))
    }

    fn matched(&self, state: &State) -> Vec<usize> {
        let accepting = state.iter().filter(|(number, places)| {
            let automaton = self.automata.get(*number);
            automaton.is_some_and(|automaton| automaton.accepts(places))
        });
        let numbers = accepting.map(|(number, _)| *number);
        numbers
            .filter_map(|number| number.checked_sub(self.bounds))
            .collect()
    }

    /// The characters that matter, and one that stands for all others.
    fn characters(&self, state: &State) -> Vec<char> {
        let mut characters = Vec::new();
        for (number, places) in state {
            if let Some(automaton) = self.automata.get(*number) {
                automaton.telling(places, &mut characters);
            }
        }
        characters.sort_unstable();
        characters.dedup();
        let mut others = ('a'..='z').rev().chain('\u{4e00}'..);
        let other = others.find(|other| !characters.contains(other));
        characters.extend(other);
        characters
    }
}
