//! What each feature of a release takes of the policy.

use std::collections::BTreeSet;

use commissary_permissions::{Adds, Feature, Requirement, Selection};

/// What a feature takes.
pub(crate) struct Takes {
    /// Whether it is chosen, if only because another one needs it.
    pub(crate) in_effect: bool,
    /// How many actions it needs.
    pub(crate) actions: usize,
    /// What it adds beside the others that are chosen, with those that it brings along.
    pub(crate) adds: Adds,
    /// The chosen features that bring it along, by title.
    pub(crate) needed_by: String,
    /// The features that it would bring along, by title.
    pub(crate) brings: String,
}

/// What each feature of the release takes, in the release's order.
pub(crate) fn takes(selection: &Selection<'static>) -> Vec<(&'static Feature, Takes)> {
    let chosen: BTreeSet<&str> = selection.features().map(Feature::id).collect();
    let all = selection.release().with_all_features().requirements();
    let takes = selection.adds().into_iter().map(|(feature, adds)| {
        let takes = Takes {
            in_effect: chosen.contains(feature.id()),
            actions: needed(&all, feature),
            adds,
            needed_by: needed_by(selection, feature),
            brings: titles(selection.brings(feature).into_iter()),
        };
        (feature, takes)
    });
    takes.collect()
}

fn needed(all: &[Requirement], feature: &Feature) -> usize {
    let needs = |one: &&Requirement| one.features.iter().any(|id| id == feature.id());
    let needed = all.iter().filter(needs).map(|one| one.action.as_str());
    needed.collect::<BTreeSet<&str>>().len()
}

fn needed_by(selection: &Selection<'static>, feature: &Feature) -> String {
    let brings = |one: &&Feature| one.requires().iter().any(|id| id == feature.id());
    titles(selection.features().filter(brings))
}

fn titles<'a>(features: impl Iterator<Item = &'a Feature>) -> String {
    features
        .map(Feature::title)
        .collect::<Vec<&str>>()
        .join(", ")
}
