//! `GET /api/v1/releases`: what providers can be made for.

use axum::Json;
use commissary_permissions::{Feature, Release, releases};
use serde::Serialize;

use crate::api::list::List;
use crate::problem::Problem;
use crate::query::Parameters;
use crate::session::SignedIn;

/// A release as it is written.
#[derive(Serialize)]
pub(crate) struct ReleaseJson {
    id: &'static str,
    title: &'static str,
    source: &'static str,
    features: Vec<FeatureJson>,
    /// How many requirements its default features have.
    requirements: usize,
}

#[derive(Serialize)]
struct FeatureJson {
    id: &'static str,
    title: &'static str,
    default: bool,
    requires: &'static [String],
}

pub(crate) async fn list_releases(
    _: SignedIn,
    query: Parameters,
) -> Result<Json<List<ReleaseJson>>, Problem> {
    query.finish("none")?;
    let items: Result<Vec<ReleaseJson>, Problem> = releases().iter().map(written).collect();
    Ok(List::whole(items?))
}

fn written(release: &'static Release) -> Result<ReleaseJson, Problem> {
    let defaults = release
        .select(&[])
        .map_err(|error| Problem::internal(&error))?;
    Ok(ReleaseJson {
        id: release.id(),
        title: release.title(),
        source: release.source(),
        features: release.features().iter().map(feature).collect(),
        requirements: defaults.requirements().len(),
    })
}

fn feature(feature: &'static Feature) -> FeatureJson {
    FeatureJson {
        id: feature.id(),
        title: feature.title(),
        default: feature.default,
        requires: feature.requires(),
    }
}
