//! What a feature needs: one action, on a resource pattern, under a condition.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::kind::ResourceKind;
use crate::parameter::Names;
use crate::reason::Reason;
use crate::sample::{Samples, Scope, Template};

/// One action that a release's policy grants, where and when, and what it is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Requirement {
    /// Stable and unique within the release: the action, followed by `@` and the statement's name
    /// where several statements grant it (`iam:CreateServiceLinkedRole@spot`).
    pub id: String,
    /// The action as IAM writes it, such as `ec2:RunInstances`.
    pub action: String,
    /// The resource pattern that the release's policy grants it on; several are parted by `, `.
    pub resource: String,
    /// The condition that the release's policy grants it under.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<Condition>,
    /// The kind of resource that it serves in the first place.
    pub kind: ResourceKind,
    /// Further kinds that do not work without it.
    pub also: Vec<ResourceKind>,
    /// The features that need it, by id.
    pub features: Vec<String>,
    /// The place of its statement in the release's whole policy, from 0.
    pub statement: usize,
    /// Why policies of the principal alone cannot settle it, in a sentence without capital or stop.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub also_decided_by: Option<String>,
    /// What it is called for, and what fails without it.
    #[serde(skip)]
    pub reason: Reason,
    #[serde(skip)]
    pub(crate) template: Template,
}

/// One condition of a policy statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// The operator, such as `StringLike`.
    pub operator: String,
    /// The context key, such as `iam:AWSServiceName`.
    pub key: String,
    /// The value or pattern.
    pub value: String,
}

impl Requirement {
    /// The resource patterns that the release's policy grants it on, one by one.
    #[must_use]
    pub fn resources(&self) -> Vec<String> {
        self.resource.split(", ").map(str::to_owned).collect()
    }

    /// The requests to evaluate in one account and region.
    #[must_use]
    pub fn samples(&self, scope: &Scope) -> Samples {
        self.template.fill(&self.action, scope)
    }

    /// Whether it serves `kind`, first or also.
    #[must_use]
    pub fn serves(&self, kind: ResourceKind) -> bool {
        self.kind == kind || self.also.contains(&kind)
    }

    /// The same without the requests that only other features send, and with the chosen names.
    pub(crate) fn narrowed_to(&self, features: &BTreeSet<&str>, names: &Names) -> Self {
        let mut narrowed = self.clone();
        narrowed.template.keep_features(features);
        narrowed.template.name(names);
        names.fill(&mut narrowed.resource);
        let conditions = narrowed.condition.iter_mut();
        conditions.for_each(|condition| names.fill(&mut condition.value));
        narrowed
    }
}
