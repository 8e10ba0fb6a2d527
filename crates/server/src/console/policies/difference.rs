//! What another release needs beyond the one that is looked at.

use commissary_permissions::{Addition, Release, Selection};

/// What a change to another release brings.
pub(super) struct Difference {
    pub(super) title: &'static str,
    pub(super) added: Vec<Added>,
    pub(super) dropped: Vec<String>,
}

/// A requirement that is new.
pub(super) struct Added {
    pub(super) action: String,
    pub(super) resource: String,
    pub(super) purpose: String,
    pub(super) feature: String,
    /// Whether the action was granted before, on other resources or under another condition.
    pub(super) elsewhere: bool,
}

impl Difference {
    /// With the same features, as far as the other release has them.
    pub(super) fn of(selection: &Selection<'_>, to: &'static Release) -> Self {
        let known = |id: &str| to.features().iter().any(|feature| feature.id() == id);
        let features: Vec<String> = selection
            .features()
            .filter(|feature| known(feature.id()))
            .map(|feature| feature.id().to_owned())
            .collect();
        // Features of the other release alone were asked for, so that it has all of them.
        let after = to
            .select(&features)
            .unwrap_or_else(|_| to.with_default_features());
        let upgrade = selection.upgrade_to(&after);
        Self {
            title: to.title(),
            added: upgrade.added.into_iter().map(added).collect(),
            dropped: upgrade.dropped,
        }
    }
}

fn added(addition: Addition) -> Added {
    let requirement = addition.requirement;
    Added {
        action: requirement.action,
        resource: requirement.resource,
        purpose: requirement.reason.purpose,
        feature: addition.feature,
        elsewhere: addition.granted_elsewhere,
    }
}
