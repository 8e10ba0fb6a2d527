//! What the reference data is made of.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::distance::nearest;

/// A service that has actions.
#[derive(Debug)]
pub struct Service {
    pub(super) prefix: String,
    pub(super) title: String,
    /// By name in lower case.
    pub(super) actions: BTreeMap<String, Action>,
    pub(super) types: Vec<ResourceType>,
    pub(super) keys: Vec<ConditionKey>,
}

/// An action of a service.
#[derive(Debug)]
pub struct Action {
    pub(super) name: String,
    pub(super) shape: Arc<Shape>,
}

/// All of an action but its name; many actions share one.
#[derive(Debug, Clone)]
pub(super) struct Shape {
    pub(super) level: AccessLevel,
    pub(super) resources: Vec<ActionResource>,
    pub(super) keys: Vec<Arc<str>>,
    pub(super) dependents: Vec<Arc<str>>,
}

/// What an action does. Source: "Understanding access level summaries within policy summaries".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AccessLevel {
    /// It lists resources.
    List,
    /// It reads the contents of resources.
    Read,
    /// It changes resources.
    Write,
    /// It changes tags and nothing else.
    Tagging,
    /// It changes who may do what.
    PermissionsManagement,
}

/// A resource type that an action takes.
#[derive(Debug, Clone)]
pub struct ActionResource {
    pub(super) resource_type: Arc<str>,
    pub(super) required: bool,
    pub(super) documented: bool,
    pub(super) keys: Vec<Arc<str>>,
}

/// A kind of resource with its ARN.
#[derive(Debug)]
pub struct ResourceType {
    pub(super) name: Arc<str>,
    pub(super) arns: Vec<String>,
    pub(super) keys: Vec<Arc<str>>,
}

/// A condition key.
#[derive(Debug)]
pub struct ConditionKey {
    pub(super) name: Arc<str>,
    pub(super) kind: KeyType,
    pub(super) multivalued: bool,
}

/// What the values of a key are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyType {
    /// Text.
    String,
    /// An ARN.
    Arn,
    /// `true` or `false`.
    Bool,
    /// A number.
    Numeric,
    /// A date, or seconds since 1970.
    Date,
    /// An IP address.
    IpAddress,
}

impl Service {
    /// What its actions begin with, such as `ec2`.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Its name, such as `Amazon EC2`.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Its actions, by name.
    pub fn actions(&self) -> impl Iterator<Item = &Action> {
        self.actions.values()
    }

    /// The action of that name, without the prefix; case does not matter.
    pub fn action(&self, name: &str) -> Option<&Action> {
        self.actions.get(&name.to_ascii_lowercase())
    }

    /// The name, without the prefix, that `name` may be a misspelling of.
    pub fn nearest_action(&self, name: &str) -> Option<&str> {
        nearest(name, self.actions().map(Action::name))
    }

    /// Its resource types.
    pub fn resource_types(&self) -> &[ResourceType] {
        &self.types
    }

    /// The resource type of that name.
    pub fn resource_type(&self, name: &str) -> Option<&ResourceType> {
        self.types.iter().find(|kind| &*kind.name == name)
    }

    /// Its condition keys; the tag keys `aws:…` among them are those it supports.
    pub fn keys(&self) -> &[ConditionKey] {
        &self.keys
    }
}

impl Action {
    /// The name without the prefix, such as `RunInstances`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it does.
    pub fn level(&self) -> AccessLevel {
        self.shape.level
    }

    /// The resource types it takes; none when it takes only `*`.
    pub fn resources(&self) -> &[ActionResource] {
        &self.shape.resources
    }

    /// The condition keys it has whatever the resource, but for the global ones. A key that is not
    /// listed is not invalid.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.shape.keys.iter().map(|key| &**key)
    }

    /// Other actions that it may need, with their prefix, such as `iam:PassRole`.
    pub fn dependents(&self) -> impl Iterator<Item = &str> {
        self.shape.dependents.iter().map(|action| &**action)
    }
}

impl ActionResource {
    /// The name of a [`ResourceType`] of the same service.
    pub fn resource_type(&self) -> &str {
        &self.resource_type
    }

    /// Whether every request is about a resource of this type.
    pub fn is_required(&self) -> bool {
        self.required
    }

    /// Whether AWS documents that the action takes the type; otherwise it is only seen to work.
    pub fn is_documented(&self) -> bool {
        self.documented
    }

    /// The condition keys that go with a resource of this type.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().map(|key| &**key)
    }
}

impl ResourceType {
    /// Its name, such as `vpc`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The form of its ARNs, such as `arn:${Partition}:ec2:${Region}:${Account}:vpc/${VpcId}`;
    /// few types have more than one.
    pub fn arns(&self) -> &[String] {
        &self.arns
    }

    /// The condition keys that go with it.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().map(|key| &**key)
    }
}

impl ConditionKey {
    /// Its name; `${…}` stands for any text, as in `aws:ResourceTag/${TagKey}`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The type of its values.
    pub fn kind(&self) -> KeyType {
        self.kind
    }

    /// Whether it may have several values.
    pub fn is_multivalued(&self) -> bool {
        self.multivalued
    }
}

/// Whether a key is the one that the template describes: `${…}` and `<…>` stand for any text but
/// an empty one.
pub(super) fn fits_template(key: &str, template: &str) -> bool {
    let Some((before, rest)) = split_placeholder(template) else {
        return key.eq_ignore_ascii_case(template);
    };
    let Some((start, tail)) = key.split_at_checked(before.len()) else {
        return false;
    };
    start.eq_ignore_ascii_case(before)
        && tail
            .char_indices()
            .skip(1)
            .map(|(at, _)| at)
            .chain([tail.len()])
            .any(|at| !tail.is_empty() && fits_template(tail.get(at..).unwrap_or_default(), rest))
}

/// What stands before and after the first placeholder.
fn split_placeholder(template: &str) -> Option<(&str, &str)> {
    let (open, close) = match (template.find("${"), template.find('<')) {
        (Some(open), _) => (open, '}'),
        (None, Some(open)) => (open, '>'),
        (None, None) => return None,
    };
    let end = open + template.get(open..)?.find(close)?;
    Some((template.get(..open)?, template.get(end + 1..)?))
}
