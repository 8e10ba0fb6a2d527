//! More than one managed policy holds.

use std::collections::BTreeSet;

use super::{MANAGED_POLICY_LIMIT, Part, PolicyOptions};
use crate::document::PolicyDocument;
use crate::release::Feature;
use crate::requirement::Requirement;
use crate::selection::Selection;

/// Requirements that had better stay together, by id.
type Bundle<'a> = Vec<&'a str>;

struct Splitter<'a> {
    selection: &'a Selection<'a>,
    options: &'a PolicyOptions,
    needed: Vec<&'a Requirement>,
}

/// The whole as one policy if it fits, else feature by feature, in the release's order, as many
/// into one as fit. A feature that does not fit into one is split by requirement.
pub(super) fn parts(selection: &Selection<'_>, options: &PolicyOptions) -> Vec<Part> {
    let release = selection.release();
    let statements = release.statements(options.form).iter();
    let needed = statements.flat_map(|statement| &statement.requirements);
    let splitter = Splitter {
        selection,
        options,
        needed: needed.filter(|r| selection.needs(r)).collect(),
    };
    let all = splitter.needed.iter().map(|r| r.id.as_str()).collect();
    if splitter.fits(&all) {
        return vec![splitter.part(&all)];
    }
    let mut full = Vec::new();
    let mut open = Bundle::new();
    for bundle in splitter.bundles() {
        let both = [open.clone(), bundle.clone()].concat();
        if splitter.fits(&both) {
            open = both;
            continue;
        }
        full.push(std::mem::take(&mut open));
        open = bundle;
    }
    full.push(open);
    let full = full.iter().filter(|bundle| !bundle.is_empty());
    full.map(|bundle| splitter.part(bundle)).collect()
}

impl<'a> Splitter<'a> {
    /// One bundle for each feature, those too large for one policy in pieces that fit.
    fn bundles(&self) -> Vec<Bundle<'a>> {
        let mut bundles = Vec::new();
        for feature in self.selection.features() {
            let of_feature = self.needed.iter().filter(|requirement| {
                let first = self.selection.first_feature(requirement);
                first.is_some_and(|first| first.id() == feature.id())
            });
            let bundle: Bundle<'a> = of_feature.map(|r| r.id.as_str()).collect();
            if self.fits(&bundle) {
                bundles.push(bundle);
            } else {
                bundles.extend(self.pieces(bundle));
            }
        }
        bundles
    }

    fn pieces(&self, bundle: Bundle<'a>) -> Vec<Bundle<'a>> {
        let mut pieces = Vec::new();
        let mut open = Bundle::new();
        for id in bundle {
            open.push(id);
            if !self.fits(&open) {
                open.pop();
                pieces.push(std::mem::replace(&mut open, vec![id]));
            }
        }
        pieces.push(open);
        pieces
    }

    fn fits(&self, bundle: &Bundle<'_>) -> bool {
        self.document(bundle).size() <= MANAGED_POLICY_LIMIT
    }

    fn document(&self, bundle: &Bundle<'_>) -> PolicyDocument {
        let kept: BTreeSet<&str> = bundle.iter().copied().collect();
        let kept = |requirement: &Requirement| kept.contains(requirement.id.as_str());
        self.selection.document(self.options, kept)
    }

    fn part(&self, bundle: &Bundle<'_>) -> Part {
        let features = self.selection.features().map(Feature::id);
        let features = features.filter(|id| self.serves(bundle, id));
        Part {
            features: features.map(str::to_owned).collect(),
            policy: self.document(bundle),
        }
    }

    /// Whether the bundle has what was put together for the feature. A feature all of whose
    /// requirements were put elsewhere, because others need them too, is where those are.
    fn serves(&self, bundle: &Bundle<'_>, feature: &str) -> bool {
        let is_first = |requirement: &&&Requirement| {
            let first = self.selection.first_feature(requirement);
            first.is_some_and(|first| first.id() == feature)
        };
        let shares = |requirement: &&&Requirement| {
            let mut features = requirement.features.iter();
            features.any(|id| id == feature)
        };
        let kept = |requirement: &&Requirement| bundle.contains(&requirement.id.as_str());
        if self.needed.iter().any(|requirement| is_first(&requirement)) {
            self.needed
                .iter()
                .filter(is_first)
                .copied()
                .any(|r| kept(&r))
        } else {
            self.needed.iter().filter(shares).copied().any(|r| kept(&r))
        }
    }
}
