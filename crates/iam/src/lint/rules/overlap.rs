//! Statements and actions that others make superfluous or void.

use super::quoted;
use crate::condition::Test;
use crate::lint::document::{ConditionEntry, Document, Entry, Part};
use crate::lint::{Code, Finding};
use crate::{Condition, Effect};

pub(super) fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    for part in &document.statements {
        if document.is_incomplete() {
            return;
        }
        if part.selected_actions().is_empty() {
            continue;
        }
        let others = document
            .statements
            .iter()
            .filter(|other| other.index != part.index);
        let wider: Vec<&Part<'_>> = others
            .filter(|other| is_wider(document, other, part))
            .collect();
        if !denied(document, part, &wider, findings) {
            redundant(document, part, &wider, findings);
        }
    }
}

/// Whether `other` applies to every request that `part` applies to, actions aside.
fn is_wider(document: &Document<'_>, other: &Part<'_>, part: &Part<'_>) -> bool {
    let concerns = other.statement.effect() == part.statement.effect()
        || other.statement.effect() == Effect::Deny;
    concerns
        && other.statement.principals() == part.statement.principals()
        && has_wider_resources(document, other, part)
        && has_weaker_conditions(document, other, part)
}

fn has_wider_resources(document: &Document<'_>, other: &Part<'_>, part: &Part<'_>) -> bool {
    match (other.statement.resources(), part.statement.resources()) {
        (None, None) => true,
        (Some(_), Some(_)) => {
            let (wide, narrow) = (other.selected_resources(), part.selected_resources());
            let is_within = |entry: &Entry| {
                wide.iter()
                    .any(|wide| document.includes(&wide.glob, &entry.glob))
            };
            !narrow.is_empty() && narrow.iter().all(is_within)
        }
        _ => false,
    }
}

/// Whether each condition of `other` follows from one of `part`.
fn has_weaker_conditions(document: &Document<'_>, other: &Part<'_>, part: &Part<'_>) -> bool {
    other.conditions.iter().all(|weak| {
        let mut conditions = part.conditions.iter();
        conditions.any(|strong| follows(document, strong, weak))
    })
}

fn follows(
    document: &Document<'_>,
    strong: &ConditionEntry<'_>,
    weak: &ConditionEntry<'_>,
) -> bool {
    let (a, b): (&Condition, &Condition) = (strong.condition, weak.condition);
    if a.operator() != b.operator() || !a.key().eq_ignore_ascii_case(b.key()) {
        return false;
    }
    // ARNs are compared by segment, so only equal ones are certain.
    let is_arn = matches!(a.test, Test::Arn(_));
    let within = |wide: &Entry, narrow: &Entry| {
        wide.text == narrow.text || !is_arn && document.includes(&wide.glob, &narrow.glob)
    };
    if a.operator().is_negated() {
        let mut excluded = weak.values.iter();
        excluded.all(|less| strong.values.iter().any(|more| within(more, less)))
    } else {
        let mut wanted = strong.values.iter();
        wanted.all(|less| weak.values.iter().any(|more| within(more, less)))
    }
}

/// Reports what an `Allow` grants in vain; true when that is all of it.
fn denied(
    document: &Document<'_>,
    part: &Part<'_>,
    wider: &[&Part<'_>],
    findings: &mut Vec<Finding>,
) -> bool {
    if part.statement.effect() == Effect::Deny {
        return false;
    }
    let denies = || {
        wider
            .iter()
            .filter(|other| other.statement.effect() == Effect::Deny)
    };
    let by = |entry: &Entry| denies().find(|other| selects(document, other, entry));
    let found: Vec<_> = part
        .selected_actions()
        .iter()
        .map(|action| (&action.entry, by(&action.entry)))
        .collect();
    let fix = "leave it out here, or narrow the `Deny`";
    if found.iter().all(|(_, by)| by.is_some()) {
        if let Some((_, Some(by))) = found.first() {
            let message = format!("all that the statement allows is denied by {}", by.shown());
            findings.push(part.finding(Code::AlwaysDenied, &part.pointer, message, fix.to_owned()));
        }
        return true;
    }
    for (entry, by) in found {
        if let Some(by) = by {
            let message = format!(
                "{} is allowed here and always denied by {}",
                quoted(&entry.text),
                by.shown()
            );
            findings.push(part.finding(
                Code::AlwaysDenied,
                &entry.pointer,
                message,
                fix.to_owned(),
            ));
        }
    }
    false
}

fn selects(document: &Document<'_>, part: &Part<'_>, entry: &Entry) -> bool {
    let mut actions = part.selected_actions().iter();
    actions.any(|action| document.includes(&action.entry.glob, &entry.glob))
}

fn redundant(
    document: &Document<'_>,
    part: &Part<'_>,
    wider: &[&Part<'_>],
    findings: &mut Vec<Finding>,
) {
    let alike = wider
        .iter()
        .filter(|other| other.statement.effect() == part.statement.effect());
    let alike: Vec<&&Part<'_>> = alike.collect();
    // Of two that say the same, the later one is superfluous.
    let says = |other: &Part<'_>, entry: &Entry| {
        let mut actions = other.selected_actions().iter();
        actions.any(|action| {
            document.includes(&action.entry.glob, &entry.glob)
                && (other.index < part.index
                    || !document.includes(&entry.glob, &action.entry.glob)
                    || !is_wider(document, part, other))
        })
    };
    let elsewhere: Vec<Option<&&Part<'_>>> = part
        .selected_actions()
        .iter()
        .map(|action| {
            alike
                .iter()
                .copied()
                .find(|other| says(other, &action.entry))
        })
        .collect();
    if elsewhere.iter().all(Option::is_some) {
        let mut names: Vec<String> = elsewhere
            .iter()
            .flatten()
            .map(|other| other.shown())
            .collect();
        names.dedup();
        let message = format!("{} says all that this one says", names.join(" and "));
        findings.push(part.finding(
            Code::ShadowedStatement,
            &part.pointer,
            message,
            "leave the statement out".to_owned(),
        ));
        return;
    }
    for (position, (action, elsewhere)) in part.selected_actions().iter().zip(elsewhere).enumerate()
    {
        let entry = &action.entry;
        let said = match elsewhere {
            Some(other) => format!("in {}", other.shown()),
            None => match beside(document, part, position) {
                Some(other) => format!("beside it as {}", quoted(&other.text)),
                None => continue,
            },
        };
        findings.push(part.finding(
            Code::RedundantAction,
            &entry.pointer,
            format!(
                "{} stands {said}, for the same resources or more",
                quoted(&entry.text)
            ),
            "leave the entry out".to_owned(),
        ));
    }
}

/// The entry of the same statement that says what the one at `position` says.
fn beside<'p>(document: &Document<'_>, part: &'p Part<'_>, position: usize) -> Option<&'p Entry> {
    let actions = part.selected_actions();
    let entry = &actions.get(position)?.entry;
    let mut others = actions
        .iter()
        .enumerate()
        .filter(|(other, _)| *other != position);
    let found = others.find(|(other, action)| {
        document.includes(&action.entry.glob, &entry.glob)
            && (*other < position || !document.includes(&entry.glob, &action.entry.glob))
    });
    found.map(|(_, action)| &action.entry)
}
