//! What the policy was said to need.

use super::quoted;
use crate::lint::document::Document;
use crate::lint::{Code, Expectation, Finding, Options};
use crate::{Effect, NamedPolicy, OpenDecision, Outcome, PolicySet, Request, decide_open};

pub(super) fn check(document: &Document<'_>, options: &Options, findings: &mut Vec<Finding>) {
    for expected in &options.expected {
        if !is_allowed(document, expected) {
            findings.push(Finding::new(
                Code::ExpectedActionMissing,
                "",
                format!(
                    "the policy does not allow {}",
                    quoted(&expected.to_string())
                ),
                "add it, or expect less".to_owned(),
            ));
        }
    }
}

/// Whether the policy may allow it: under which conditions is left open.
fn is_allowed(document: &Document<'_>, expected: &Expectation) -> bool {
    let Some(resource) = &expected.resource else {
        return document.policy.statements().iter().any(|statement| {
            statement.effect() == Effect::Allow && statement.has_action(&expected.action)
        });
    };
    let policies = PolicySet {
        identity: vec![NamedPolicy::new("policy", document.policy.clone())],
        ..PolicySet::default()
    };
    let mut request = Request::new(&expected.action, resource);
    request.context = expected.context.clone();
    match decide_open(&policies, &request) {
        OpenDecision::Decided(decision) => decision.outcome == Outcome::Allowed,
        OpenDecision::Conditional { .. } => true,
    }
}
