//! What denied a request: the layer of the evaluation, and the statement.

use std::collections::BTreeSet;
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A layer of AWS's evaluation that can deny (IAM User Guide, "Policy evaluation logic").
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "camelCase")]
pub enum DenyingLayer {
    /// The policies of the user or role, and those of a user's groups: nothing in them allows it.
    /// With an explicit deny, those of the user or role itself.
    Identity,
    /// The policies of a group.
    Group,
    /// The permissions boundary.
    Boundary,
    /// The session policy.
    Session,
    /// The service control policies of the organisation.
    ServiceControl,
    /// The resource control policies of the organisation.
    ResourceControl,
    /// The policy of the resource.
    Resource,
    /// The policy of the VPC endpoint that the call went through.
    VpcEndpoint,
    /// AWS does not say.
    #[default]
    Unknown,
}

/// Each with its name for people.
const TITLES: [(DenyingLayer, &str); 9] = [
    (DenyingLayer::Identity, "identity policies"),
    (DenyingLayer::Group, "group policies"),
    (DenyingLayer::Boundary, "permissions boundary"),
    (DenyingLayer::Session, "session policy"),
    (DenyingLayer::ServiceControl, "service control policies"),
    (DenyingLayer::ResourceControl, "resource control policies"),
    (DenyingLayer::Resource, "resource policy"),
    (DenyingLayer::VpcEndpoint, "VPC endpoint policy"),
    (
        DenyingLayer::Unknown,
        "policies, of which AWS does not name the one",
    ),
];

impl DenyingLayer {
    /// The layer for people.
    pub fn title(self) -> &'static str {
        let mut titles = TITLES.iter();
        titles
            .find(|(layer, _)| *layer == self)
            .map_or("policies", |(_, title)| title)
    }

    /// The layer that people know by that name.
    fn titled(title: &str) -> Self {
        let mut titles = TITLES.iter();
        titles
            .find(|(_, known)| *known == title)
            .map_or(Self::Unknown, |(layer, _)| *layer)
    }
}

/// A statement that denies, as far as it could be named.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DenyingStatement {
    /// The policy's name; an inline policy's begins with `inline:`.
    pub policy: String,
    /// The statement's place in it, counted from 1; none where only the policy is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<usize>,
    /// The statement's `Sid`, if it has one and it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sid: Option<String>,
}

impl fmt::Display for DenyingStatement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.number {
            None => return write!(f, "`{}`", self.policy),
            Some(number) => write!(f, "statement {number}")?,
        }
        if let Some(sid) = &self.sid {
            write!(f, " (`{sid}`)")?;
        }
        write!(f, " of `{}`", self.policy)
    }
}

/// Which part of the evaluation denied a request.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", from = "Read")]
pub struct DeniedBy {
    /// The layer for people, for example `identity policies` or `permissions boundary`.
    pub layer: String,
    /// The layer for programs.
    pub kind: DenyingLayer,
    /// Whether a statement denies it, rather than none allowing it.
    pub explicit: bool,
    /// The statements that deny explicitly, for people; empty when nothing allows the request.
    pub statements: Vec<String>,
    /// The same for programs, as far as they could be named.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub named: Vec<DenyingStatement>,
}

/// As it is read: reports that were kept before statements were named have less.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Read {
    layer: String,
    #[serde(default)]
    kind: Option<DenyingLayer>,
    #[serde(default)]
    explicit: Option<bool>,
    statements: Vec<String>,
    #[serde(default)]
    named: Vec<DenyingStatement>,
}

impl From<Read> for DeniedBy {
    fn from(read: Read) -> Self {
        Self {
            kind: read
                .kind
                .unwrap_or_else(|| DenyingLayer::titled(&read.layer)),
            explicit: read.explicit.unwrap_or(!read.statements.is_empty()),
            layer: read.layer,
            statements: read.statements,
            named: read.named,
        }
    }
}

