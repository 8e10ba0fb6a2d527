//! What one choice of release and features needs beyond another, and who needs an action.

use crate::release::{Release, releases};
use crate::requirement::Requirement;
use crate::selection::Selection;

/// What a change from one selection to another brings.
#[derive(Clone, Debug)]
pub struct Upgrade {
    /// What the first one does not grant, in the order of the second one's policy.
    pub added: Vec<Addition>,
    /// Actions that only the first one grants, in the order of its policy.
    pub dropped: Vec<String>,
}

/// A requirement that is new.
#[derive(Clone, Debug)]
pub struct Addition {
    /// The requirement.
    pub requirement: Requirement,
    /// The first of the chosen features that needs it, by id.
    pub feature: String,
    /// Whether the action was granted before, on other resources or under another condition.
    pub granted_elsewhere: bool,
}

impl Selection<'_> {
    /// What a credential with this selection's policy lacks for `to`. Resource patterns are
    /// compared as they are written: what is granted on `*` without a condition is granted.
    #[must_use]
    pub fn upgrade_to(&self, to: &Selection<'_>) -> Upgrade {
        let before = self.requirements();
        let after = to.requirements();
        let lacking = after.iter().filter(|new| {
            let mut old = before.iter();
            !old.any(|old| grants(old, new))
        });
        let added = lacking.map(|requirement| Addition {
            feature: to
                .first_feature(requirement)
                .map_or_else(String::new, |feature| feature.id().to_owned()),
            granted_elsewhere: before.iter().any(|old| old.action == requirement.action),
            requirement: requirement.clone(),
        });
        let gone = |old: &&Requirement| after.iter().all(|new| new.action != old.action);
        let mut dropped: Vec<String> = Vec::new();
        for requirement in before.iter().filter(gone) {
            if !dropped.contains(&requirement.action) {
                dropped.push(requirement.action.clone());
            }
        }
        Upgrade {
            added: added.collect(),
            dropped,
        }
    }
}

fn grants(old: &Requirement, new: &Requirement) -> bool {
    let everywhere = old.resource == "*" && old.condition.is_none();
    let same = old.resource == new.resource && old.condition == new.condition;
    old.action == new.action && (everywhere || same)
}

/// A release that needs an action.
#[derive(Clone, Debug)]
pub struct Use {
    /// The release.
    pub release: &'static Release,
    /// What it needs the action for; one action can serve several requirements.
    pub requirement: Requirement,
}

/// Who needs an action, in the order of [`releases`], with any feature. Upper and lower case are
/// the same, as in IAM. Empty where no known release needs it.
#[must_use]
pub fn uses_of(action: &str) -> Vec<Use> {
    let uses = releases().iter().flat_map(|release| {
        let requirements = release.with_all_features().requirements().into_iter();
        let of_action = requirements.filter(|r| r.action.eq_ignore_ascii_case(action));
        of_action.map(move |requirement| Use {
            release,
            requirement,
        })
    });
    uses.collect()
}
