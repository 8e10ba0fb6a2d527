//! What forms let people choose from.

use commissary_core::FieldError;
use commissary_permissions::{Feature, Release, Selection, release, releases};

use super::policy::{Takes, takes};

/// Regions to choose from with a click; any other can be typed.
pub(crate) const REGIONS: [&str; 12] = [
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
    "ca-central-1",
    "eu-central-1",
    "eu-west-1",
    "eu-west-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-northeast-1",
    "us-gov-west-1",
];

/// A release to choose, with its features.
pub(crate) struct ReleaseChoice {
    pub(crate) id: &'static str,
    pub(crate) title: &'static str,
    pub(crate) chosen: bool,
    pub(crate) field: String,
    pub(crate) features: Vec<FeatureChoice>,
}

/// A feature to choose.
pub(crate) struct FeatureChoice {
    pub(crate) id: &'static str,
    pub(crate) title: &'static str,
    pub(crate) chosen: bool,
    /// What it takes of the policy, where that is shown.
    pub(crate) takes: Option<Takes>,
}

/// The name of the check boxes for the features of a release: each release has
/// its own, and those of the chosen one count.
pub(crate) fn features_field(release: &str) -> String {
    format!("features.{release}")
}

/// The features that were sent for a release; none where the form showed those of another one, as
/// it tells in `of`.
pub(crate) fn sent_features(
    release: &str,
    mut take: impl FnMut(&str) -> Vec<String>,
) -> Option<Vec<String>> {
    let features = take(&features_field(release));
    let seen = take("of").pop().as_deref() == Some(release) || !features.is_empty();
    seen.then_some(features)
}

/// What keeps a choice from being one, if anything does.
pub(crate) fn no_choice(chosen: &str, features: Option<&[String]>) -> Option<FieldError> {
    let choose = match features {
        None => "this release has others: look them over, then go on",
        Some([]) => "choose at least one thing that clusters need",
        Some(_) => return None,
    };
    release(chosen).ok()?;
    Some(FieldError::new("features", choose))
}

/// The releases, with the features that were sent for the chosen one; the defaults on a form not
/// sent yet.
pub(crate) fn release_choices(chosen: &str, features: Option<&[String]>) -> Vec<ReleaseChoice> {
    let releases = releases().iter();
    releases
        .map(|release| choice(release, chosen, features))
        .collect()
}

/// Says with each feature of the release that is chosen what it takes.
pub(crate) fn with_takes(
    mut releases: Vec<ReleaseChoice>,
    selection: &Selection<'static>,
) -> Vec<ReleaseChoice> {
    let chosen = releases.iter_mut().find(|release| release.chosen);
    let features = chosen.into_iter().flat_map(|release| &mut release.features);
    for (feature, (_, takes)) in features.zip(takes(selection)) {
        feature.takes = Some(takes);
    }
    releases
}

fn choice(release: &'static Release, chosen: &str, features: Option<&[String]>) -> ReleaseChoice {
    let chosen = release.id() == chosen;
    let sent = features.filter(|_| chosen);
    let feature = |feature: &'static Feature| FeatureChoice {
        id: feature.id(),
        title: feature.title(),
        chosen: sent.map_or(feature.default, |sent| {
            sent.iter().any(|id| id == feature.id())
        }),
        takes: None,
    };
    ReleaseChoice {
        id: release.id(),
        title: release.title(),
        chosen,
        field: features_field(release.id()),
        features: release.features().iter().map(feature).collect(),
    }
}
