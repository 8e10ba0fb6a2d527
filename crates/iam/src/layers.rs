//! The policies that bear on a request, and their layers.

use std::fmt;

use crate::{Policy, Statement};

/// A policy under the name people know it by, such as `kommander-policy` or `inline:self-check`.
#[derive(Debug, Clone)]
pub struct NamedPolicy {
    /// The name.
    pub name: String,
    /// The policy.
    pub policy: Policy,
}

impl NamedPolicy {
    /// A policy under a name.
    pub fn new(name: impl Into<String>, policy: Policy) -> Self {
        Self {
            name: name.into(),
            policy,
        }
    }
}

/// All policies that bear on a request. What is not there does not exist: no boundary means that
/// none is set, not that it is unknown.
#[derive(Debug, Clone, Default)]
pub struct PolicySet {
    /// Attached to the user or role itself, managed or inline.
    pub identity: Vec<NamedPolicy>,
    /// Attached to the user's groups.
    pub groups: Vec<NamedPolicy>,
    /// The permissions boundary of the user or role. It only limits.
    pub boundary: Option<NamedPolicy>,
    /// The session policy given to `AssumeRole` or `GetFederationToken`. It only limits.
    pub session: Option<NamedPolicy>,
    /// The service control policies of the principal's account: one list per level, root first.
    /// Every level has to allow; a level with an empty list allows nothing. No levels at all when
    /// the account is in no organisation or is its management account.
    pub scps: Vec<Vec<NamedPolicy>>,
    /// The policy of the resource: a bucket policy, a key policy, the trust policy of a role.
    pub resource: Option<NamedPolicy>,
}

impl PolicySet {
    /// Every statement, in the order of [`Layer`].
    pub(crate) fn sites(&self) -> impl Iterator<Item = Site<'_>> {
        self.layers().flat_map(|(layer, policy)| {
            let statements = policy.policy.statements().iter().enumerate();
            statements.map(move |(index, statement)| Site {
                layer,
                policy,
                index,
                statement,
            })
        })
    }

    /// The policy of this place in its layer.
    pub(crate) fn policy(&self, layer: Layer, place: usize) -> Option<&NamedPolicy> {
        let only = |policy| (place == 0).then_some(policy);
        match layer {
            Layer::Identity => self.identity.get(place),
            Layer::Group => self.groups.get(place),
            Layer::Boundary => self.boundary.as_ref().and_then(only),
            Layer::Session => self.session.as_ref().and_then(only),
            Layer::Scp { level } => self.scps.get(level)?.get(place),
            Layer::Resource => self.resource.as_ref().and_then(only),
        }
    }

    /// Every policy with its layer.
    pub(crate) fn layers(&self) -> impl Iterator<Item = (Layer, &NamedPolicy)> {
        let identity = self.identity.iter().map(|policy| (Layer::Identity, policy));
        let groups = self.groups.iter().map(|policy| (Layer::Group, policy));
        let boundary = self.boundary.iter().map(|policy| (Layer::Boundary, policy));
        let session = self.session.iter().map(|policy| (Layer::Session, policy));
        let scps = self.scps.iter().enumerate().flat_map(|(level, policies)| {
            policies
                .iter()
                .map(move |policy| (Layer::Scp { level }, policy))
        });
        let resource = self.resource.iter().map(|policy| (Layer::Resource, policy));
        identity
            .chain(groups)
            .chain(boundary)
            .chain(session)
            .chain(scps)
            .chain(resource)
    }
}

/// Where a policy is attached, and with that what it can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Layer {
    /// Policies of the user or role.
    Identity,
    /// Policies of the user's groups.
    Group,
    /// The permissions boundary.
    Boundary,
    /// The session policy.
    Session,
    /// The service control policies of one level of the organisation.
    Scp {
        /// Counted from the root, which is 0.
        level: usize,
    },
    /// The policy of the resource.
    Resource,
}

impl fmt::Display for Layer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Identity => formatter.write_str("identity policy"),
            Self::Group => formatter.write_str("group policy"),
            Self::Boundary => formatter.write_str("permissions boundary"),
            Self::Session => formatter.write_str("session policy"),
            Self::Scp { level } => {
                write!(formatter, "service control policy (level {})", level + 1)
            }
            Self::Resource => formatter.write_str("resource policy"),
        }
    }
}

/// A statement where it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Site<'a> {
    pub(crate) layer: Layer,
    pub(crate) policy: &'a NamedPolicy,
    pub(crate) index: usize,
    pub(crate) statement: &'a Statement,
}

impl Site<'_> {
    pub(crate) fn reference(&self) -> StatementRef {
        StatementRef {
            layer: self.layer,
            policy: self.policy.name.clone(),
            index: self.index,
            sid: self.statement.sid().map(str::to_owned),
        }
    }
}

/// Names one statement of a [`PolicySet`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StatementRef {
    /// The layer its policy is in.
    pub layer: Layer,
    /// The name of its policy.
    pub policy: String,
    /// Its place in the policy, counted from 0.
    pub index: usize,
    /// Its id, if it has one.
    pub sid: Option<String>,
}

impl fmt::Display for StatementRef {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "statement {} ", self.index + 1)?;
        if let Some(sid) = &self.sid {
            write!(formatter, "(`{sid}`) ")?;
        }
        write!(formatter, "of `{}` ({})", self.policy, self.layer)
    }
}
