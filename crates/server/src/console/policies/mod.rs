//! `/policies`: which policy a release needs, why, and what another release would change.

mod choice;
mod difference;
mod reasons;
mod review;

use askama::Template;
use axum::response::Response;
use commissary_permissions::releases;

use self::choice::{Choice, FeatureTick};
use self::difference::Difference;
use self::reasons::Group;
use self::review::Pasted;
pub(crate) use self::review::submit;
use super::policy::PolicyView;
use super::render::page_with_messages;
use super::shell::{Crumb, Section, Shell, Visitor};
use crate::problem::Problem;
use crate::query::Parameters;

/// A release to choose.
struct ReleaseOption {
    id: &'static str,
    title: &'static str,
    chosen: bool,
    compared: bool,
}

#[derive(Template)]
#[template(path = "policies.html")]
struct PoliciesPage {
    shell: Shell,
    releases: Vec<ReleaseOption>,
    features: Vec<FeatureTick>,
    policy: PolicyView,
    groups: Vec<Group>,
    difference: Option<Difference>,
    pasted: Pasted,
}

pub(crate) async fn page(visitor: Visitor, mut query: Parameters) -> Result<Response, Problem> {
    let pasted = Pasted {
        text: query.brought("policy"),
        ..Pasted::default()
    };
    let choice = Choice::take(query)?;
    let template = shown(&visitor, choice, pasted).await?;
    page_with_messages(&visitor.headers, &template)
}

/// The page of a choice, with what was pasted into it.
async fn shown(visitor: &Visitor, choice: Choice, pasted: Pasted) -> Result<PoliciesPage, Problem> {
    let selection = &choice.selection;
    let release = selection.release();
    let against = choice.against;
    let option = |one: &'static commissary_permissions::Release| ReleaseOption {
        id: one.id(),
        title: one.title(),
        chosen: one.id() == release.id(),
        compared: against.is_some_and(|against| against.id() == one.id()),
    };
    Ok(PoliciesPage {
        shell: visitor
            .shell(Section::Policies, vec![Crumb::here("Policies")])
            .await?,
        releases: releases().iter().map(option).collect(),
        features: choice::ticks(selection),
        policy: PolicyView::of(selection),
        groups: reasons::groups(selection),
        difference: against.map(|against| Difference::of(selection, against)),
        pasted,
    })
}
