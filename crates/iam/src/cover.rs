//! Whether policies allow every request of a kind, not only one sample.
//!
//! The resources that a question means are sorted into classes that no pattern of the policies
//! tells apart (see [`classes`]); each class is decided by [`decide_open`], so that all rules of
//! evaluation stand in one place. Inclusion of patterns is thereby decided exactly, with unions
//! of patterns, `NotResource`, `Deny` and limiting layers. Conditions of the question are compared
//! with those of the policies where they are about texts (see [`Known`]).

mod actions;
mod automaton;
mod classes;
mod example;
mod known;
mod patterns;
mod place;
mod question;
mod reduce;
mod samples;
mod shapes;
mod values;

use std::collections::BTreeSet;
use std::fmt;

use crate::scope::{Scope, World};
use crate::{
    Context, Decision, Layer, OpenDecision, PolicySet, Request, StatementRef, decide_open,
    requires_resource_policy,
};

pub(crate) use actions::{automaton as of_action, every_action, is_single, named_by, written};
pub(crate) use automaton::Automaton;
pub(crate) use classes::{Class, Language, TooComplex, classes};
pub use example::Example;
pub(crate) use known::{Known, Standing};
pub(crate) use patterns::{Patterns, patterns};
pub use place::Place;
pub(crate) use place::resources;
pub use question::{Question, QuestionError, Viewpoint};

/// How much of what a question means is allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cover {
    /// Every request is allowed.
    All {
        /// One of them.
        inside: Example,
    },
    /// Some requests are allowed, others denied, by their action or resource.
    Some {
        /// One that is allowed.
        inside: Example,
        /// One that is denied.
        outside: Example,
    },
    /// Every request is denied.
    None {
        /// One of them.
        outside: Example,
    },
    /// For some requests, or all, it depends on context keys that the question leaves open.
    Conditional {
        /// The keys, as written in the policies.
        keys: BTreeSet<String>,
        /// The statements that depend on them.
        statements: Vec<StatementRef>,
        /// A request that is allowed, when one was found.
        inside: Option<Example>,
        /// A request that is denied, when one was found.
        outside: Option<Example>,
    },
    /// It cannot be known from these policies.
    Unknown(Doubt),
}

/// Why the policies do not tell. Displays as one sentence for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// The policy of the resource has to allow the action too, and is not known.
    ResourcePolicy {
        /// A request for which it has to.
        example: Request,
    },
}

impl fmt::Display for Doubt {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ResourcePolicy { example } => write!(
                formatter,
                "whether `{}` is allowed on `{}` depends on the resource's own policy, which is not known",
                example.action, example.resource
            ),
        }
    }
}

/// Answers whether the policies allow every request that the question means.
///
/// Every example is decided by [`decide`](crate::decide()).
///
/// # Errors
/// When the question has no meaning, or its patterns are too complex to follow.
pub fn cover(policies: &PolicySet, question: &Question) -> Result<Cover, QuestionError> {
    let place = Place::of(&question.view);
    let mut open = Request {
        principal: question.view.principal.clone(),
        context: question.view.context.clone(),
        ..Request::default()
    };
    let before = open.clone();
    let scope = Scope::new(&before, World::Open);
    Known::fixed(&question.conditions, &mut open.context, &scope);
    region_of_request(question, &place, &mut open.context);
    let known = Known::new(&question.conditions, true, &open);
    let complete = samples::complete(&known).map_err(QuestionError::Contradiction)?;

    let language = place::resources(&question.resource, &place, &Scope::new(&open, World::Open))?;
    let reduced = reduce::reduced(policies, &known);
    let mut tally = Tally::default();
    for action in actions::actions(&question.action, &reduced)? {
        let scope = Scope::new(&open, World::Open);
        let patterns = patterns(&[&reduced], &action, &place, &scope);
        let nicer = patterns.nicer(&question.resource, &place);
        let classes = classes(&language, &patterns.automata, &nicer)
            .map_err(|TooComplex| QuestionError::TooComplex)?;
        for class in classes {
            let request = Request {
                action: action.clone(),
                resource: class.example,
                ..open.clone()
            };
            let case = example::Case {
                policies,
                reduced: &reduced,
                known: &known,
                complete: &complete,
            };
            tally.add(&case, request);
        }
    }
    Ok(tally.answer())
}

/// Requests for what is in a region are made there, but for services that have no regions.
fn region_of_request(question: &Question, place: &Place, context: &mut Context) {
    const KEY: &str = "aws:RequestedRegion";
    let service = question.action.split(':').next().unwrap_or_default();
    let is_regional =
        !service.contains(['*', '?']) && !shapes::is_without_region(&service.to_ascii_lowercase());
    let is_asked = |condition: &&crate::Condition| condition.key().eq_ignore_ascii_case(KEY);
    if let Some(region) = &place.region
        && is_regional
        && context.get(KEY).is_none()
        && !question.conditions.iter().any(|one| is_asked(&one))
    {
        context.set(KEY, [region]);
    }
}

/// What was found so far.
#[derive(Default)]
struct Tally {
    inside: Option<Example>,
    outside: Option<Example>,
    is_open: bool,
    keys: BTreeSet<String>,
    statements: Vec<StatementRef>,
    /// Examples of requests on which the answer depends on context keys.
    tried: (Option<Example>, Option<Example>),
    doubt: Option<Doubt>,
}

impl Tally {
    /// Decides the requests that are like this one.
    fn add(&mut self, case: &example::Case<'_>, request: Request) {
        match decide_open(case.reduced, &request) {
            OpenDecision::Decided(decision) if decision.is_allowed() => {
                self.inside.get_or_insert_with(|| case.example(request));
            }
            OpenDecision::Decided(decision)
                if is_left_to_resource(case.policies, &request, &decision) =>
            {
                self.doubt
                    .get_or_insert(Doubt::ResourcePolicy { example: request });
            }
            OpenDecision::Decided(_) => {
                self.outside.get_or_insert_with(|| case.example(request));
            }
            OpenDecision::Conditional { keys, statements } => {
                self.is_open = true;
                let (allowed, denied) = &mut self.tried;
                if allowed.is_none() || denied.is_none() {
                    let (inside, outside) = case.search(&request, &keys);
                    *allowed = allowed.take().or(inside);
                    *denied = denied.take().or(outside);
                }
                self.keys.extend(keys);
                for statement in statements {
                    if !self.statements.contains(&statement) {
                        self.statements.push(statement);
                    }
                }
            }
        }
    }

    fn answer(self) -> Cover {
        let (allowed, denied) = self.tried;
        match (self.inside, self.outside, self.doubt) {
            (Some(inside), Some(outside), _) => Cover::Some { inside, outside },
            (_, _, Some(doubt)) => Cover::Unknown(doubt),
            (Some(inside), None, None) if !self.is_open => Cover::All { inside },
            (None, Some(outside), None) if !self.is_open => Cover::None { outside },
            (inside, outside, None) => Cover::Conditional {
                keys: self.keys,
                statements: self.statements,
                inside: inside.or(allowed),
                outside: outside.or(denied),
            },
        }
    }
}

/// Whether only the policy of the resource, which is not known, keeps the request from being
/// allowed.
fn is_left_to_resource(policies: &PolicySet, request: &Request, decision: &Decision) -> bool {
    policies.resource.is_none()
        && decision.layer == Some(Layer::Resource)
        && requires_resource_policy(&request.action, &request.resource)
}
