//! The statements that apply, or may apply, to a request.

use crate::principal::Reach;
use crate::scope::Scope;
use crate::statement::{Effect, Statement};
use crate::tri::Tri;
use crate::{Layer, NamedPolicy, PolicySet, StatementRef};

/// A statement that applies or may apply.
pub(super) struct Hit<'a> {
    pub(super) layer: Layer,
    policy: &'a NamedPolicy,
    index: usize,
    pub(super) statement: &'a Statement,
    pub(super) applies: Tri,
    pub(super) reach: Reach,
}

impl Hit<'_> {
    pub(super) fn is(&self, effect: Effect) -> bool {
        self.statement.effect() == effect
    }

    pub(super) fn reference(&self) -> StatementRef {
        StatementRef {
            layer: self.layer,
            policy: self.policy.name.clone(),
            index: self.index,
            sid: self.statement.sid().map(str::to_owned),
        }
    }
}

/// Finds them in all layers, in the order of [`Layer`].
pub(super) fn hits<'a>(policies: &'a PolicySet, scope: &Scope<'_>) -> Vec<Hit<'a>> {
    let has_boundary = policies.boundary.is_some();
    let mut hits = Vec::new();
    for (layer, policy) in scope.layers(policies) {
        for (index, statement) in policy.policy.statements().iter().enumerate() {
            let (applies, reach) = applies(statement, layer, scope, has_boundary);
            if applies != Tri::No {
                hits.push(Hit {
                    layer,
                    policy,
                    index,
                    statement,
                    applies,
                    reach,
                });
            }
        }
    }
    hits
}

/// Cheap questions first: most statements are about other actions.
fn applies(
    statement: &Statement,
    layer: Layer,
    scope: &Scope<'_>,
    has_boundary: bool,
) -> (Tri, Reach) {
    const NOT: (Tri, Reach) = (Tri::No, Reach::Direct);
    if !statement.has_action(&scope.request.action) {
        return NOT;
    }
    let Some(reach) = statement.reach(layer, scope, has_boundary) else {
        return NOT;
    };
    let applies = match statement.has_resource(scope) {
        Tri::No => Tri::No,
        resource => resource.and(statement.holds(scope)),
    };
    (applies, reach)
}
