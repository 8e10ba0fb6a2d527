//! The statements that apply, or may apply, to a request.

use crate::layers::Site;
use crate::principal::Reach;
use crate::scope::Scope;
use crate::statement::{Effect, Statement};
use crate::tri::Tri;
use crate::{Layer, StatementRef};

/// A statement that applies or may apply.
pub(super) struct Hit<'a> {
    pub(super) layer: Layer,
    pub(super) applies: Tri,
    pub(super) reach: Reach,
    site: Site<'a>,
}

impl<'a> Hit<'a> {
    /// Asks of a statement on the action of the request whether it applies; cheap questions first.
    pub(super) fn of(site: Site<'a>, scope: &Scope<'_>, has_boundary: bool) -> Option<Self> {
        let reach = site.statement.reach(site.layer, scope, has_boundary)?;
        let applies = match site.statement.has_resource(scope) {
            Tri::No => Tri::No,
            resource => resource.and(site.statement.holds(scope)),
        };
        (applies != Tri::No).then_some(Self {
            layer: site.layer,
            applies,
            reach,
            site,
        })
    }

    pub(super) fn effect(&self) -> Effect {
        self.site.statement.effect()
    }

    pub(super) fn is(&self, effect: Effect) -> bool {
        self.effect() == effect
    }

    pub(super) fn statement(&self) -> &'a Statement {
        self.site.statement
    }

    pub(super) fn reference(&self) -> StatementRef {
        self.site.reference()
    }
}
