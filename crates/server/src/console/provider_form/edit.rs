//! `…/infrastructure-providers/{name}/edit`: the form with what is kept. Keys are
//! replaced, never shown; a form that is out of date says what changed meanwhile.

use axum::extract::State;
use axum::response::Response;
use commissary_core::domain::Provider;
use commissary_core::ports::Silent;
use commissary_core::{Action, ProviderChange, ProviderSaved};

use super::form::{Sent, Typed, Wish};
use super::messages;
use super::page::{Edited, Purpose, asks_for_needs, needs_alone, shown, to_policy};
use super::seen::Seen;
use crate::api::Names;
use crate::console::faults::Faults;
use crate::console::form::{Form, not_whole};
use crate::console::render::{go_and_tell, page as render, page_with_messages};
use crate::console::shell::Visitor;
use crate::options::App;
use crate::problem::{Code, Problem};
use crate::query::Parameters;
use crate::{running, urls};

/// The form with the provider as it is, or with what the address brings back.
pub(crate) async fn page(
    visitor: Visitor,
    State(app): State<App>,
    Names((workspace, name)): Names<(String, String)>,
    mut query: Parameters,
) -> Result<Response, Problem> {
    visitor.must_in(Action::UpdateProvider, &workspace).await?;
    if asks_for_needs(&mut query) {
        let typed = Typed::of_query(query).unwrap_or_default();
        return needs_alone(&workspace, &typed);
    }
    let provider = app
        .commissary
        .show_provider(&visitor.actor, &workspace, &name)
        .await?;
    let now = Seen::of(&provider);
    let seen = query.take("seen")?;
    let seen = seen.and_then(|seen| Seen::decoded(&seen));
    let seen = seen.unwrap_or_else(|| now.clone());
    let typed = Typed::of_query(query).unwrap_or_else(|| seen.typed());
    let (typed, purpose) = upon(now, &seen, &typed);
    let template = shown(&visitor, &workspace, purpose, typed, Faults::default()).await?;
    page_with_messages(&visitor.headers, &template)
}

/// Saves what was changed in the form, and goes back to the provider's page; or
/// shows the form again with what was wrong.
pub(crate) async fn submit(
    visitor: Visitor,
    State(app): State<App>,
    Names((workspace, name)): Names<(String, String)>,
    mut form: Form,
) -> Result<Response, Problem> {
    visitor.must_in(Action::UpdateProvider, &workspace).await?;
    let seen = Seen::decoded(&form.take("seen")).ok_or_else(not_whole)?;
    let sent = Sent::read(form);
    let typed = sent.typed.clone();
    if sent.wish == Wish::Policy {
        let form = format!("{}/edit", urls::provider(&workspace, &name));
        return Ok(to_policy(&form, &seen.beside(&typed.query())));
    }
    let current = app
        .commissary
        .show_provider(&visitor.actor, &workspace, &name)
        .await?;
    let saved = if !seen.is_still(&Seen::of(&current)) {
        Err(overtaken())
    } else if let Some(fault) = sent.fault {
        Err(fault)
    } else {
        saved(&visitor, &app, &workspace, current, change(sent, &seen)).await
    };
    match saved {
        Ok(saved) => {
            let to = urls::provider(&workspace, saved.provider.name.as_str());
            go_and_tell(&to, &messages(&saved))
        }
        Err(problem) => again(&visitor, &app, (&workspace, &name), (seen, typed), problem).await,
    }
}

fn overtaken() -> Problem {
    Problem::new(
        Code::PreconditionFailed,
        "somebody else changed this provider since you opened the form",
    )
}

/// What differs from what the form showed.
fn change(sent: Sent, seen: &Seen) -> ProviderChange {
    let Sent {
        typed,
        credential,
        has_secret,
        ..
    } = sent;
    let other = |typed: &String, seen: &String| (typed != seen).then(|| typed.clone());
    let verify = typed.verify();
    let new_keys = has_secret || credential.access_key_id.trim() != seen.access_key_id;
    let features = typed.features.unwrap_or_default();
    let other_features = typed.release != seen.release || features != seen.features;
    ProviderChange {
        name: other(&typed.name, &seen.name),
        region: other(&typed.region, &seen.region),
        release: other(&typed.release, &seen.release),
        features: other_features.then_some(features),
        credential: new_keys.then_some(credential),
        verify,
    }
}

async fn saved(
    visitor: &Visitor,
    app: &App,
    workspace: &str,
    current: Provider,
    change: ProviderChange,
) -> Result<ProviderSaved, Problem> {
    let product = app.commissary.clone();
    let (actor, workspace) = (visitor.actor.clone(), workspace.to_owned());
    running::to_its_end(async move {
        Ok(product
            .update_provider(&actor, &workspace, &current, change, &Silent)
            .await?)
    })
    .await
}

/// The form once more, upon what is kept now.
async fn again(
    visitor: &Visitor,
    app: &App,
    (workspace, name): (&str, &str),
    (seen, typed): (Seen, Typed),
    problem: Problem,
) -> Result<Response, Problem> {
    let status = problem.status();
    let current = app
        .commissary
        .show_provider(&visitor.actor, workspace, name)
        .await?;
    let (typed, purpose) = upon(Seen::of(&current), &seen, &typed);
    let faults = Faults::of(problem)?;
    let template = shown(visitor, workspace, purpose, typed, faults).await?;
    render(status, &template)
}

/// What was typed upon what was `seen`, as a form upon what is kept now.
fn upon(now: Seen, seen: &Seen, typed: &Typed) -> (Typed, Purpose) {
    let edited = Edited {
        name: now.name.clone(),
        differences: seen.differences(&now),
        seen: now.clone(),
    };
    (seen.rebased(typed, &now), Purpose::Edit(edited))
}
