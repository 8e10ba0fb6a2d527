//! What is asked: all requests of a kind.

use super::place::Place;
use crate::{Condition, Context, ParseError, parse};

/// All requests for some actions on some resources, under some conditions.
///
/// A context key that neither the context nor a condition says anything about, and that does not
/// follow from the principal, may be absent or have any values.
#[derive(Debug, Clone, Default)]
pub struct Question {
    /// An action such as `ec2:RunInstances`, or a pattern of actions such as `ec2:Describe*`.
    pub action: String,
    /// A pattern of resources: an ARN with `*` and `?`, or `*`.
    ///
    /// In a pattern of six segments wildcards do not match colons; in the last segment they do
    /// where the resources of the service can have one.
    pub resource: String,
    /// Conditions that hold for all the requests. One without a set prefix says that its key has
    /// a single value (or, with `IfExists` or a negated operator, none). Source: "Single-valued
    /// vs. multivalued context keys".
    pub conditions: Vec<Condition>,
    /// Whose requests, and where.
    pub view: Viewpoint,
}

/// Whose requests are meant, and where.
#[derive(Debug, Clone, Default)]
pub struct Viewpoint {
    /// The ARN of the principal, as in [`Request::principal`](crate::Request::principal).
    pub principal: Option<String>,
    /// Context keys that are known.
    pub context: Context,
    /// Where the resources are. What it leaves open is taken from the principal.
    pub place: Place,
}

impl Question {
    /// Whether every request for an action on a resource, or for those of patterns.
    pub fn new(action: impl Into<String>, resource: impl Into<String>) -> Self {
        Self {
            action: action.into(),
            resource: resource.into(),
            ..Self::default()
        }
    }

    /// The same under more conditions, written as in a policy:
    /// `{"StringEquals": {"iam:PassedToService": "eks.amazonaws.com"}}`.
    ///
    /// # Errors
    /// When the text is not the `Condition` element of a policy, with the place.
    pub fn when(mut self, conditions: &str) -> Result<Self, ParseError> {
        self.conditions.extend(parse::condition_text(conditions)?);
        Ok(self)
    }

    /// The same for the requests of this principal.
    #[must_use]
    pub fn by(mut self, principal: impl Into<String>) -> Self {
        self.view.principal = Some(principal.into());
        self
    }

    /// The same for resources in this place.
    #[must_use]
    pub fn within(mut self, place: Place) -> Self {
        self.view.place = place;
        self
    }
}

/// Why a question cannot be answered. Displays as one sentence for people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QuestionError {
    /// The action is not of the form `service:Action`.
    #[error(
        "the action `{0}` is neither `*` nor of the form `service:Action`, where `*` and `?` may stand for characters"
    )]
    Action(String),
    /// The resource is not a pattern of resources.
    #[error(
        "the resource `{0}` matches no ARN; write `*`, or `arn:partition:service:region:account:resource` with `*` and `?` where it may be anything"
    )]
    Resource(String),
    /// The resource has a variable that has no single value.
    #[error(
        "the resource `{0}` has a variable whose value is not known; give its context key, or write `*` in its place"
    )]
    Variable(String),
    /// The resources are elsewhere.
    #[error("the resource `{0}` lies outside the partition, region or account that is asked about")]
    Elsewhere(String),
    /// Nothing fulfils the conditions.
    #[error(
        "no value of the context key `{0}` that fulfils the conditions was found; they may contradict each other"
    )]
    Contradiction(String),
    /// The patterns are too complex.
    #[error(
        "the patterns of action and resource are too complex to follow; use fewer `?` after a `*`"
    )]
    TooComplex,
}
