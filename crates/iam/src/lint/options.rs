//! What the policy is for.

use std::fmt;
use std::str::FromStr;

use crate::{Arn, Context};

/// What to hold a policy against.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What it will be attached to, which limits its size.
    pub attachment: Attachment,
    /// Whether it is to work in every partition; otherwise a partition is a fault only where other
    /// ARNs of the same policy leave theirs open.
    pub portable: bool,
    /// What it has to allow.
    pub expected: Vec<Expectation>,
}

/// How a policy is attached. Source: "IAM and AWS STS quotas", section on character limits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Attachment {
    /// A managed policy.
    #[default]
    Managed,
    /// An inline policy of a user.
    User,
    /// An inline policy of a group.
    Group,
    /// An inline policy of a role.
    Role,
}

impl Attachment {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Managed, Self::User, Self::Group, Self::Role];

    /// How many characters it may have; inline policies all together.
    pub fn limit(self) -> usize {
        match self {
            Self::Managed => 6_144,
            Self::User => 2_048,
            Self::Group => 5_120,
            Self::Role => 10_240,
        }
    }

    /// Its name, such as `managed`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Managed => "managed",
            Self::User => "user",
            Self::Group => "group",
            Self::Role => "role",
        }
    }

    pub(super) fn described(self) -> &'static str {
        match self {
            Self::Managed => "a managed policy may have",
            Self::User => "the inline policies of a user may have together",
            Self::Group => "the inline policies of a group may have together",
            Self::Role => "the inline policies of a role may have together",
        }
    }
}

/// Something that the policy has to allow: `ec2:CreateVolume`; on one resource
/// `iam:PassRole arn:aws:iam::111122223333:role/nodes`; or with context keys as well
/// `iam:PassRole * iam:PassedToService=ec2.amazonaws.com`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expectation {
    /// The action.
    pub action: String,
    /// The resource; any, when there is none.
    pub resource: Option<String>,
    /// The context keys that are known; the others may have any value.
    pub context: Context,
}

/// An expectation is not written as one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no expectation; write `service:Action`, `service:Action RESOURCE` or `service:Action RESOURCE KEY=VALUE`"
)]
pub struct ExpectationError(String);

impl FromStr for Expectation {
    type Err = ExpectationError;

    fn from_str(text: &str) -> Result<Self, ExpectationError> {
        let refused = || ExpectationError(text.to_owned());
        let mut words = text.split_whitespace();
        let action = words.next().ok_or_else(refused)?;
        let (service, name) = action.split_once(':').ok_or_else(refused)?;
        if service.is_empty() || name.is_empty() || action.contains(['*', '?', '=']) {
            return Err(refused());
        }
        let resource = words.next();
        if resource.is_some_and(|resource| resource != "*" && Arn::parse(resource).is_err()) {
            return Err(refused());
        }
        let pairs = words.map(|word| word.split_once('=').filter(|(key, _)| !key.is_empty()));
        let pairs: Option<Context> = pairs.collect::<Option<Vec<_>>>().map(Context::from_iter);
        Ok(Self {
            action: action.to_owned(),
            resource: resource.map(str::to_owned),
            context: pairs.ok_or_else(refused)?,
        })
    }
}

impl fmt::Display for Expectation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.action)?;
        if let Some(resource) = &self.resource {
            write!(formatter, " {resource}")?;
        }
        for (key, values) in self.context.iter() {
            write!(formatter, " {key}={}", values.join(","))?;
        }
        Ok(())
    }
}
