//! How the layers combine.

use super::Outcome;
use super::hits::Hit;
use super::tally::{ByReach, Tally};
use crate::Layer;
use crate::arn::{segments, split_once};
use crate::caller::account_of;
use crate::scope::Scope;
use crate::statement::Effect;
use crate::tri::Tri;

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
    tally: Tally,
}

impl Ruling {
    pub(super) fn of(tally: Tally, scope: &Scope<'_>) -> Self {
        let (granted_in_account, own) = tally.combine(Tie::of(scope));
        let (scps, withheld_at) = tally.scps.result();
        let granted = granted_in_account.and(scps);
        Self {
            denied: tally.denied,
            granted,
            granted_in_account,
            withheld_by: (granted == Tri::No).then(|| tally.withheld_by(own, withheld_at)),
            tally,
        }
    }

    /// The answer, where it does not hang on unknown keys.
    pub(super) fn outcome(&self) -> Outcome {
        match self.withheld_by {
            _ if self.denied == Tri::Yes => Outcome::ExplicitDeny,
            Some(_) => Outcome::ImplicitDeny,
            None => Outcome::Allowed,
        }
    }

    /// Whether the answer hangs on unknown keys.
    pub(super) fn is_open(&self) -> bool {
        self.denied != Tri::Yes
            && self.granted != Tri::No
            && (self.denied == Tri::Unknown || self.granted == Tri::Unknown)
    }

    /// Whether the open `Allow` statements of the layer make no difference: the layer allows
    /// without them, or the request is granted without the layer.
    pub(super) fn allows_anyway(&self, layer: Layer, hits: &[Hit<'_>]) -> bool {
        let allows = match layer {
            Layer::Scp { .. } => {
                let level = hits
                    .iter()
                    .filter(|hit| hit.layer == layer && hit.is(Effect::Allow));
                Tri::any(level.map(|hit| hit.applies))
            }
            _ if self.granted_in_account == Tri::Yes => Tri::Yes,
            Layer::Identity | Layer::Group => self.tally.identity,
            Layer::Boundary => self.tally.boundary,
            Layer::Session => self.tally.session,
            Layer::Resource => self.tally.resource.direct,
        };
        allows == Tri::Yes
    }
}

impl Tally {
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

    fn withheld_by(&self, own: Tri, scp: Option<usize>) -> Layer {
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
/// [`PolicySet`](crate::PolicySet) has no resource policy. Who does not know that policy should call the verdict
/// unverifiable, not denied. Source: "How AWS enforcement code logic evaluates requests to allow
/// or deny access" and "Key policies in AWS KMS".
pub fn requires_resource_policy(action: &str, resource: &str) -> bool {
    let Some((service, operation)) = split_once(action, b':') else {
        return false;
    };
    let is = |text: &str, wanted: &str| text.eq_ignore_ascii_case(wanted);
    let assumes = || {
        let start = operation.get(.."AssumeRole".len());
        start.is_some_and(|start| is(start, "AssumeRole"))
    };
    let (owners_service, kind) = if is(service, "kms") {
        ("kms", "key/")
    } else if is(service, "sts") && assumes() {
        ("iam", "role/")
    } else {
        return false;
    };
    segments(resource)
        .is_some_and(|[_, _, owner, _, _, name]| owner == owners_service && name.starts_with(kind))
}
