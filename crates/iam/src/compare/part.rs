//! Describing sets of actions or resources by the patterns of the policies.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::cover::Class;

/// The texts that match some patterns and do not match others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// Patterns as written in the policies, all of which match; `*` when there is no other.
    pub within: Vec<String>,
    /// Patterns of which none matches.
    pub except: Vec<String>,
}

impl fmt::Display for Part {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.within.join(" and "))?;
        if !self.except.is_empty() {
            write!(formatter, " except {}", self.except.join(", "))?;
        }
        Ok(())
    }
}

/// Describes the chosen classes, and nothing else, with as few parts as are easily found.
pub(super) fn parts(classes: &[Class], chosen: &[usize], written: &[String]) -> Vec<Part> {
    let mut left: BTreeSet<usize> = chosen.iter().copied().collect();
    let world = World {
        classes,
        chosen: left.clone(),
        written,
    };
    let mut parts = Vec::new();
    while let Some(number) = left.first().copied() {
        let (part, covered) = world
            .best(&left)
            .unwrap_or_else(|| (world.alone(number), vec![number]));
        left.retain(|number| !covered.contains(number));
        parts.push(part);
    }
    parts.sort();
    parts
}

struct World<'a> {
    classes: &'a [Class],
    chosen: BTreeSet<usize>,
    written: &'a [String],
}

impl World<'_> {
    /// The single pattern, with exceptions, that covers most of what is left.
    fn best(&self, left: &BTreeSet<usize>) -> Option<(Part, Vec<usize>)> {
        let heads = std::iter::once(None).chain((0..self.written.len()).map(Some));
        let parts = heads.filter_map(|head| {
            let inside = self.inside(head.as_slice());
            let covered = inside.iter().copied();
            let covered: Vec<usize> = covered.filter(|number| left.contains(number)).collect();
            if covered.is_empty() {
                return None;
            }
            let except = self.exceptions(&inside)?;
            Some((self.part(head.as_slice(), &except), covered))
        });
        // The first of the best: of patterns alike the one that was written first.
        parts.reduce(|best, one| {
            let worth = |(part, covered): &(Part, Vec<usize>)| {
                (covered.len(), usize::MAX - part.except.len())
            };
            if worth(&one) > worth(&best) {
                one
            } else {
                best
            }
        })
    }

    /// Patterns that take away what is inside but not chosen, and nothing that is; none when
    /// there are no such patterns.
    fn exceptions(&self, inside: &[usize]) -> Option<Vec<usize>> {
        let (right, mut wrong): (Vec<usize>, Vec<usize>) = inside
            .iter()
            .partition(|number| self.chosen.contains(number));
        let needed: BTreeSet<usize> = right
            .into_iter()
            .flat_map(|one| self.matched(one))
            .collect();
        let takes = |number: usize| {
            let matched = self.matched(number).into_iter();
            matched.filter(|pattern| !needed.contains(pattern))
        };
        let mut except = Vec::new();
        while let Some(first) = wrong.first().copied() {
            let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
            for pattern in wrong.iter().flat_map(|number| takes(*number)) {
                *counts.entry(pattern).or_default() += 1;
            }
            // What takes the first one has to be among them.
            let of_first = takes(first);
            let best = of_first.max_by_key(|pattern| counts.get(pattern).copied())?;
            wrong.retain(|number| !self.matches(*number, best));
            except.push(best);
        }
        Some(except)
    }

    /// A class by itself: all that it matches, but for what meets it.
    fn alone(&self, number: usize) -> Part {
        let matched = self.matched(number);
        let within: Vec<usize> = matched
            .iter()
            .copied()
            .filter(|one| !matched.iter().any(|other| self.is_narrower(*other, *one)))
            .collect();
        let inside = self.inside(&within);
        let meets = |pattern: &usize| {
            !matched.contains(pattern) && inside.iter().any(|one| self.matches(*one, *pattern))
        };
        let meeting: Vec<usize> = (0..self.written.len()).filter(meets).collect();
        let widest = meeting.iter().copied();
        let widest =
            widest.filter(|one| !meeting.iter().any(|other| self.is_narrower(*one, *other)));
        self.part(&within, &widest.collect::<Vec<usize>>())
    }

    /// Whether all that the one matches is matched by the other, and not the other way round;
    /// of patterns that match the same the first counts as narrower.
    fn is_narrower(&self, one: usize, other: usize) -> bool {
        let of = |pattern| self.inside(&[pattern]);
        let (narrow, wide) = (of(one), of(other));
        let is_inside = narrow.iter().all(|number| wide.contains(number));
        is_inside && (narrow.len(), one) < (wide.len(), other)
    }

    /// The classes that match all the patterns.
    fn inside(&self, patterns: &[usize]) -> Vec<usize> {
        let all = |number: &usize| patterns.iter().all(|one| self.matches(*number, *one));
        (0..self.classes.len()).filter(all).collect()
    }

    fn matched(&self, number: usize) -> Vec<usize> {
        let class = self.classes.get(number);
        class.map(|class| class.matched.clone()).unwrap_or_default()
    }

    fn matches(&self, number: usize, pattern: usize) -> bool {
        let class = self.classes.get(number);
        class.is_some_and(|class| class.matched.binary_search(&pattern).is_ok())
    }

    fn part(&self, within: &[usize], except: &[usize]) -> Part {
        let names = |patterns: &[usize]| {
            let names = patterns
                .iter()
                .filter_map(|one| self.written.get(*one).cloned());
            let mut names: Vec<String> = names.collect();
            names.sort();
            names
        };
        let mut within = names(within);
        if within.is_empty() {
            within.push("*".to_owned());
        }
        Part {
            within,
            except: names(except),
        }
    }
}