impl DeniedBy {
    /// Nothing in the layer allows it.
    pub fn withheld(kind: DenyingLayer) -> Self {
        Self {
            layer: kind.title().to_owned(),
            kind,
            ..Self::default()
        }
    }

    /// These statements of the layer deny it.
    pub fn explicitly(kind: DenyingLayer, named: Vec<DenyingStatement>) -> Self {
        Self {
            statements: named.iter().map(ToString::to_string).collect(),
            explicit: true,
            named,
            ..Self::withheld(kind)
        }
    }

    /// A statement of the layer denies it, and AWS does not say which.
    pub fn explicitly_unquoted(kind: DenyingLayer) -> Self {
        Self {
            statements: vec!["an explicit deny that AWS does not quote".to_owned()],
            ..Self::explicitly(kind, Vec::new())
        }
    }

    /// Whether the other denial is of the same layer in the same way, so that the two can be told
    /// as one.
    pub fn is_like(&self, other: &Self) -> bool {
        self.kind == other.kind && self.layer == other.layer && self.explicit == other.explicit
    }

    /// Takes the statements of a denial that is like it.
    pub fn join(&mut self, other: Self) {
        unite(&mut self.statements, other.statements);
        unite(&mut self.named, other.named);
    }

    /// What happened, as a clause: `nothing in the identity policies allows it`.
    pub fn clause(&self) -> String {
        let layer = &self.layer;
        if !self.explicit {
            return match self.kind {
                DenyingLayer::Boundary | DenyingLayer::Session | DenyingLayer::Resource => {
                    format!("the {layer} does not allow it")
                }
                DenyingLayer::Unknown => format!("denied by {layer}"),
                _ => format!("nothing in the {layer} allows it"),
            };
        }
        match self.statements.is_empty() {
            true => format!("a statement of the {layer} denies it"),
            false => format!(
                "denied by {}, in the {layer}",
                self.statements.join(" and ")
            ),
        }
    }
}

fn unite<T: Ord>(into: &mut Vec<T>, more: Vec<T>) {
    let all: BTreeSet<T> = into.drain(..).chain(more).collect();
    into.extend(all);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guard() -> DenyingStatement {
        DenyingStatement {
            policy: "inline:guard".into(),
            number: Some(2),
            sid: Some("Guard".into()),
        }
    }

    #[test]
    fn people_read_what_denied_and_where() {
        let clause = |by: DeniedBy| by.clause();
        assert_eq!(
            clause(DeniedBy::withheld(DenyingLayer::Identity)),
            "nothing in the identity policies allows it"
        );
        assert_eq!(
            clause(DeniedBy::withheld(DenyingLayer::Boundary)),
            "the permissions boundary does not allow it"
        );
        assert_eq!(
            clause(DeniedBy::explicitly(DenyingLayer::Group, vec![guard()])),
            "denied by statement 2 (`Guard`) of `inline:guard`, in the group policies"
        );
        assert_eq!(
            clause(DeniedBy::explicitly_unquoted(DenyingLayer::ServiceControl)),
            "denied by an explicit deny that AWS does not quote, in the service control policies"
        );
    }

    #[test]
    fn alike_denials_become_one() {
        let mut one = DeniedBy::explicitly(DenyingLayer::Identity, vec![guard()]);
        let mut other = guard();
        other.number = Some(1);
        let more = DeniedBy::explicitly(DenyingLayer::Identity, vec![other.clone(), guard()]);
        assert!(one.is_like(&more));
        one.join(more);
        assert_eq!(one.named, [other, guard()]);
        assert_eq!(one.statements.len(), 2);
        assert!(!one.is_like(&DeniedBy::withheld(DenyingLayer::Identity)));
    }

    #[test]
    fn every_layer_is_known_by_its_name() {
        for (layer, title) in TITLES {
            assert_eq!(layer.title(), title);
            assert_eq!(DenyingLayer::titled(title), layer);
        }
        assert_eq!(DenyingLayer::titled("magic"), DenyingLayer::Unknown);
    }
}
