//! One file per kind of fault.

mod actions;
mod arns;
mod conditions;
mod contradictions;
mod expected;
mod keys;
mod overlap;
mod partitions;
mod resources;
mod roles;
mod shape;
mod tags;

use super::document::Document;
use super::{Code, Finding, Options};

/// Runs all of them.
pub(super) fn run(
    document: &Document<'_>,
    options: &Options,
    size: usize,
    findings: &mut Vec<Finding>,
) {
    shape::check(document, options, size, findings);
    actions::check(document, findings);
    keys::check(document, findings);
    conditions::check(document, findings);
    contradictions::check(document, findings);
    resources::check(document, findings);
    partitions::check(document, options, findings);
    roles::check(document, findings);
    tags::check(document, findings);
    overlap::check(document, findings);
    expected::check(document, options, findings);
    if document.is_incomplete() {
        findings.push(Finding::new(
            Code::Incomplete,
            "",
            "the policy has too many patterns to compare all of them with each other".to_owned(),
            "split the policy and lint the parts".to_owned(),
        ));
    }
}

/// Suggestions take a search through all names; this many are enough for anybody.
const MOST_SUGGESTIONS: usize = 100;

/// The text in backticks, cut to a readable length.
fn quoted(text: &str) -> String {
    crate::json::quoted(text)
}

/// `a`, `b` and `c`.
fn listed(items: &[String]) -> String {
    let items: Vec<String> = items.iter().map(|item| quoted(item)).collect();
    match items.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}
