//! What the policies that were read say about a request. Pure.

use commissary_core::domain::{DeniedBy, DenyingLayer, DenyingStatement, Identity};
use commissary_iam::{
    Context, Decision, Layer, OpenDecision, Outcome, PolicySet, Request, StatementRef,
    decide as decide_closed, decide_open,
};
use commissary_permissions::SampleRequest;

use super::Reading;
use crate::ladder::facts::{Fact, Known};
use crate::ladder::judge::Answer;

/// Decides one request of `identity`. Of an incomplete reading only an explicit deny is certain
/// (IAM User Guide, "Policy evaluation logic": a deny in any policy overrides all others).
pub(in crate::ladder) fn decide(
    reading: &Reading,
    identity: &Identity,
    known: &Known,
    sample: &SampleRequest,
) -> Answer {
    let request = Request {
        principal: Some(identity.principal_arn.clone()),
        action: sample.action.clone(),
        resource: sample.resource.clone(),
        context: context(&[known.facts(), &reading.facts], sample),
    };
    let decided = decided(&reading.policies, &request, known);
    if let OpenDecision::Decided(decision) = &decided
        && decision.outcome == Outcome::ExplicitDeny
    {
        return denied(decision, true);
    }
    if !reading.unread.is_empty() {
        return Answer::Unknown {
            why: format!(
                "not every policy could be read: {}",
                reading.unread_sentence()
            ),
        };
    }
    match decided {
        OpenDecision::Conditional { keys, .. } => Answer::Conditional {
            keys: keys.into_iter().collect(),
        },
        OpenDecision::Decided(decision) => whole(&decision),
    }
}

/// Decides with the keys that are given as the only certain ones. When all that matters besides
/// them is known to be absent, the request is complete after all.
fn decided(policies: &PolicySet, request: &Request, known: &Known) -> OpenDecision {
    match decide_open(policies, request) {
        OpenDecision::Conditional { keys, .. }
            if keys.iter().all(|key| known.lacks(&request.action, key)) =>
        {
            OpenDecision::Decided(decide_closed(policies, request))
        }
        decision => decision,
    }
}

/// The answer of a complete reading.
fn whole(decision: &Decision) -> Answer {
    match (decision.outcome, decision.layer) {
        (Outcome::Allowed, _) => Answer::Allowed {
            by: named(&decision.statements),
        },
        // Nothing withholds it but the policy of the resource, which was not read.
        (_, Some(Layer::Resource)) => Answer::Unknown {
            why: "the resource's own policy decides, and it was not read".to_owned(),
        },
        (outcome, _) => denied(decision, outcome == Outcome::ExplicitDeny),
    }
}

fn denied(decision: &Decision, explicit: bool) -> Answer {
    let layer = match decision.layer {
        None | Some(Layer::Identity) => DenyingLayer::Identity,
        Some(Layer::Group) => DenyingLayer::Group,
        Some(Layer::Boundary) => DenyingLayer::Boundary,
        Some(Layer::Session) => DenyingLayer::Session,
        Some(Layer::Scp { .. }) => DenyingLayer::ServiceControl,
        Some(Layer::Resource) => DenyingLayer::Resource,
    };
    let by = match explicit {
        true => DeniedBy::explicitly(layer, decision.statements.iter().map(denying).collect()),
        false => DeniedBy::withheld(layer),
    };
    Answer::Denied {
        by,
        final_: explicit,
    }
}

fn denying(statement: &StatementRef) -> DenyingStatement {
    DenyingStatement {
        policy: statement.policy.clone(),
        number: Some(statement.index + 1),
        sid: statement.sid.clone(),
    }
}

fn named(statements: &[StatementRef]) -> Vec<String> {
    statements.iter().map(ToString::to_string).collect()
}

/// The sample's own keys stand over what is known of every request, and what was read of the
/// principal over what was assumed of it.
fn context(known: &[&[Fact]], sample: &SampleRequest) -> Context {
    let mut context = Context::new();
    for fact in known.iter().copied().flatten() {
        context.set(&fact.key, &fact.values);
    }
    for (key, values) in &sample.context {
        context.set(key, values);
    }
    context
}

#[cfg(test)]
mod tests;
