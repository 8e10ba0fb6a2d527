//! Policies compiled once for many decisions.

mod index;
mod table;

use crate::decide::Evaluation;
use crate::layers::Site;
use crate::scope::World;
use crate::{Decision, Explanation, Layer, OpenDecision, Outcome, PolicySet, Request};
use index::{Candidate, Certainty, Index};

/// A [`PolicySet`] compiled for many requests.
///
/// It answers as [`decide`](crate::decide()) and [`decide_open`](crate::decide_open) do, but looks
/// only at the statements that name the action of the request, literally or by a wildcard.
///
/// ```
/// use commissary_iam::{Engine, NamedPolicy, Outcome, Policy, PolicySet, Request};
///
/// let policy = Policy::parse(
///     r#"{"Version": "2012-10-17",
///         "Statement": {"Effect": "Allow", "Action": "ec2:Describe*", "Resource": "*"}}"#,
/// )?;
/// let engine = Engine::new(PolicySet {
///     identity: vec![NamedPolicy::new("readers", policy)],
///     ..PolicySet::default()
/// });
/// assert_eq!(engine.outcome(&Request::new("ec2:DescribeVpcs", "*")), Outcome::Allowed);
/// # Ok::<(), commissary_iam::ParseError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Engine {
    policies: PolicySet,
    /// Where every statement stands, in the order of the policies.
    places: Vec<Place>,
    /// Of everything but the service control policies.
    index: Index,
    /// Of the service control policies of each level, root first.
    scps: Vec<Index>,
}

#[derive(Debug, Clone, Copy)]
struct Place {
    layer: Layer,
    /// Among those of its layer.
    policy: usize,
    index: usize,
}

impl Engine {
    /// Compiles the policies.
    pub fn new(policies: PolicySet) -> Self {
        let places = places(&policies);
        let sites: Vec<(usize, Site<'_>)> = policies.sites().enumerate().collect();
        let of = |wanted: &dyn Fn(Layer) -> bool| {
            let wanted = sites.iter().filter(|(_, site)| wanted(site.layer));
            Index::new(wanted.map(|(number, site)| (*number, site.statement.actions())))
        };
        let levels = 0..policies.scps.len();
        Self {
            index: of(&|layer| !matches!(layer, Layer::Scp { .. })),
            scps: levels
                .map(|level| of(&|layer| layer == Layer::Scp { level }))
                .collect(),
            places,
            policies,
        }
    }

    /// The policies as they were given.
    pub fn policies(&self) -> &PolicySet {
        &self.policies
    }

    /// The outcome of [`decide`](Self::decide) without its reasons. Nothing is allocated.
    pub fn outcome(&self, request: &Request) -> Outcome {
        let evaluation = Evaluation::new(&self.policies, request, World::Closed);
        evaluation.outcome(|visit| {
            for index in self.indexes() {
                index.visit(&request.action, |candidate| {
                    if let Some(site) = self.site(candidate, &request.action) {
                        visit(site);
                    }
                });
            }
        })
    }

    /// Answers as [`decide`](crate::decide()).
    pub fn decide(&self, request: &Request) -> Decision {
        let evaluation = Evaluation::new(&self.policies, request, World::Closed);
        evaluation.decide(self.on_action(&request.action))
    }

    /// Answers as [`decide_open`](crate::decide_open).
    pub fn decide_open(&self, request: &Request) -> OpenDecision {
        let evaluation = Evaluation::new(&self.policies, request, World::Open);
        evaluation.decide_open(self.on_action(&request.action))
    }

    /// Explains the statements that name the action, as [`explain`](crate::explain()) does; those
    /// on other actions are left out.
    pub fn explain(&self, request: &Request) -> Vec<Explanation> {
        let evaluation = Evaluation::new(&self.policies, request, World::Closed);
        evaluation.explain(self.on_action(&request.action))
    }

    /// The same as [`explain_open`](crate::explain_open) does.
    pub fn explain_open(&self, request: &Request) -> Vec<Explanation> {
        let evaluation = Evaluation::new(&self.policies, request, World::Open);
        evaluation.explain(self.on_action(&request.action))
    }

    /// The statements on the action, in the order of the policies.
    fn on_action(&self, action: &str) -> impl Iterator<Item = Site<'_>> {
        let mut candidates = Vec::new();
        for index in self.indexes() {
            index.visit(action, |candidate| candidates.push(candidate));
        }
        // What surely names the action comes before what may.
        candidates.sort_unstable();
        candidates.dedup_by_key(|candidate| candidate.number);
        candidates
            .into_iter()
            .filter_map(move |candidate| self.site(candidate, action))
    }

    /// The levels of the service control policies come last, one after the other.
    fn indexes(&self) -> impl Iterator<Item = &Index> {
        std::iter::once(&self.index).chain(&self.scps)
    }

    /// The statement of a candidate, if it does name the action.
    fn site(&self, candidate: Candidate, action: &str) -> Option<Site<'_>> {
        let place = self.places.get(candidate.number)?;
        let policy = self.policies.policy(place.layer, place.policy)?;
        let statement = policy.policy.statements().get(place.index)?;
        let names = candidate.certainty == Certainty::Sure || statement.has_action(action);
        names.then_some(Site {
            layer: place.layer,
            policy,
            index: place.index,
            statement,
        })
    }
}

fn places(policies: &PolicySet) -> Vec<Place> {
    let mut places = Vec::new();
    let mut before = None;
    for (layer, named) in policies.layers() {
        let policy = match before {
            Some((same, policy)) if same == layer => policy + 1,
            _ => 0,
        };
        before = Some((layer, policy));
        let statements = 0..named.policy.statements().len();
        places.extend(statements.map(|index| Place {
            layer,
            policy,
            index,
        }));
    }
    places
}
