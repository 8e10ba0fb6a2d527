//! Evaluating the statements on an action, however they were found.

use std::collections::BTreeMap;

use super::hits::Hit;
use super::ruling::Ruling;
use super::tally::Tally;
use super::{Decision, OpenDecision, Outcome};
use crate::layers::Site;
use crate::scope::{Scope, World};
use crate::statement::Effect;
use crate::tri::Tri;
use crate::{PolicySet, Request, StatementRef};

/// One request before one set of policies.
pub(crate) struct Evaluation<'a> {
    policies: &'a PolicySet,
    pub(crate) scope: Scope<'a>,
}

impl<'a> Evaluation<'a> {
    pub(crate) fn new(policies: &'a PolicySet, request: &'a Request, world: World) -> Self {
        Self {
            policies,
            scope: Scope::new(request, world),
        }
    }

    /// The statements on the action of the request, found by looking at each.
    pub(crate) fn on_action(&self) -> impl Iterator<Item = Site<'a>> {
        let action = &self.scope.request.action;
        let sites = self.policies.sites();
        sites.filter(|site| site.statement.has_action(action))
    }

    /// The answer without its reasons. The sites are all those on the action of the request; their
    /// order matters only in that the levels of service control policies come one after the other.
    pub(crate) fn outcome(&self, sites: impl FnOnce(&mut dyn FnMut(Site<'a>))) -> Outcome {
        let mut tally = Tally::new(self.policies, &self.scope);
        sites(&mut |site| {
            if tally.is_settled(site.statement.effect(), site.layer) || tally.denied == Tri::Yes {
                return;
            }
            if let Some(hit) = self.hit(site) {
                tally.count(&hit);
            }
        });
        Ruling::of(tally, &self.scope).outcome()
    }

    /// The answer and its reasons. The sites are all those on the action of the request, in the
    /// order of the policies.
    pub(crate) fn decide(&self, sites: impl Iterator<Item = Site<'a>>) -> Decision {
        let hits = self.hits(sites);
        decision(&self.ruling(&hits), &hits)
    }

    /// The same when context keys may be unknown.
    pub(crate) fn decide_open(&self, sites: impl Iterator<Item = Site<'a>>) -> OpenDecision {
        let hits = self.hits(sites);
        let ruling = self.ruling(&hits);
        if ruling.is_open() {
            self.conditional(&ruling, &hits)
        } else {
            OpenDecision::Decided(decision(&ruling, &hits))
        }
    }

    fn hit(&self, site: Site<'a>) -> Option<Hit<'a>> {
        // Service control policies do not bear on everybody.
        let bears = self.scope.bears(site.layer);
        bears.then(|| Hit::of(site, &self.scope, self.has_boundary()))?
    }

    pub(crate) fn has_boundary(&self) -> bool {
        self.policies.boundary.is_some()
    }

    fn hits(&self, sites: impl Iterator<Item = Site<'a>>) -> Vec<Hit<'a>> {
        sites.filter_map(|site| self.hit(site)).collect()
    }

    fn ruling(&self, hits: &[Hit<'a>]) -> Ruling {
        let mut tally = Tally::new(self.policies, &self.scope);
        for hit in hits {
            tally.count(hit);
        }
        Ruling::of(tally, &self.scope)
    }

    /// Collects the statements whose effect is open and bears on the answer: every such `Deny`,
    /// and an `Allow` unless its layer allows anyway.
    fn conditional(&self, ruling: &Ruling, hits: &[Hit<'a>]) -> OpenDecision {
        let mut keys = BTreeMap::new();
        let mut statements = Vec::new();
        for hit in hits.iter().filter(|hit| hit.applies == Tri::Unknown) {
            let bears = hit.is(Effect::Deny)
                || (ruling.granted == Tri::Unknown && !ruling.allows_anyway(hit.layer, hits));
            if bears {
                statements.push(hit.reference());
                for key in hit.statement().unknown_keys(&self.scope) {
                    keys.entry(&key.folded).or_insert(&key.written);
                }
            }
        }
        OpenDecision::Conditional {
            keys: keys.into_values().map(ToString::to_string).collect(),
            statements,
        }
    }
}

fn decision(ruling: &Ruling, hits: &[Hit<'_>]) -> Decision {
    let sure = |effect| {
        let applies = move |hit: &&Hit<'_>| hit.is(effect) && hit.applies == Tri::Yes;
        hits.iter().filter(applies).map(Hit::reference).collect()
    };
    let outcome = ruling.outcome();
    if outcome == Outcome::ExplicitDeny {
        let statements: Vec<StatementRef> = sure(Effect::Deny);
        return Decision {
            outcome,
            layer: statements.first().map(|statement| statement.layer),
            statements,
        };
    }
    Decision {
        outcome,
        layer: ruling.withheld_by,
        statements: sure(Effect::Allow),
    }
}
