//! A choice of features, and what it needs.

use std::collections::BTreeSet;

use crate::document::PolicyDocument;
use crate::release::{Feature, Release, comma_list};
use crate::requirement::Requirement;

/// The features of one release that a person chose, with those that these require.
#[derive(Clone, Debug)]
pub struct Selection<'a> {
    release: &'a Release,
    chosen: BTreeSet<&'a str>,
}

/// A feature was asked for that the release does not have.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown feature `{asked}` of release `{release}`; known: {known}")]
pub struct UnknownFeature {
    asked: String,
    release: String,
    known: String,
}

impl Release {
    /// Chooses features by id. None chosen means the release's default ones. A feature brings
    /// along those that it requires; order and repetition do not matter.
    ///
    /// # Errors
    /// When the release has no such feature; the error names those it has.
    pub fn select(&self, features: &[String]) -> Result<Selection<'_>, UnknownFeature> {
        let mut chosen = BTreeSet::new();
        for id in features {
            let feature = self.feature(id).ok_or_else(|| UnknownFeature {
                asked: id.clone(),
                release: self.id.clone(),
                known: comma_list(self.features.iter().map(Feature::id)),
            })?;
            self.choose(feature, &mut chosen);
        }
        if features.is_empty() {
            for feature in self.features.iter().filter(|feature| feature.default) {
                self.choose(feature, &mut chosen);
            }
        }
        Ok(Selection {
            release: self,
            chosen,
        })
    }

    pub(crate) fn feature(&self, id: &str) -> Option<&Feature> {
        self.features.iter().find(|feature| feature.id == id)
    }

    fn choose<'a>(&'a self, feature: &'a Feature, chosen: &mut BTreeSet<&'a str>) {
        if chosen.insert(&feature.id) {
            for required in feature.requires.iter().filter_map(|id| self.feature(id)) {
                self.choose(required, chosen);
            }
        }
    }
}

impl Selection<'_> {
    /// The release that the features belong to.
    #[must_use]
    pub fn release(&self) -> &Release {
        self.release
    }

    /// The features in effect, in the release's order.
    pub fn features(&self) -> impl Iterator<Item = &Feature> {
        let features = self.release.features.iter();
        features.filter(|feature| self.chosen.contains(feature.id()))
    }

    /// The smallest policy document that lets the chosen features work: the release's statements
    /// and actions in the release's order, without those that no chosen feature needs.
    #[must_use]
    pub fn policy(&self) -> PolicyDocument {
        let statements = self.release.statements.iter().map(|statement| {
            let needed = statement.requirements.iter();
            (statement, needed.filter(|r| self.needs(r)).collect())
        });
        PolicyDocument::new(&self.release.policy_version, statements)
    }

    /// What a credential must be allowed for the chosen features, in the order of the policy.
    #[must_use]
    pub fn requirements(&self) -> Vec<Requirement> {
        let statements = self.release.statements.iter();
        statements
            .flat_map(|statement| &statement.requirements)
            .filter(|requirement| self.needs(requirement))
            .map(|requirement| requirement.narrowed_to(&self.chosen))
            .collect()
    }

    fn needs(&self, requirement: &Requirement) -> bool {
        let mut features = requirement.features.iter();
        features.any(|feature| self.chosen.contains(feature.as_str()))
    }
}
