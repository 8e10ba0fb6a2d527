//! How far an action reaches under some policies. Pure.

use std::collections::HashMap;

use commissary_iam::reference::{Action, Service};
use commissary_iam::{
    Cover, Effect, NamedPolicy, OpenDecision, Outcome, PolicySet, Question, Request, Statement,
    Viewpoint, cover, decide_open, requires_resource_policy,
};

/// On how much of what an action can be called on it is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reach {
    /// On nothing, as far as is known.
    None,
    /// The policies leave it to those of the resources.
    LeftToResource,
    /// On something, where context keys have the right values.
    Conditional,
    /// On some resources.
    Some,
    /// On every resource.
    All,
}

/// What some policies allow.
pub(super) struct Rights<'a> {
    policies: &'a PolicySet,
    view: &'a Viewpoint,
    statements: Vec<Bearing<'a>>,
    /// By what names the action, and what it is called on.
    known: HashMap<(Vec<bool>, String), Reach>,
}

/// A statement and what it can do.
struct Bearing<'a> {
    statement: &'a Statement,
    /// Whether it stands in the permissions boundary, which only limits.
    limits: bool,
    /// Whether it holds on every resource, whatever the circumstances.
    is_plain: bool,
}

impl<'a> Rights<'a> {
    pub(super) fn new(policies: &'a PolicySet, view: &'a Viewpoint) -> Self {
        let bearing = |limits| {
            move |named: &'a NamedPolicy| {
                let statements = named.policy.statements().iter();
                statements.map(move |statement| Bearing {
                    is_plain: is_plain(statement),
                    statement,
                    limits,
                })
            }
        };
        let own = policies.identity.iter().chain(&policies.groups);
        let boundary = policies.boundary.iter();
        Self {
            statements: own
                .flat_map(bearing(false))
                .chain(boundary.flat_map(bearing(true)))
                .collect(),
            policies,
            view,
            known: HashMap::new(),
        }
    }

    /// Whether anything may be allowed in the service.
    pub(super) fn may_name(&self, service: &str) -> bool {
        let mut granting = self.statements.iter().filter(|one| one.grants());
        granting.any(|one| {
            let actions = one.statement.actions();
            let of_service = |pattern: &str| match pattern.split_once(':') {
                Some((prefix, _)) if !prefix.contains(['*', '?']) => {
                    prefix.eq_ignore_ascii_case(service)
                }
                _ => true,
            };
            actions.is_negated() || actions.patterns().any(of_service)
        })
    }

    /// How far an action reaches. Where a request is about several resources, it reaches as far as
    /// on the one of which least is allowed.
    pub(super) fn reach(&mut self, service: &Service, action: &Action) -> Reach {
        let name = format!("{}:{}", service.prefix(), action.name());
        let named: Vec<bool> = self
            .statements
            .iter()
            .map(|one| one.statement.has_action(&name))
            .collect();
        let is_granted = self.named(&named).any(|one| one.grants());
        if !is_granted || self.is_nowhere(&named) {
            return Reach::None;
        }
        let types = action.resources();
        let is_left = left_to_resource(&name);
        if !is_left && self.is_everywhere(&named) {
            return Reach::All;
        }
        let patterns = |required: bool| -> Vec<String> {
            let wanted = types.iter().filter(|one| !required || one.is_required());
            let found = wanted.filter_map(|one| service.resource_type(one.resource_type()));
            found
                .flat_map(|kind| kind.arns())
                .map(|arn| pattern(arn))
                .collect()
        };
        let required = patterns(true);
        if !required.is_empty() {
            let reaches = required.iter().map(|on| self.on(&name, &named, on));
            return reaches.min().unwrap_or(Reach::None);
        }
        // An action may be called on any of its types, or on none.
        let nothing = self.on(&name, &named, "*");
        let optional = patterns(false);
        let reaches = optional.iter().map(|on| self.on(&name, &named, on));
        reaches.fold(nothing, Reach::max)
    }

    fn named<'s>(&'s self, named: &'s [bool]) -> impl Iterator<Item = &'s Bearing<'a>> {
        let pairs = self.statements.iter().zip(named);
        pairs.filter(|(_, named)| **named).map(|(one, _)| one)
    }

    /// Whether it shows without any question that everything is allowed.
    fn is_everywhere(&self, named: &[bool]) -> bool {
        let plain = |limits: bool| {
            let allows = |one: &Bearing<'_>| {
                one.is_plain && one.limits == limits && one.statement.effect() == Effect::Allow
            };
            self.named(named).any(allows)
        };
        let denies = |one: &Bearing<'_>| one.statement.effect() == Effect::Deny;
        plain(false)
            && (self.policies.boundary.is_none() || plain(true))
            && !self.named(named).any(denies)
    }

    /// Whether it shows without any question that nothing is allowed.
    fn is_nowhere(&self, named: &[bool]) -> bool {
        let denies = |one: &Bearing<'_>| one.is_plain && one.statement.effect() == Effect::Deny;
        let lets_through =
            |one: &Bearing<'_>| one.limits && one.statement.effect() == Effect::Allow;
        let is_withheld = self.policies.boundary.is_some() && !self.named(named).any(lets_through);
        is_withheld || self.named(named).any(denies)
    }

    /// How far an action reaches on the resources of a pattern; on `*`, that is on none.
    fn on(&mut self, action: &str, named: &[bool], on: &str) -> Reach {
        let mut key = (named.to_vec(), on.to_owned());
        key.0.push(left_to_resource(action));
        if let Some(reach) = self.known.get(&key) {
            return *reach;
        }
        let reach = match on {
            "*" => self.on_nothing(action),
            _ => self.on_resources(action, on),
        };
        self.known.insert(key, reach);
        reach
    }

    fn on_nothing(&self, action: &str) -> Reach {
        let request = Request {
            principal: self.view.principal.clone(),
            action: action.to_owned(),
            resource: "*".to_owned(),
            context: self.view.context.clone(),
        };
        match decide_open(self.policies, &request) {
            OpenDecision::Decided(decision) if decision.outcome == Outcome::Allowed => Reach::All,
            OpenDecision::Decided(_) => Reach::None,
            OpenDecision::Conditional { .. } => Reach::Conditional,
        }
    }

    fn on_resources(&self, action: &str, on: &str) -> Reach {
        let question = Question {
            action: action.to_owned(),
            resource: on.to_owned(),
            conditions: Vec::new(),
            view: self.view.clone(),
        };
        match cover(self.policies, &question) {
            Ok(Cover::All { .. }) => Reach::All,
            Ok(Cover::Some { .. }) => Reach::Some,
            Ok(Cover::Conditional { .. }) => Reach::Conditional,
            Ok(Cover::Unknown(_)) => Reach::LeftToResource,
            // What cannot be followed is not claimed.
            Ok(Cover::None { .. }) | Err(_) => Reach::None,
        }
    }
}

impl Bearing<'_> {
    /// Whether it can grant anything.
    fn grants(&self) -> bool {
        !self.limits && self.statement.effect() == Effect::Allow
    }
}

fn is_plain(statement: &Statement) -> bool {
    let every = |resources: &commissary_iam::Selection| {
        !resources.is_negated() && resources.patterns().any(|pattern| pattern == "*")
    };
    statement.conditions().is_empty() && statement.resources().is_some_and(every)
}

/// Whether the policy of the resource decides the action, on some of what it is called on.
fn left_to_resource(action: &str) -> bool {
    let apart = ["arn:aws:kms:::key/1", "arn:aws:iam:::role/1"];
    let mut apart = apart.iter();
    apart.any(|resource| requires_resource_policy(action, resource))
}

/// The pattern of an ARN's form: anything for each `${…}`.
fn pattern(form: &str) -> String {
    let mut pattern = String::with_capacity(form.len());
    let mut rest = form;
    while let Some((before, after)) = rest.split_once("${") {
        pattern.push_str(before);
        pattern.push('*');
        rest = after.split_once('}').map_or("", |(_, rest)| rest);
    }
    pattern.push_str(rest);
    pattern
}
