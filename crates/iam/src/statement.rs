//! The statement, and when it applies to a request.

use std::fmt;

use crate::Layer;
use crate::condition::Condition;
use crate::context::Key;
use crate::pattern::Pattern;
use crate::principal::{Principals, Reach};
use crate::scope::Scope;
use crate::tri::Tri;

/// What a statement does with the requests it applies to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effect {
    /// It grants, where nothing denies.
    Allow,
    /// It denies, whatever grants.
    Deny,
}

/// One statement of a policy.
#[derive(Debug, Clone)]
pub struct Statement {
    pub(crate) sid: Option<String>,
    pub(crate) effect: Effect,
    pub(crate) principals: Option<Principals>,
    pub(crate) actions: Selection,
    pub(crate) resources: Option<Selection>,
    pub(crate) conditions: Vec<Condition>,
}

/// `Action` or `NotAction`, `Resource` or `NotResource`: the patterns, and whether they select or
/// exclude.
#[derive(Debug, Clone)]
pub struct Selection {
    pub(crate) negated: bool,
    pub(crate) patterns: Vec<Pattern>,
}

impl Selection {
    /// Whether everything but the patterns is meant.
    pub fn is_negated(&self) -> bool {
        self.negated
    }

    /// The patterns as written.
    pub fn patterns(&self) -> impl Iterator<Item = &str> {
        self.patterns.iter().map(Pattern::as_str)
    }

    fn has_action(&self, action: &str) -> bool {
        let listed = self
            .patterns
            .iter()
            .any(|pattern| pattern.matches_action(action));
        listed != self.negated
    }

    fn has_resource(&self, resource: &str, scope: &Scope<'_>) -> Tri {
        let matches = |pattern: &Pattern| pattern.matches(resource, scope);
        Tri::any(self.patterns.iter().map(matches)).negated(self.negated)
    }
}

impl Statement {
    /// The statement's id.
    pub fn sid(&self) -> Option<&str> {
        self.sid.as_deref()
    }

    /// Allow or deny.
    pub fn effect(&self) -> Effect {
        self.effect
    }

    /// `Action` or `NotAction`.
    pub fn actions(&self) -> &Selection {
        &self.actions
    }

    /// `Resource` or `NotResource`; none in the trust policy of a role, which is about the role.
    pub fn resources(&self) -> Option<&Selection> {
        self.resources.as_ref()
    }

    /// `Principal` or `NotPrincipal`; none in an identity policy.
    pub fn principals(&self) -> Option<&Principals> {
        self.principals.as_ref()
    }

    /// The conditions, all of which have to hold.
    pub fn conditions(&self) -> &[Condition] {
        &self.conditions
    }

    /// Whether it is about the action, whatever the resource and the circumstances.
    pub fn has_action(&self, action: &str) -> bool {
        self.actions.has_action(action)
    }

    pub(crate) fn has_resource(&self, scope: &Scope<'_>) -> Tri {
        match &self.resources {
            Some(resources) => resources.has_resource(&scope.request.resource, scope),
            None => Tri::Yes,
        }
    }

    pub(crate) fn holds(&self, scope: &Scope<'_>) -> Tri {
        Tri::all(
            self.conditions
                .iter()
                .map(|condition| condition.holds(scope)),
        )
    }

    /// How the statement reaches the caller; `None` when it does not.
    ///
    /// A statement without a principal is meant for whoever its policy is attached to; in the
    /// policy of a resource it names nobody and grants nothing.
    pub(crate) fn reach(
        &self,
        layer: Layer,
        scope: &Scope<'_>,
        has_boundary: bool,
    ) -> Option<Reach> {
        let Some(principals) = &self.principals else {
            let grants_to_nobody = layer == Layer::Resource && self.effect == Effect::Allow;
            return (!grants_to_nobody).then_some(Reach::Direct);
        };
        match (principals.negated, self.effect) {
            (false, _) => principals.reach(&scope.caller),
            (true, Effect::Deny) => {
                (!principals.exempts(&scope.caller, has_boundary)).then_some(Reach::Direct)
            }
            (true, Effect::Allow) => principals
                .reach(&scope.caller)
                .is_none()
                .then_some(Reach::Direct),
        }
    }

    /// The unknown keys on which it depends whether the statement applies.
    pub(crate) fn unknown_keys<'s>(&'s self, scope: &Scope<'_>) -> Vec<&'s Key> {
        let from_resources = self
            .resources
            .iter()
            .filter(|_| self.has_resource(scope) == Tri::Unknown)
            .flat_map(|resources| resources.patterns.iter().flat_map(Pattern::variables));
        let from_conditions = self
            .conditions
            .iter()
            .filter(|condition| condition.holds(scope) == Tri::Unknown)
            .flat_map(Condition::keys);
        from_resources
            .chain(from_conditions)
            .filter(|key| scope.is_unknown(key))
            .collect()
    }
}

impl fmt::Display for Effect {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Allow => "Allow",
            Self::Deny => "Deny",
        })
    }
}
