//! `…/infrastructure-providers/new`: the form "Add Infrastructure Provider".

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use commissary_core::{Action, CheckHow, NewProvider, Notice, ProviderSaved};

use super::check;
use super::form::{Sent, Typed, Wish};
use super::messages;
use super::page::{Purpose, asks_for_needs, needs_alone, shown, to_policy};
use crate::api::Names;
use crate::api::events::wants_events;
use crate::console::faults::Faults;
use crate::console::form::Form;
use crate::console::render::{go_and_tell, page as render, page_with_messages};
use crate::console::shell::Visitor;
use crate::options::App;
use crate::problem::Problem;
use crate::query::Parameters;
use crate::{checks, running, urls};

/// The form: empty, or with what the address brings back.
pub(crate) async fn page(
    visitor: Visitor,
    Names(workspace): Names<String>,
    mut query: Parameters,
) -> Result<Response, Problem> {
    visitor.must_in(Action::AddProvider, &workspace).await?;
    let alone = asks_for_needs(&mut query);
    let typed = Typed::of_query(query).unwrap_or_default();
    if alone {
        return needs_alone(&workspace, &typed);
    }
    let faults = Faults::default();
    let template = shown(&visitor, &workspace, Purpose::Add(None), typed, faults).await?;
    page_with_messages(&visitor.headers, &template)
}

/// Saves, begins the first check and goes on to the provider's page; or checks, or shows the form
/// again with what was wrong.
pub(crate) async fn submit(
    visitor: Visitor,
    State(app): State<App>,
    Names(workspace): Names<String>,
    form: Form,
) -> Result<Response, Problem> {
    visitor.must_in(Action::AddProvider, &workspace).await?;
    let sent = Sent::read(form);
    let typed = sent.typed.clone();
    let problem = match sent.wish {
        Wish::Policy => {
            return Ok(to_policy(&urls::new_provider(&workspace), &typed.query()));
        }
        Wish::Check if wants_events(&visitor.headers) => {
            return check::streamed(&visitor, app, workspace, sent).await;
        }
        Wish::Check => match check::checked(&visitor, &app, &workspace, sent).await {
            Ok(checked) => {
                let (purpose, faults) = (Purpose::Add(Some(Box::new(checked))), Faults::default());
                let template = shown(&visitor, &workspace, purpose, typed, faults).await?;
                return render(StatusCode::OK, &template);
            }
            Err(problem) => problem,
        },
        Wish::Save => match saved(&visitor, &app, &workspace, sent).await {
            Ok(added) => {
                let to = urls::provider(&workspace, added.provider.name.as_str());
                return go_and_tell(&to, &messages(&added));
            }
            Err(problem) => problem,
        },
    };
    let (status, faults) = Faults::with_status(problem)?;
    let template = shown(&visitor, &workspace, Purpose::Add(None), typed, faults).await?;
    render(status, &template)
}

async fn saved(
    visitor: &Visitor,
    app: &App,
    workspace: &str,
    sent: Sent,
) -> Result<ProviderSaved, Problem> {
    let new = NewProvider {
        verify: sent.typed.verify(),
        name: sent.typed.name.clone(),
        keys: check::asked(sent)?,
    };
    let app = app.clone();
    let (actor, workspace) = (visitor.actor.clone(), workspace.to_owned());
    running::to_its_end(async move {
        let product = &app.commissary;
        let mut saved = product.save_provider(&actor, &workspace, new).await?;
        if saved.provider.identity.is_some() {
            let name = saved.provider.name.as_str();
            match checks::begin(&app, &actor, &workspace, name, CheckHow::default()).await {
                Ok(begun) => checks::start(&app, begun),
                Err(problem) => saved.notices.push(unchecked(&problem)),
            }
        }
        Ok(saved)
    })
    .await
}

/// It is saved, and its page shows the first check while it runs.
fn unchecked(problem: &Problem) -> Notice {
    Notice {
        field: None,
        message: format!("its first check did not begin: {}", problem.detail),
    }
}
