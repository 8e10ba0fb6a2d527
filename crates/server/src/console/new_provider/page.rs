//! The form as a page.

use askama::Template;
use commissary_permissions::{Feature, Release, releases};

use super::form::{Typed, features_field, label};
use crate::console::faults::Faults;
use crate::console::shell::{Crumb, Section, Shell, Visitor};
use crate::problem::Problem;
use crate::urls;

/// Regions to choose from with a click; any other can be typed.
const REGIONS: [&str; 12] = [
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

pub(super) struct ReleaseChoice {
    id: &'static str,
    title: &'static str,
    chosen: bool,
    field: String,
    features: Vec<FeatureChoice>,
}

struct FeatureChoice {
    id: &'static str,
    title: &'static str,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "new_provider.html")]
pub(super) struct NewProviderPage {
    shell: Shell,
    cancel: String,
    typed: Typed,
    faults: Faults,
    regions: [&'static str; 12],
    releases: Vec<ReleaseChoice>,
}

impl NewProviderPage {
    /// The label of a field, for the summary of faults.
    fn label(&self, field: &str) -> &'static str {
        label(field).unwrap_or("This form")
    }

    /// Whether the features are shown opened.
    fn features_open(&self) -> bool {
        self.faults.at("features").is_some()
    }

    /// Whether the session token is shown opened.
    fn token_open(&self) -> bool {
        self.typed.temporary || self.faults.at("sessionToken").is_some()
    }
}

/// The form with what was typed.
pub(super) async fn shown(
    visitor: &Visitor,
    workspace: &str,
    typed: Typed,
    faults: Faults,
) -> Result<NewProviderPage, Problem> {
    let list = urls::providers(workspace);
    let way = vec![
        Crumb::to("Infrastructure Providers", list.clone()),
        Crumb::here("Add Infrastructure Provider"),
    ];
    Ok(NewProviderPage {
        shell: visitor.shell_in(workspace, Section::Providers, way).await?,
        cancel: list,
        faults,
        regions: REGIONS,
        releases: releases()
            .iter()
            .map(|release| choice(release, &typed))
            .collect(),
        typed,
    })
}

fn choice(release: &'static Release, typed: &Typed) -> ReleaseChoice {
    let chosen = release.id() == typed.release;
    let sent = typed.features.as_ref().filter(|_| chosen);
    let feature = |feature: &'static Feature| FeatureChoice {
        id: feature.id(),
        title: feature.title(),
        chosen: sent.map_or(feature.default, |sent| {
            sent.iter().any(|id| id == feature.id())
        }),
    };
    ReleaseChoice {
        id: release.id(),
        title: release.title(),
        chosen,
        field: features_field(release.id()),
        features: release.features().iter().map(feature).collect(),
    }
}
