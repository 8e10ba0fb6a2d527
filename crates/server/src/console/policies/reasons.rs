//! Why each action is in the policy, by the kind of resource that it serves.

use commissary_permissions::{Requirement, ResourceKind, Selection, When};

/// The actions that serve a kind of resource in the first place.
pub(super) struct Group {
    pub(super) title: &'static str,
    pub(super) rows: Vec<Row>,
}

/// An action and what it is for.
pub(super) struct Row {
    pub(super) action: String,
    pub(super) resource: String,
    pub(super) condition: Option<String>,
    pub(super) purpose: String,
    pub(super) without: String,
    /// When a missing permission is felt, if it ever is.
    pub(super) felt: Option<&'static str>,
}

pub(super) fn groups(selection: &Selection<'_>) -> Vec<Group> {
    let requirements = selection.requirements();
    let of = |kind: ResourceKind| {
        let first = requirements.iter().filter(move |one| one.kind == kind);
        Group {
            title: kind.title(),
            rows: first.map(row).collect(),
        }
    };
    let groups = ResourceKind::ALL.into_iter().map(of);
    groups.filter(|group| !group.rows.is_empty()).collect()
}

fn row(requirement: &Requirement) -> Row {
    let condition = requirement.condition.as_ref();
    Row {
        action: requirement.action.clone(),
        resource: requirement.resource.clone(),
        condition: condition.map(|one| format!("{} {} {}", one.key, one.operator, one.value)),
        purpose: requirement.reason.purpose.clone(),
        without: requirement.reason.without.clone(),
        felt: felt(requirement.reason.at),
    }
}

fn felt(at: When) -> Option<&'static str> {
    match at {
        When::Create => Some("when something is made"),
        When::Update => Some("when something is changed"),
        When::Delete => Some("when something is taken down"),
        When::Never => None,
    }
}
