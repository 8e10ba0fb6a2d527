//! What each layer says, counted statement by statement.

use super::hits::Hit;
use crate::caller::Kind;
use crate::principal::Reach;
use crate::scope::Scope;
use crate::statement::Effect;
use crate::tri::Tri;
use crate::{Layer, PolicySet};

/// What the statements counted so far say. A layer that does not limit the request allows it.
pub(super) struct Tally {
    /// Whether a `Deny` applies.
    pub(super) denied: Tri,
    /// What the policies of the caller and of its groups allow.
    pub(super) identity: Tri,
    pub(super) boundary: Tri,
    pub(super) session: Tri,
    pub(super) scps: Levels,
    pub(super) resource: ByReach,
    has_session: bool,
}

/// What the resource policy allows, by how it reaches the caller.
#[derive(Clone, Copy)]
pub(super) struct ByReach {
    pub(super) account: Tri,
    /// The role, or the user behind a federated session: boundary and session policy limit it.
    pub(super) limited: Tri,
    pub(super) direct: Tri,
}

/// What the service control policies allow. They are counted level by level, so that no level
/// needs a place of its own.
#[derive(Clone, Copy)]
pub(super) struct Levels {
    count: usize,
    /// The level being counted.
    level: usize,
    current: Tri,
    /// Of the levels before it.
    all: Tri,
    withheld_at: Option<usize>,
}

impl Tally {
    pub(super) fn new(policies: &PolicySet, scope: &Scope<'_>) -> Self {
        let limit = |exists: bool| Tri::from(!exists);
        let scps_bear = scope.bears(Layer::Scp { level: 0 });
        Self {
            denied: Tri::No,
            // The root user of an account needs no identity policy.
            identity: Tri::from(scope.caller.kind == Kind::Root),
            boundary: limit(policies.boundary.is_some()),
            session: limit(policies.session.is_some()),
            scps: Levels::new(if scps_bear { policies.scps.len() } else { 0 }),
            resource: ByReach {
                account: Tri::No,
                limited: Tri::No,
                direct: Tri::No,
            },
            has_session: policies.session.is_some(),
        }
    }

    /// Counts a statement. The levels of service control policies come one after the other, the
    /// root first; apart from that the order does not matter.
    pub(super) fn count(&mut self, hit: &Hit<'_>) {
        let total = match (hit.effect(), hit.layer) {
            (Effect::Deny, _) => &mut self.denied,
            (Effect::Allow, Layer::Identity | Layer::Group) => &mut self.identity,
            (Effect::Allow, Layer::Boundary) => &mut self.boundary,
            (Effect::Allow, Layer::Session) => &mut self.session,
            (Effect::Allow, Layer::Scp { level }) => self.scps.at(level),
            (Effect::Allow, Layer::Resource) => match hit.reach {
                Reach::Account => &mut self.resource.account,
                Reach::Role => &mut self.resource.limited,
                // A user with a session policy is the user behind a federated session.
                Reach::User if self.has_session => &mut self.resource.limited,
                Reach::User | Reach::Direct => &mut self.resource.direct,
            },
        };
        *total = total.or(hit.applies);
    }

    /// Whether a statement of this effect and layer can change nothing any more.
    pub(super) fn is_settled(&self, effect: Effect, layer: Layer) -> bool {
        let total = match (effect, layer) {
            (Effect::Deny, _) => self.denied,
            (Effect::Allow, Layer::Identity | Layer::Group) => self.identity,
            (Effect::Allow, Layer::Boundary) => self.boundary,
            (Effect::Allow, Layer::Session) => self.session,
            (Effect::Allow, Layer::Scp { level }) => self.scps.so_far(level),
            (Effect::Allow, Layer::Resource) => Tri::No,
        };
        total == Tri::Yes
    }
}

impl Levels {
    fn new(count: usize) -> Self {
        Self {
            count,
            level: 0,
            current: Tri::No,
            all: Tri::Yes,
            withheld_at: None,
        }
    }

    fn at(&mut self, level: usize) -> &mut Tri {
        while self.level < level {
            self.close();
        }
        &mut self.current
    }

    fn so_far(&self, level: usize) -> Tri {
        if self.level == level {
            self.current
        } else {
            Tri::No
        }
    }

    fn close(&mut self) {
        if self.current == Tri::No && self.withheld_at.is_none() {
            self.withheld_at = Some(self.level);
        }
        self.all = self.all.and(self.current);
        self.current = Tri::No;
        self.level += 1;
    }

    /// What all levels together allow, and the first that allows nothing.
    pub(super) fn result(mut self) -> (Tri, Option<usize>) {
        while self.level < self.count {
            self.close();
        }
        (self.all, self.withheld_at)
    }
}
