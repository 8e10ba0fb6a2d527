//! What one set of policies says of requests that are alike.

use std::fmt;

use crate::caller::account_of;
use crate::condition::Condition;
use crate::cover::{Known, Standing};
use crate::policy::{Policy, Version};
use crate::scope::{Scope, World};
use crate::statement::{Effect, Statement};
use crate::tri::Tri;
use crate::{
    Layer, NamedPolicy, OpenDecision, PolicySet, Request, decide_open, requires_resource_policy,
};

/// Whether something is allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// No.
    Denied,
    /// Yes.
    Allowed,
    /// It depends on context keys.
    Conditional {
        /// The conditions of the statements that allow, one text for each.
        when: Vec<String>,
        /// The conditions of the statements that deny, one text for each.
        unless: Vec<String>,
    },
}

impl fmt::Display for Access {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (when, unless) = match self {
            Self::Denied => return formatter.write_str("denied"),
            Self::Allowed => return formatter.write_str("allowed"),
            Self::Conditional { when, unless } => (when, unless),
        };
        formatter.write_str("allowed")?;
        if !when.is_empty() {
            write!(formatter, " when {}", when.join(", or "))?;
        }
        if !unless.is_empty() {
            write!(formatter, " unless {}", unless.join(", or "))?;
        }
        Ok(())
    }
}

/// The answer of one set.
pub(super) struct Side<'a> {
    pub(super) access: Access,
    request: &'a Request,
    /// The layers that there are.
    layers: Vec<Layer>,
    /// The statements that apply or may apply.
    bearing: Vec<Bearing<'a>>,
}

struct Bearing<'a> {
    layer: Layer,
    statement: &'a Statement,
    variables: bool,
    applies: Tri,
    resource: Tri,
}

impl<'a> Side<'a> {
    pub(super) fn of(policies: &'a PolicySet, request: &'a Request) -> Self {
        let bearing = bearing(policies, request);
        let decision = match delegating(policies, request) {
            Some(policies) => decide_open(&policies, request),
            None => decide_open(policies, request),
        };
        let texts = |effect| {
            let open = bearing.iter().filter(|one| one.applies == Tri::Unknown);
            let of_effect = open.filter(|one| one.statement.effect() == effect);
            let mut texts: Vec<String> = of_effect.map(ToString::to_string).collect();
            texts.sort();
            texts.dedup();
            texts
        };
        let access = match decision {
            OpenDecision::Decided(decision) if decision.is_allowed() => Access::Allowed,
            OpenDecision::Decided(_) => Access::Denied,
            OpenDecision::Conditional { .. } => Access::Conditional {
                when: texts(Effect::Allow),
                unless: texts(Effect::Deny),
            },
        };
        Self {
            access,
            request,
            layers: layers(policies, request),
            bearing,
        }
    }

    /// Whether it is shown that this side allows whatever the other allows.
    pub(super) fn allows_all_of(&self, other: &Side<'_>) -> bool {
        match (&self.access, &other.access) {
            (Access::Allowed, _) | (_, Access::Denied) => true,
            (_, Access::Allowed) | (Access::Denied, _) => false,
            (Access::Conditional { .. }, Access::Conditional { .. }) => {
                self.grants_all_of(other) && self.denies_no_more_than(other)
            }
        }
    }

    /// Each layer grants here what it grants there, under no more conditions; what layers grant
    /// together grows with what each grants.
    fn grants_all_of(&self, other: &Side<'_>) -> bool {
        let layers = self.layers.iter().chain(&other.layers);
        layers.copied().all(|layer| {
            let mine = || {
                self.all(Effect::Allow)
                    .filter(move |one| one.layer == layer)
            };
            let mut theirs = other.all(Effect::Allow).filter(|one| one.layer == layer);
            let limits = !matches!(layer, Layer::Identity | Layer::Resource);
            let is_free = match limits {
                true => !self.layers.contains(&layer) || mine().any(|one| one.applies == Tri::Yes),
                false => false,
            };
            let is_limited_there = !limits || other.layers.contains(&layer);
            let follows =
                |one: &Bearing<'_>| mine().any(|mine| mine.follows_from(one, self.request));
            is_free || (is_limited_there && theirs.all(follows))
        })
    }

    /// Each statement that denies here denies there, under no more conditions.
    fn denies_no_more_than(&self, other: &Side<'_>) -> bool {
        self.all(Effect::Deny).all(|mine| {
            let mut theirs = other.all(Effect::Deny);
            theirs.any(|one| one.follows_from(mine, self.request))
        })
    }

