//! A choice of features, and what it needs.

use std::collections::BTreeSet;

use crate::document::PolicyDocument;
use crate::parameter::{NameError, Names};
use crate::policies::PolicyOptions;
use crate::release::{Feature, Form, Release, comma_list};
use crate::requirement::Requirement;

/// The features of one release that a person chose, with those that these require.
#[derive(Clone, Debug)]
pub struct Selection<'a> {
    release: &'a Release,
    chosen: BTreeSet<&'a str>,
    pub(crate) names: Names,
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
        if features.is_empty() {
            return Ok(self.with_default_features());
        }
        let mut chosen = BTreeSet::new();
        for id in features {
            let feature = self.feature(id).ok_or_else(|| UnknownFeature {
                asked: id.clone(),
                release: self.id.clone(),
                known: comma_list(self.features.iter().map(Feature::id)),
            })?;
            self.choose(feature, &mut chosen);
        }
        Ok(Selection {
            release: self,
            chosen,
            names: Names::defaults(self),
        })
    }

    /// Chooses what is chosen when a person chooses nothing.
    #[must_use]
    pub fn with_default_features(&self) -> Selection<'_> {
        let mut chosen = BTreeSet::new();
        for feature in self.features.iter().filter(|feature| feature.default) {
            self.choose(feature, &mut chosen);
        }
        Selection {
            release: self,
            chosen,
            names: Names::defaults(self),
        }
    }

    /// Chooses every feature, also those that are chosen only by name.
    #[must_use]
    pub fn with_all_features(&self) -> Selection<'_> {
        Selection {
            release: self,
            chosen: self.features.iter().map(Feature::id).collect(),
            names: Names::defaults(self),
        }
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

impl<'a> Selection<'a> {
    /// The release that the features belong to.
    #[must_use]
    pub fn release(&self) -> &'a Release {
        self.release
    }

    /// The features in effect, in the release's order.
    pub fn features(&self) -> impl Iterator<Item = &Feature> {
        let features = self.release.features.iter();
        features.filter(|feature| self.chosen.contains(feature.id()))
    }

    pub(crate) fn is_chosen(&self, feature: &Feature) -> bool {
        self.chosen.contains(feature.id())
    }

    /// The features that are chosen here or in another choice, and not in both.
    pub(crate) fn differs_from(&self, other: &Self) -> BTreeSet<&'a str> {
        let differ = self.chosen.symmetric_difference(&other.chosen);
        differ.copied().collect()
    }

    /// The features that choosing one more would choose beside it, in the release's order.
    #[must_use]
    pub fn brings(&self, feature: &Feature) -> Vec<&'a Feature> {
        let more = self.with(feature).chosen;
        let features = self.release.features.iter();
        let others = features.filter(|one| one.id != feature.id && !self.is_chosen(one));
        others.filter(|one| more.contains(one.id())).collect()
    }

    /// The same with a feature and those that it requires.
    pub(crate) fn with(&self, feature: &Feature) -> Self {
        let mut more = self.clone();
        if let Some(feature) = self.release.feature(feature.id()) {
            self.release.choose(feature, &mut more.chosen);
        }
        more
    }

    /// The same without a feature alone: those that require it stay.
    pub(crate) fn without(&self, feature: &Feature) -> Self {
        let mut less = self.clone();
        less.chosen.remove(feature.id());
        less
    }

    /// Chooses a name in place of the release's default, such as the prefix of the KMS alias.
    ///
    /// # Errors
    /// When the release has no such parameter, or the name would not stand for itself in a policy.
    pub fn with_name(mut self, parameter: &str, value: &str) -> Result<Self, NameError> {
        self.names.set(self.release, parameter, value)?;
        Ok(self)
    }

    /// The smallest policy document that lets the chosen features work, in the release's default
    /// form: its statements and actions in its order, without those that no chosen feature needs.
    /// It may exceed what one managed policy holds; [`Selection::policies`] splits it.
    #[must_use]
    pub fn policy(&self) -> PolicyDocument {
        self.policy_in(self.release.form)
    }

    /// The same in the form that is asked for.
    #[must_use]
    pub fn policy_in(&self, form: Form) -> PolicyDocument {
        let options = PolicyOptions {
            form,
            narrowing: None,
        };
        self.whole_policy(&options)
    }

    /// What a credential must be allowed for the chosen features, in the order of the policy.
    #[must_use]
    pub fn requirements(&self) -> Vec<Requirement> {
        self.requirements_in(self.release.form)
    }

    /// The same, each as the policy in the form that is asked for grants it.
    #[must_use]
    pub fn requirements_in(&self, form: Form) -> Vec<Requirement> {
        let statements = self.release.statements(form).iter();
        statements
            .flat_map(|statement| &statement.requirements)
            .filter(|requirement| self.needs(requirement))
            .map(|requirement| self.chosen(requirement))
            .collect()
    }

    pub(crate) fn needs(&self, requirement: &Requirement) -> bool {
        self.first_feature(requirement).is_some()
    }

    /// The first of the chosen features, in the release's order, that needs it.
    pub(crate) fn first_feature(&self, requirement: &Requirement) -> Option<&Feature> {
        let mut features = self.features();
        features.find(|feature| requirement.features.contains(&feature.id))
    }

    /// The requirement as the chosen features and names make it.
    pub(crate) fn chosen(&self, requirement: &Requirement) -> Requirement {
        requirement.narrowed_to(&self.chosen, &self.names)
    }
}
