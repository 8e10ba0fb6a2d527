//! The release and the features that the address names.

use commissary_permissions::{DEFAULT_RELEASE, Feature, Release, Selection, release};

use crate::console::form::Form;
use crate::console::policy::{Takes, takes};
use crate::problem::Problem;
use crate::query::Parameters;

/// What is looked at.
pub(super) struct Choice {
    pub(super) selection: Selection<'static>,
    /// The release that it is compared with.
    pub(super) against: Option<&'static Release>,
}

/// A feature to tick, with what it takes.
pub(super) struct FeatureTick {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) takes: Takes,
}

impl Choice {
    /// Reads the address. Features count only for the release whose they are (`of`):
    /// whoever chooses another release in the form still sends those of the one before.
    pub(super) fn take(mut query: Parameters) -> Result<Self, Problem> {
        let id = query.take("release")?;
        let of = query.take("of")?;
        let features = query.take_all("feature");
        let against = query.take("against")?;
        query.finish("`release`, `of`, `feature`, `against`")?;
        Self::of(id, of, features, against)
    }

    /// Reads the same from a form.
    pub(super) fn of_form(form: &mut Form) -> Result<Self, Problem> {
        let given = |text: String| Some(text).filter(|text| !text.is_empty());
        let (release, against) = (given(form.take("release")), given(form.take("against")));
        Self::of(release, None, form.take_all("feature"), against)
    }

    fn of(
        id: Option<String>,
        of: Option<String>,
        features: Vec<String>,
        against: Option<String>,
    ) -> Result<Self, Problem> {
        let id = id.unwrap_or_else(|| DEFAULT_RELEASE.to_owned());
        let chosen = known("release", &id)?;
        let features = match of.is_none_or(|of| of == id) {
            true => features,
            false => Vec::new(),
        };
        let selection = chosen
            .select(&features)
            .map_err(|error| Problem::at("feature", error.to_string()))?;
        let against = against.filter(|id| !id.is_empty());
        Ok(Self {
            selection,
            against: against.map(|id| known("against", &id)).transpose()?,
        })
    }
}

fn known(field: &str, id: &str) -> Result<&'static Release, Problem> {
    release(id).map_err(|error| Problem::at(field, error.to_string()))
}

/// The features of the release, with what each takes beside the others that are chosen.
pub(super) fn ticks(selection: &Selection<'static>) -> Vec<FeatureTick> {
    let tick = |(feature, takes): (&'static Feature, Takes)| FeatureTick {
        id: feature.id(),
        title: feature.title(),
        takes,
    };
    takes(selection).into_iter().map(tick).collect()
}
