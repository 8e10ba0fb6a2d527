//! One action on one resource.

use std::collections::BTreeSet;

use commissary_iam::{
    Layer, NamedPolicy, Outcome, PolicySet, Relevance, Request, decide, explain_open,
    requires_resource_policy,
};

use super::subject::Subject;
use crate::authorize::policies::{self, Source};

/// What the simulator says of one action on one resource.
pub(super) struct Evaluation<'a> {
    pub(super) outcome: Outcome,
    /// The statements that decided, by policy and place in it.
    pub(super) statements: Vec<(&'a Source, usize)>,
    /// Context keys that statements about this action and resource ask for and nobody gave.
    pub(super) missing: BTreeSet<String>,
    /// `None` without a boundary.
    pub(super) allowed_by_boundary: Option<bool>,
    /// `None` for an account in no organisation.
    pub(super) allowed_by_organization: Option<bool>,
}

pub(super) fn evaluate<'a>(subject: &'a Subject, action: &str, resource: &str) -> Evaluation<'a> {
    let request = Request {
        principal: subject.principal.clone(),
        action: action.to_owned(),
        resource: resource.to_owned(),
        context: subject.context.clone(),
    };
    let set = with_delegation(subject, &request);
    let decision = decide(&set, &request);
    // Nothing matched when nothing decided; else the statements that did.
    let deciding = match decision.outcome {
        Outcome::ImplicitDeny => Vec::new(),
        Outcome::Allowed | Outcome::ExplicitDeny => decision.statements,
    };
    // Policies of the organisation are nobody's in the account to see.
    let statements = deciding
        .iter()
        .filter(|statement| !matches!(statement.layer, Layer::Scp { .. }))
        .filter_map(|statement| {
            let source = subject.gathered.source(&statement.policy)?;
            Some((source, statement.index))
        })
        .collect();
    Evaluation {
        outcome: decision.outcome,
        statements,
        missing: missing(&set, &request),
        allowed_by_boundary: set
            .boundary
            .as_ref()
            .map(|boundary| allowed_by_boundary(boundary, &request)),
        allowed_by_organization: (!set.scps.is_empty())
            .then(|| allowed_by_organization(&set, &request)),
    }
}

/// The policies to decide with.
///
/// AWS's simulator looks at the policy of a resource only when it is given one, and otherwise
/// answers from the policies of the caller (IAM User Guide, "IAM policy testing with the IAM
/// policy simulator"). So where the resource has the first say it is taken to leave it to them.
fn with_delegation(subject: &Subject, request: &Request) -> PolicySet {
    let mut set = subject.gathered.set.clone();
    if set.resource.is_none() && requires_resource_policy(&request.action, &request.resource) {
        set.resource = subject.delegation.clone();
    }
    set
}

fn missing(set: &PolicySet, request: &Request) -> BTreeSet<String> {
    explain_open(set, request)
        .into_iter()
        .filter_map(|explanation| match explanation.relevance {
            Relevance::Depends { keys } => Some(keys),
            Relevance::Applies | Relevance::No(_) => None,
        })
        .flatten()
        .collect()
}

fn allowed_by_boundary(boundary: &NamedPolicy, request: &Request) -> bool {
    let alone = PolicySet {
        identity: vec![boundary.clone()],
        ..PolicySet::default()
    };
    decide(&alone, request).outcome == Outcome::Allowed
}

/// Whether every level of the organisation lets the request through to one who may do everything.
fn allowed_by_organization(set: &PolicySet, request: &Request) -> bool {
    let alone = PolicySet {
        identity: policies::everything().into_iter().collect(),
        resource: set.resource.clone(),
        scps: set.scps.clone(),
        ..PolicySet::default()
    };
    decide(&alone, request).outcome == Outcome::Allowed
}
