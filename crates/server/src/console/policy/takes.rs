//! What each feature of a release takes of the policy.

use std::collections::BTreeSet;

use commissary_permissions::{Adds, Feature, Requirement, Selection};

/// What a feature takes.
pub(crate) struct Takes {
    /// Whether it is chosen, if only because another one needs it.
    pub(crate) in_effect: bool,
    /// How many actions it needs.
    pub(crate) actions: usize,
    /// What it adds beside the others that are chosen.
    pub(crate) adds: Adds,
    /// The chosen features that bring it along, by title.
    pub(crate) needed_by: String,
}

/// What each feature of the release takes, in the release's order.
pub(crate) fn takes<'a>(
    selection: &'a Selection<'static>,
) -> impl Iterator<Item = (&'static Feature, Takes)> + 'a {
    let chosen: BTreeSet<&str> = selection.features().map(Feature::id).collect();
    let all = selection.release().with_all_features().requirements();
    let of = move |feature: &'static Feature| {
        let takes = Takes {
            in_effect: chosen.contains(feature.id()),
            actions: needed(&all, feature),
            adds: selection.adds(feature),
            needed_by: needed_by(selection, feature),
        };
        (feature, takes)
    };
    selection.release().features().iter().map(of)
}

fn needed(all: &[Requirement], feature: &Feature) -> usize {
    let needs = |one: &&Requirement| one.features.iter().any(|id| id == feature.id());
    let needed = all.iter().filter(needs).map(|one| one.action.as_str());
    needed.collect::<BTreeSet<&str>>().len()
}

fn needed_by(selection: &Selection<'static>, feature: &Feature) -> String {
    let brings = |one: &&Feature| one.requires().iter().any(|id| id == feature.id());
    let bringing = selection.features().filter(brings).map(Feature::title);
    bringing.collect::<Vec<&str>>().join(", ")
}
