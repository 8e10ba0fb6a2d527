//! `/policies`: which policy a release needs, why, and what another release would change.

mod choice;
mod difference;
mod reasons;
mod review;

use askama::Template;
use axum::response::Response;
use commissary_permissions::{
    MANAGED_POLICY_LIMIT, PolicyDocument, PolicyOptions, Selection, releases,
};

use self::choice::{Choice, FeatureTick};
use self::difference::Difference;
use self::reasons::Group;
use self::review::Pasted;
pub(crate) use self::review::submit;
use super::render::page_with_messages;
use super::shell::{Crumb, Section, Shell, Visitor};
use crate::problem::Problem;
use crate::query::Parameters;
use crate::urls;

/// A release to choose.
struct ReleaseOption {
    id: &'static str,
    title: &'static str,
    chosen: bool,
    compared: bool,
}

/// How large a policy is, next to what IAM takes.
struct Size {
    characters: usize,
    limit: usize,
    statements: usize,
    entries: usize,
    actions: usize,
}

/// One of several policies that together hold what one cannot.
struct Part {
    features: String,
    characters: usize,
}

#[derive(Template)]
#[template(path = "policies.html")]
struct PoliciesPage {
    shell: Shell,
    release: &'static str,
    title: &'static str,
    consumer: &'static str,
    source: &'static str,
    releases: Vec<ReleaseOption>,
    features: Vec<FeatureTick>,
    size: Size,
    /// The policies that it is split into; empty where one holds it.
    parts: Vec<Part>,
    policy: String,
    download: String,
    groups: Vec<Group>,
    difference: Option<Difference>,
    pasted: Pasted,
}

pub(crate) async fn page(visitor: Visitor, query: Parameters) -> Result<Response, Problem> {
    let choice = Choice::take(query)?;
    let template = shown(&visitor, choice, Pasted::default()).await?;
    page_with_messages(&visitor.headers, &template)
}

/// The page of a choice, with what was pasted into it.
async fn shown(visitor: &Visitor, choice: Choice, pasted: Pasted) -> Result<PoliciesPage, Problem> {
    let selection = &choice.selection;
    let release = selection.release();
    let policy = selection.policy();
    let features: Vec<String> = selection
        .features()
        .map(|feature| feature.id().to_owned())
        .collect();
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
        release: release.id(),
        title: release.title(),
        consumer: release.consumer(),
        source: release.source(),
        releases: releases().iter().map(option).collect(),
        features: choice::ticks(selection),
        size: Size::of(&policy),
        parts: parts(selection, &policy),
        policy: policy.to_pretty(),
        download: urls::api_policy(release.id(), &features),
        groups: reasons::groups(selection),
        difference: against.map(|against| Difference::of(selection, against)),
        pasted,
    })
}

impl Size {
    fn of(policy: &PolicyDocument) -> Self {
        Self {
            characters: policy.size(),
            limit: MANAGED_POLICY_LIMIT,
            statements: policy.statements(),
            entries: policy.entries(),
            actions: policy.unique_actions(),
        }
    }
}

fn parts(selection: &Selection<'_>, whole: &PolicyDocument) -> Vec<Part> {
    if whole.size() <= MANAGED_POLICY_LIMIT {
        return Vec::new();
    }
    let options = PolicyOptions {
        form: selection.release().form(),
        narrowing: None,
    };
    let parts = selection.policies(&options).parts;
    let part = |part: &commissary_permissions::Part| Part {
        features: part.features.join(", "),
        characters: part.policy.size(),
    };
    parts.iter().map(part).collect()
}
