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
    let mut matching = vec![Vec::new(); written.len()];
    for (number, class) in classes.iter().enumerate() {
        for pattern in &class.matched {
            if let Some(matching) = matching.get_mut(*pattern) {
                matching.push(number);
            }
        }
    }
    let world = World {
        classes,
        matching,
        chosen: left.clone(),
        written,
    };
    let candidates = world.candidates();
    let mut parts = Vec::new();
    while let Some(number) = left.first().copied() {
        let Some(best) = best(&candidates, &left) else {
            left.remove(&number);
            parts.push(world.alone(number));
            continue;
        };
        for covered in &best.inside {
            left.remove(covered);
        }
        parts.push(world.part(best.head.as_slice(), &best.except));
    }
    parts.sort();
    parts
}

/// A single pattern, or none, with exceptions, that describes only what is chosen.
struct Candidate {
    head: Option<usize>,
    inside: Vec<usize>,
    except: Vec<usize>,
}

/// The one that covers most of what is left; of patterns alike the one that was written first.
fn best<'c>(candidates: &'c [Candidate], left: &BTreeSet<usize>) -> Option<&'c Candidate> {
    let worth = |one: &Candidate| {
        let covered = one.inside.iter().filter(|number| left.contains(number));
        (covered.count(), usize::MAX - one.except.len())
    };
    let worths = candidates.iter().map(|one| (worth(one), one));
    let useful = worths.filter(|((covered, _), _)| *covered > 0);
    let best = useful.reduce(|best, one| if one.0 > best.0 { one } else { best });
    best.map(|(_, best)| best)
}

struct World<'a> {
    classes: &'a [Class],
    /// The classes that each pattern matches, ascending.
    matching: Vec<Vec<usize>>,
    chosen: BTreeSet<usize>,
    written: &'a [String],
}

impl World<'_> {
    fn candidates(&self) -> Vec<Candidate> {
        let heads = std::iter::once(None).chain((0..self.written.len()).map(Some));
        let candidates = heads.filter_map(|head| {
            let inside = self.inside(head.as_slice());
            let is_useful = inside.iter().any(|number| self.chosen.contains(number));
            is_useful.then(|| {
                let except = self.exceptions(&inside)?;
                Some(Candidate {
                    head,
                    inside,
                    except,
                })
            })?
        });
        candidates.collect()
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
        let Some((first, others)) = patterns.split_first() else {
            return (0..self.classes.len()).collect();
        };
        let all = |number: &&usize| others.iter().all(|one| self.matches(**number, *one));
        let of_first = self.matching.get(*first).into_iter().flatten();
        of_first.filter(all).copied().collect()
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
