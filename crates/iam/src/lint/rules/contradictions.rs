//! Conditions of one statement that never hold together. All conditions of a statement have to
//! hold. Source: "IAM JSON policy elements: Condition".

use super::quoted;
use crate::condition::Test;
use crate::lint::document::{ConditionEntry, Document};
use crate::lint::glob::Glob;
use crate::lint::{Code, Finding};

pub(super) fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    for part in &document.statements {
        for (position, second) in part.conditions.iter().enumerate() {
            let earlier = part.conditions.iter().take(position);
            let same_key = |first: &&ConditionEntry<'_>| {
                first
                    .condition
                    .key()
                    .eq_ignore_ascii_case(second.condition.key())
            };
            for first in earlier.filter(same_key) {
                if contradict(document, first, second) || contradict(document, second, first) {
                    let message = format!(
                        "`{}` and `{}` on {} never hold together, so the statement never applies",
                        first.condition.operator(),
                        second.condition.operator(),
                        quoted(second.condition.key()),
                    );
                    findings.push(part.finding(
                        Code::ContradictoryConditions,
                        &second.pointer,
                        message,
                        "keep one of the two, or split the statement".to_owned(),
                    ));
                    break;
                }
            }
        }
    }
}

fn contradict(
    document: &Document<'_>,
    first: &ConditionEntry<'_>,
    second: &ConditionEntry<'_>,
) -> bool {
    wants_absent_key(first) && needs_key(second)
        || excludes_all(document, first, second)
        || are_disjoint(document, first, second)
}

/// `Null` with `true` only.
fn wants_absent_key(entry: &ConditionEntry<'_>) -> bool {
    match &entry.condition.test {
        Test::Null(wanted) => !wanted.is_empty() && wanted.iter().all(|w| *w == Some(true)),
        _ => false,
    }
}

fn needs_key(entry: &ConditionEntry<'_>) -> bool {
    match &entry.condition.test {
        Test::Null(wanted) => !wanted.is_empty() && wanted.iter().all(|w| *w == Some(false)),
        _ => !entry.condition.operator().holds_without_key(),
    }
}

/// Whether `positive` lists only what `negated` rules out, as `StringEquals` and `StringNotEquals`
/// of the same value do.
fn excludes_all(
    document: &Document<'_>,
    negated: &ConditionEntry<'_>,
    positive: &ConditionEntry<'_>,
) -> bool {
    let (no, yes) = (negated.condition.operator(), positive.condition.operator());
    let comparable = no.is_negated()
        && !yes.is_negated()
        && no.quantifier().is_none()
        && yes.quantifier().is_none()
        && needs_key(positive)
        && is_same_case(negated, positive)
        && !positive.values.is_empty();
    let is_excluded = |value: &Glob| {
        let mut patterns = negated.values.iter();
        patterns.any(|pattern| document.includes(&pattern.glob, value))
    };
    comparable && positive.values.iter().all(|value| is_excluded(&value.glob))
}

/// Whether a key with a single value would have to have two.
fn are_disjoint(
    document: &Document<'_>,
    first: &ConditionEntry<'_>,
    second: &ConditionEntry<'_>,
) -> bool {
    let key = document.reference.key(first.condition.key());
    let single = key.is_some_and(|key| !key.is_multivalued());
    let positive = |entry: &ConditionEntry<'_>| {
        let operator = entry.condition.operator();
        !operator.is_negated() && operator.quantifier().is_none() && needs_key(entry)
    };
    if !single || !positive(first) || !positive(second) {
        return false;
    }
    match (&first.condition.test, &second.condition.test) {
        (Test::Text { .. }, Test::Text { .. }) if is_same_case(first, second) => {
            !first.values.is_empty()
                && !second.values.is_empty()
                && !first.values.iter().any(|a| {
                    let mut others = second.values.iter();
                    others.any(|b| document.intersects(&a.glob.tokens, &b.glob.tokens))
                })
        }
        (Test::Numeric(a, first), Test::Numeric(b, second)) => {
            let holds = |x: f64, y: f64| (a.holds(&x, &y), b.holds(&x, &y));
            is_empty_range(holds, first, second)
        }
        (Test::Date(a, first), Test::Date(b, second)) => {
            // The direction of a comparison does not depend on what is compared.
            let holds = |x: f64, y: f64| (a.holds(&x, &y), b.holds(&x, &y));
            is_empty_range(holds, first, second)
        }
        _ => false,
    }
}

/// Whether the first compares downwards from its greatest value, the second upwards from its
/// least, and the two do not meet. Several values are alternatives.
fn is_empty_range<T: PartialOrd + Copy>(
    holds: impl Fn(f64, f64) -> (bool, bool),
    first: &[Option<T>],
    second: &[Option<T>],
) -> bool {
    let (below, above) = (holds(0.0, 1.0).0, holds(1.0, 0.0).1);
    let (down_equal, up_equal) = holds(0.0, 0.0);
    let is_range = below && above && !holds(1.0, 0.0).0 && !holds(0.0, 1.0).1;
    let pairs = first
        .iter()
        .flatten()
        .flat_map(|upper| second.iter().flatten().map(move |lower| (*upper, *lower)));
    let mut pairs = pairs.peekable();
    let meets = |upper: T, lower: T| lower < upper || (lower == upper && down_equal && up_equal);
    is_range && pairs.peek().is_some() && pairs.all(|(upper, lower)| !meets(upper, lower))
}

/// Text that is compared with its case on one side only cannot be judged by its characters.
fn is_same_case(first: &ConditionEntry<'_>, second: &ConditionEntry<'_>) -> bool {
    let minds_case = |entry: &ConditionEntry<'_>| {
        matches!(
            entry.condition.test,
            Test::Text {
                ignore_case: false,
                ..
            }
        )
    };
    minds_case(first) && minds_case(second)
}