    fn all(&self, effect: Effect) -> impl Iterator<Item = &Bearing<'a>> {
        let all = self.bearing.iter();
        all.filter(move |one| one.statement.effect() == effect)
    }
}

impl Bearing<'_> {
    /// Whether this statement applies wherever the other does.
    fn follows_from(&self, other: &Bearing<'_>, request: &Request) -> bool {
        if self.statement.principals() != other.statement.principals() {
            return false;
        }
        if self.applies == Tri::Yes {
            return true;
        }
        let patterns = |one: &Bearing<'_>| {
            let resources = one.statement.resources();
            resources.map(|all| {
                (
                    all.is_negated(),
                    all.patterns().map(str::to_owned).collect::<Vec<_>>(),
                )
            })
        };
        let same_resources = self.variables == other.variables && patterns(self) == patterns(other);
        if self.resource != Tri::Yes && !same_resources {
            return false;
        }
        let scope = Scope::new(request, World::Open);
        let known = Known::new(other.statement.conditions(), other.variables, request);
        self.statement.conditions().iter().all(|condition| {
            let mut given = other.statement.conditions().iter();
            condition.holds(&scope) == Tri::Yes
                || given.any(|given| self.variables == other.variables && is_same(condition, given))
                || known.standing(condition, self.variables) == Standing::Always
        })
    }
}

impl fmt::Display for Bearing<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let conditions = self.statement.conditions().iter();
        let mut parts: Vec<String> = conditions.map(shown).collect();
        if self.resource == Tri::Unknown
            && let Some(resources) = self.statement.resources()
        {
            let patterns: Vec<&str> = resources.patterns().collect();
            let is = if resources.is_negated() {
                "is not"
            } else {
                "is"
            };
            parts.push(format!("the resource {is} {}", patterns.join(" or ")));
        }
        formatter.write_str(&parts.join(" and "))?;
        match self.layer {
            Layer::Identity => Ok(()),
            layer => write!(formatter, " ({layer})"),
        }
    }
}

fn shown(condition: &Condition) -> String {
    format!(
        "{} {} {}",
        condition.key(),
        condition.operator(),
        condition.values().join(" or ")
    )
}

fn is_same(one: &Condition, other: &Condition) -> bool {
    let values = |of: &Condition| {
        let mut values = of.values().to_vec();
        values.sort();
        values.dedup();
        values
    };
    one.operator() == other.operator()
        && one.key.folded == other.key.folded
        && values(one) == values(other)
}

/// Policies of the principal and of its groups count as one layer.
fn kind(layer: Layer) -> Layer {
    match layer {
        Layer::Group => Layer::Identity,
        other => other,
    }
}

fn layers(policies: &PolicySet, request: &Request) -> Vec<Layer> {
    let scope = Scope::new(request, World::Open);
    let scps = (0..policies.scps.len()).map(|level| Layer::Scp { level });
    let others = policies.layers().map(|(layer, _)| kind(layer));
    let mut layers: Vec<Layer> = others
        .chain(scps)
        .filter(|layer| scope.bears(*layer))
        .collect();
    layers.sort();
    layers.dedup();
    layers
}

fn bearing<'a>(policies: &'a PolicySet, request: &'a Request) -> Vec<Bearing<'a>> {
    let scope = Scope::new(request, World::Open);
    let mut bearing = Vec::new();
    for (layer, named) in policies.layers().filter(|(layer, _)| scope.bears(*layer)) {
        for statement in named.policy.statements() {
            let resource = statement.has_resource(&scope);
            let applies = resource.and(statement.holds(&scope));
            if statement.has_action(&request.action) && applies != Tri::No {
                bearing.push(Bearing {
                    layer: kind(layer),
                    statement,
                    variables: named.policy.version() == Version::V2012,
                    applies,
                    resource,
                });
            }
        }
    }
    bearing
}

/// The policies, with a policy of the resource that leaves all to its account, when there has to
/// be one and there is none.
fn delegating(policies: &PolicySet, request: &Request) -> Option<PolicySet> {
    let is_wanted =
        policies.resource.is_none() && requires_resource_policy(&request.action, &request.resource);
    let account = account_of(&request.resource).filter(|_| is_wanted)?;
    let text = format!(
        r#"{{"Statement": {{"Effect": "Allow", "Principal": {{"AWS": "{account}"}}, "Action": "*", "Resource": "*"}}}}"#
    );
    let policy = Policy::parse(&text).ok()?;
    Some(PolicySet {
        resource: Some(NamedPolicy::new("resource", policy)),
        ..policies.clone()
    })
}
