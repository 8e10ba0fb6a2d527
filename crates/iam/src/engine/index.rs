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

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::Policy;

    /// The numbers of the statements that are looked at for an action.
    fn looked_at(actions: &str, action: &str) -> Vec<usize> {
        let text = format!(r#"{{"Statement": [{actions}]}}"#);
        let policy = Policy::parse(&text).unwrap();
        let statements = policy.statements().iter().enumerate();
        let index = Index::new(statements.map(|(number, one)| (number, one.actions())));
        let mut numbers = Vec::new();
        index.visit(action, |candidate| numbers.push(candidate.number));
        numbers.sort_unstable();
        numbers
    }

    fn statement(element: &str, action: &str) -> String {
        format!(r#"{{"Effect": "Allow", "{element}": "{action}", "Resource": "*"}}"#)
    }

    #[test]
    fn only_statements_that_name_the_action_are_looked_at() {
        let mut statements = String::new();
        for number in 0..1_000 {
            let action = match number % 4 {
                0 => format!("ec2:Describe{number:04}"),
                1 => format!("ec2:Describe{number:04}*"),
                2 => format!("ec2:Describe{number:04}?b*"),
                _ => format!("s{number}:*"),
            };
            write!(statements, "{},", statement("Action", &action)).unwrap();
        }
        statements.push_str(&statement("Action", "*"));
        assert_eq!(looked_at(&statements, "EC2:describe0500"), [500, 1_000]);
        assert_eq!(looked_at(&statements, "ec2:Describe0501z"), [501, 1_000]);
        assert_eq!(looked_at(&statements, "ec2:Describe0502ab"), [502, 1_000]);
        assert_eq!(looked_at(&statements, "s999:Get"), [999, 1_000]);
        assert_eq!(looked_at(&statements, "iam:PassRole"), [1_000]);
    }

    #[test]
    fn what_excludes_actions_is_always_looked_at() {
        let excluding = statement("NotAction", "iam:*");
        assert_eq!(looked_at(&excluding, "ec2:RunInstances"), [0]);
        assert_eq!(looked_at(&excluding, "iam:PassRole"), [0]);
    }
}
