//! Whether a request is allowed. Source: "How AWS enforcement code logic evaluates requests to
//! allow or deny access", "Policy evaluation for requests within a single account" and
//! "Cross-account policy evaluation logic".

mod evaluation;
mod hits;
mod ruling;
mod tally;

use std::collections::BTreeSet;
use std::fmt;

use crate::scope::World;
use crate::{Layer, PolicySet, Request, StatementRef};
pub(crate) use evaluation::Evaluation;

pub use ruling::requires_resource_policy;

/// The answer of AWS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It is granted and nothing denies it.
    Allowed,
    /// Nothing grants it, or a layer withholds the grant.
    ImplicitDeny,
    /// A `Deny` statement applies.
    ExplicitDeny,
}

/// An answer and its reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The answer.
    pub outcome: Outcome,
    /// The layer that denied; `None` when allowed.
    ///
    /// For an implicit deny it is [`Layer::Identity`] when nothing grants the request to the
    /// principal at all, else the first layer that withholds the grant, in the order service
    /// control policies, boundary, session policy, resource policy. For an explicit deny it is
    /// the layer of the first statement in [`statements`](Self::statements).
    pub layer: Option<Layer>,
    /// The statements that decided. Allowed: the `Allow` statements that apply, of all layers.
    /// Explicit deny: the `Deny` statements that apply. Implicit deny: the `Allow` statements
    /// that apply but do not suffice; empty when there is none.
    pub statements: Vec<StatementRef>,
}

impl fmt::Display for Outcome {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Allowed => "allowed",
            Self::ImplicitDeny => "implicitDeny",
            Self::ExplicitDeny => "explicitDeny",
        })
    }
}

impl Decision {
    /// Whether the request is allowed.
    pub fn is_allowed(&self) -> bool {
        self.outcome == Outcome::Allowed
    }
}

/// An answer when context keys may be unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OpenDecision {
    /// The verdict is the same whatever the unknown keys are. What is denied because nothing
    /// grants it is reported as [`Outcome::ImplicitDeny`] also when, for some values of the
    /// unknown keys, a `Deny` statement would deny it as well.
    Decided(Decision),
    /// The verdict depends on context keys that are not given.
    Conditional {
        /// The keys that matter, as written in the policies.
        keys: BTreeSet<String>,
        /// The statements that depend on them.
        statements: Vec<StatementRef>,
    },
}

/// Decides a request that is complete: a context key that is not in it is absent.
///
/// Some keys follow from the principal's ARN and need not be given: `aws:PrincipalArn`,
/// `aws:PrincipalAccount`, `aws:PrincipalType`, `aws:username`, `aws:PrincipalIsAWSService`, and
/// `aws:userid` of the root user and of federated users. The ARN of a session does not show the
/// path of its role: give `aws:PrincipalArn` when the role has one.
///
/// The resource belongs to the account in its ARN; when there is none there, to that of the key
/// `aws:ResourceAccount`; else to the principal's.
///
/// Every statement is looked at. Who asks often compiles the policies into an
/// [`Engine`](crate::Engine).
pub fn decide(policies: &PolicySet, request: &Request) -> Decision {
    let evaluation = Evaluation::new(policies, request, World::Closed);
    evaluation.decide(evaluation.on_action())
}

/// Decides a request that may be incomplete: a context key that is not in it, and does not follow
/// from the principal, may be absent or have any values.
///
/// The `aws:PrincipalArn` of a role session counts as unknown, because the path of the role is.
/// The account of the resource does not: it is found as [`decide`] finds it.
pub fn decide_open(policies: &PolicySet, request: &Request) -> OpenDecision {
    let evaluation = Evaluation::new(policies, request, World::Open);
    evaluation.decide_open(evaluation.on_action())
}
