//! Which statements may be about an action.

use std::collections::BTreeMap;

use super::table::Table;
use crate::Selection;
use crate::pattern::Glob;

/// Statements by the actions they name.
#[derive(Debug, Clone)]
pub(super) struct Index {
    /// By the actions named literally.
    names: Table,
    /// By what stands before the first wildcard.
    starts: Table,
    /// The lengths of those, in bytes, ascending.
    lengths: Box<[usize]>,
}

/// A statement that may name an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Candidate {
    /// Its number among all statements.
    pub(super) number: usize,
    pub(super) certainty: Certainty,
}

/// Whether it names the action for certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Certainty {
    Sure,
    /// Its patterns have to be asked.
    Possible,
}

type Lists = BTreeMap<Box<str>, Vec<Candidate>>;

impl Index {
    /// Indexes the numbered `Action` or `NotAction` elements.
    pub(super) fn new<'a>(statements: impl Iterator<Item = (usize, &'a Selection)>) -> Self {
        let mut names = Lists::new();
        let mut starts = Lists::new();
        for (number, actions) in statements {
            if actions.negated {
                add(&mut starts, "", number, Certainty::Possible);
                continue;
            }
            for pattern in &actions.patterns {
                match pattern.glob() {
                    Some(Glob::Exact(name)) => add(&mut names, name, number, Certainty::Sure),
                    Some(glob @ (Glob::Prefix(_) | Glob::Anything)) => {
                        add(&mut starts, &glob.start(), number, Certainty::Sure);
                    }
                    Some(glob) => add(&mut starts, &glob.start(), number, Certainty::Possible),
                    None => add(&mut starts, "", number, Certainty::Possible),
                }
            }
        }
        let mut lengths: Vec<usize> = starts.keys().map(|start| start.len()).collect();
        lengths.sort_unstable();
        lengths.dedup();
        Self {
            names: Table::new(names),
            starts: Table::new(starts),
            lengths: lengths.into(),
        }
    }

    /// Shows all candidates, in no order, a statement with several patterns perhaps repeatedly.
    pub(super) fn visit(&self, action: &str, mut visit: impl FnMut(Candidate)) {
        let action = action.as_bytes();
        for candidate in self.names.get(action) {
            visit(*candidate);
        }
        for length in &self.lengths {
            let Some(start) = action.get(..*length) else {
                break;
            };
            for candidate in self.starts.get(start) {
                visit(*candidate);
            }
        }
    }
}

/// Statements come in the order of their numbers; one stands in each list at most once.
fn add(lists: &mut Lists, key: &str, number: usize, certainty: Certainty) {
    let list = lists.entry(key.into()).or_default();
    match list.last_mut() {
        Some(last) if last.number == number => last.certainty = last.certainty.min(certainty),
        _ => list.push(Candidate { number, certainty }),
    }
}
