//! `…/infrastructure-providers/new`: the form "Add Infrastructure Provider".

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use commissary_core::ports::Silent;
use commissary_core::{Action, NewProvider, ProviderSaved};

use super::check;
use super::form::{Sent, Typed, Wish};
use super::messages;
use super::page::{Purpose, shown, to_policy};
use crate::api::Names;
use crate::api::events::wants_events;
use crate::console::faults::Faults;
use crate::console::form::Form;
use crate::console::render::{go_and_tell, page as render, page_with_messages};
use crate::console::shell::Visitor;
use crate::options::App;
use crate::problem::Problem;
use crate::query::Parameters;
use crate::{running, urls};

/// The form: empty, or with what the address brings back.
pub(crate) async fn page(
    visitor: Visitor,
    Names(workspace): Names<String>,
    query: Parameters,
) -> Result<Response, Problem> {
    visitor.must_in(Action::AddProvider, &workspace).await?;
    let typed = Typed::of_query(query).unwrap_or_default();
    let faults = Faults::default();
    let template = shown(&visitor, &workspace, Purpose::Add(None), typed, faults).await?;
    page_with_messages(&visitor.headers, &template)
}

/// Saves, and goes on to the provider's page; or checks, or shows the form again with what
/// was wrong.
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
    let product = app.commissary.clone();
    let (actor, workspace) = (visitor.actor.clone(), workspace.to_owned());
    running::to_its_end(async move {
        Ok(product
            .add_provider(&actor, &workspace, new, &Silent)
            .await?)
    })
    .await
}
