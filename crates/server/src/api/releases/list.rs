//! `GET /api/v1/releases`: what providers can be made for.

use axum::Json;
use axum::http::StatusCode;
use commissary_permissions::{Feature, Release, releases};
use schemars::JsonSchema;
use serde::Serialize;

use crate::api::list::List;
use crate::describe::{Operation, Tag};
use crate::problem::Problem;
use crate::session::SignedIn;

/// A release as it is written.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Release")]
pub(crate) struct ReleaseJson {
    id: &'static str,
    title: &'static str,
    source: &'static str,
    features: Vec<FeatureJson>,
    /// How many requirements its default features have.
    requirements: usize,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Feature")]
struct FeatureJson {
    id: &'static str,
    title: &'static str,
    default: bool,
    requires: &'static [String],
}

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new(
        "listReleases",
        Tag::Releases,
        "What providers can be made for",
    )
    .answers::<List<ReleaseJson>>(StatusCode::OK, "All of them.")
}

pub(crate) async fn list_releases(_: SignedIn) -> Result<Json<List<ReleaseJson>>, Problem> {
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
