//! How the layers combine.

use super::hits::Hit;
use crate::arn::segments;
use crate::caller::{Kind, account_of};
use crate::principal::Reach;
use crate::scope::Scope;
use crate::statement::Effect;
use crate::tri::Tri;
use crate::{Layer, PolicySet};

/// The layers put together.
pub(super) struct Ruling {
    /// Whether a `Deny` applies.
    pub(super) denied: Tri,
    /// Whether the request is granted, `Deny` statements aside.
    pub(super) granted: Tri,
    /// The layer for want of which it is not granted.
    pub(super) withheld_by: Option<Layer>,
    /// Whether it is granted as far as the account's own policies go, service control policies
    /// aside.
    granted_in_account: Tri,
    grants: Grants,
}

/// What each layer allows; a layer that does not limit the request allows it.
struct Grants {
    identity: Tri,
    boundary: Tri,
    session: Tri,
    scps: Vec<Tri>,
    resource: ByReach,
}

/// What the resource policy allows, by how it reaches the caller.
struct ByReach {
    account: Tri,
    /// The role, or the user behind a federated session: boundary and session policy limit it.
    limited: Tri,
    direct: Tri,
}

impl Ruling {
    pub(super) fn of(policies: &PolicySet, scope: &Scope<'_>, hits: &[Hit<'_>]) -> Self {
        let denied = hits.iter().filter(|hit| hit.is(Effect::Deny));
        let grants = Grants::of(policies, scope, hits);
        let tie = Tie::of(scope);
        let (granted_in_account, own) = grants.combine(tie);
        let granted = granted_in_account.and(Tri::all(grants.scps.iter().copied()));
        Self {
            denied: Tri::any(denied.map(|hit| hit.applies)),
            granted,
            granted_in_account,
            withheld_by: (granted == Tri::No).then(|| grants.withheld_by(own)),
            grants,
        }
    }

    /// Whether the open `Allow` statements of the layer make no difference: the layer allows
    /// without them, or the request is granted without the layer.
    pub(super) fn allows_anyway(&self, layer: Layer) -> bool {
        let allows = match layer {
            Layer::Scp { level } => self.grants.scps.get(level).copied().unwrap_or(Tri::Yes),
            _ if self.granted_in_account == Tri::Yes => Tri::Yes,
            Layer::Identity | Layer::Group => self.grants.identity,
            Layer::Boundary => self.grants.boundary,
            Layer::Session => self.grants.session,
            Layer::Resource => self.grants.resource.direct,
        };
        allows == Tri::Yes
    }
}

impl Grants {
    fn of(policies: &PolicySet, scope: &Scope<'_>, hits: &[Hit<'_>]) -> Self {
        let allows = |wanted: &dyn Fn(&Hit<'_>) -> bool| {
            let wanted = |hit: &&Hit<'_>| hit.is(Effect::Allow) && wanted(hit);
            Tri::any(hits.iter().filter(wanted).map(|hit| hit.applies))
        };
        let layer = |layer: Layer| allows(&|hit| hit.layer == layer);
        let limit = |exists: bool, of: Layer| if exists { layer(of) } else { Tri::Yes };
        let resource = |wanted: &dyn Fn(Reach) -> bool| {
            allows(&|hit| hit.layer == Layer::Resource && wanted(hit.reach))
        };

        // The root user of an account needs no identity policy.
        let identity = match scope.caller.kind {
            Kind::Root => Tri::Yes,
            _ => layer(Layer::Identity).or(layer(Layer::Group)),
        };
        // A user with a session policy is the user behind a federated session.
        let is_limited = |reach| match reach {
            Reach::Role => true,
            Reach::User => policies.session.is_some(),
            Reach::Account | Reach::Direct => false,
        };
        let scps = (0..policies.scps.len()).map(|level| Layer::Scp { level });
        Self {
            identity,
            boundary: limit(policies.boundary.is_some(), Layer::Boundary),
            session: limit(policies.session.is_some(), Layer::Session),
            scps: scps.map(|scp| limit(scope.bears(scp), scp)).collect(),
            resource: ByReach {
                account: resource(&|reach| reach == Reach::Account),
                limited: resource(&is_limited),
                direct: resource(&|reach| reach != Reach::Account && !is_limited(reach)),
            },
        }
    }

    /// Whether the request is granted, service control policies aside, and whether anything
    /// grants it to the caller before the limiting layers are asked.
    fn combine(&self, tie: Tie) -> (Tri, Tri) {
        let limits = self.boundary.and(self.session);
        let ByReach {
            account,
            limited,
            direct,
        } = self.resource;
        match tie {
            // Either policy suffices. A grant to the account leaves it to the identity policies.
            Tie::SameAccount => (
                self.identity.or(limited).and(limits).or(direct),
                self.identity.or(limited).or(direct),
            ),
            // The resource has the first say: it grants itself, or leaves it to the account.
            Tie::ResourceFirst => (
                self.identity
                    .and(account)
                    .or(limited)
                    .and(limits)
                    .or(direct),
                self.identity.or(limited).or(direct),
            ),
            // Both sides have to allow.
            Tie::CrossAccount => (
                self.identity
                    .and(limits)
                    .and(account.or(limited).or(direct)),
                self.identity,
            ),
        }
    }

    fn withheld_by(&self, own: Tri) -> Layer {
        let scp = self.scps.iter().position(|allows| *allows == Tri::No);
        match scp {
            _ if own == Tri::No => Layer::Identity,
            Some(level) => Layer::Scp { level },
            None if self.boundary == Tri::No => Layer::Boundary,
            None if self.session == Tri::No => Layer::Session,
            None => Layer::Resource,
        }
    }
}

/// How the caller and the resource belong together.
#[derive(Clone, Copy)]
enum Tie {
    SameAccount,
    /// The same account, but a resource whose own policy has to allow.
    ResourceFirst,
    CrossAccount,
}

impl Tie {
    fn of(scope: &Scope<'_>) -> Self {
        let request = scope.request;
        let owner = account_of(&request.resource).or_else(|| {
            match request.context.get_folded("aws:resourceaccount") {
                Some([account]) => Some(account.as_str()),
                _ => None,
            }
        });
        match (scope.caller.account, owner) {
            (Some(caller), Some(owner)) if caller != owner => Self::CrossAccount,
            _ if requires_resource_policy(&request.action, &request.resource) => {
                Self::ResourceFirst
            }
            _ => Self::SameAccount,
        }
    }
}

/// Whether the policy of the resource itself has to allow the action, so that identity policies
/// alone prove nothing: KMS keys (key policy) and the assuming of roles (trust policy).
///
/// [`decide`](crate::decide()) denies such a request, with [`Layer::Resource`], when the
/// [`PolicySet`] has no resource policy. Who does not know that policy should call the verdict
/// unverifiable, not denied. Source: "How AWS enforcement code logic evaluates requests to allow
/// or deny access" and "Key policies in AWS KMS".
pub fn requires_resource_policy(action: &str, resource: &str) -> bool {
    let Some((service, operation)) = action.split_once(':') else {
        return false;
    };
    let Some([_, _, owner, _, _, name]) = segments(resource) else {
        return false;
    };
    let is = |text: &str, wanted: &str| text.eq_ignore_ascii_case(wanted);
    let assumes = operation
        .get(.."AssumeRole".len())
        .is_some_and(|start| is(start, "AssumeRole"));
    (is(service, "kms") && owner == "kms" && name.starts_with("key/"))
        || (is(service, "sts") && assumes && owner == "iam" && name.starts_with("role/"))
}
