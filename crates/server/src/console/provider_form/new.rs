//! `…/infrastructure-providers/new`: the form "Add Infrastructure Provider".

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use commissary_core::ports::Silent;
use commissary_core::{Action, NewProvider, ProviderSaved};

use super::form::{Sent, Typed};
use super::messages;
use super::page::{Purpose, shown};
use crate::api::Names;
use crate::console::faults::Faults;
use crate::console::form::Form;
use crate::console::render::{go_and_tell, page as render};
use crate::console::shell::Visitor;
use crate::options::App;
use crate::problem::Problem;
use crate::{running, urls};

/// The empty form.
pub(crate) async fn page(
    visitor: Visitor,
    Names(workspace): Names<String>,
) -> Result<Response, Problem> {
    visitor.must_in(Action::AddProvider, &workspace).await?;
    let template = shown(
        &visitor,
        &workspace,
        Purpose::Add,
        Typed::default(),
        Faults::default(),
    )
    .await?;
    render(StatusCode::OK, &template)
}

/// Saves, and goes on to the provider's page; or shows the form again with what
/// was wrong.
pub(crate) async fn submit(
    visitor: Visitor,
    State(app): State<App>,
    Names(workspace): Names<String>,
    form: Form,
) -> Result<Response, Problem> {
    visitor.must_in(Action::AddProvider, &workspace).await?;
    let Sent {
        typed,
        credential,
        fault,
        ..
    } = Sent::read(form);
    let added = match fault {
        Some(fault) => Err(fault),
        None => {
            let new = NewProvider {
                name: typed.name.clone(),
                credential,
                region: Some(typed.region.clone()),
                release: Some(typed.release.clone()),
                features: typed.features.clone().unwrap_or_default(),
                verify: typed.verify(),
            };
            saved(&visitor, &app, &workspace, new).await
        }
    };
    match added {
        Ok(added) => {
            let to = urls::provider(&workspace, added.provider.name.as_str());
            go_and_tell(&to, &messages(&added))
        }
        Err(problem) => {
            let (status, faults) = Faults::with_status(problem)?;
            let template = shown(&visitor, &workspace, Purpose::Add, typed, faults).await?;
            render(status, &template)
        }
    }
}

async fn saved(
    visitor: &Visitor,
    app: &App,
    workspace: &str,
    new: NewProvider,
) -> Result<ProviderSaved, Problem> {
    let product = app.commissary.clone();
    let (actor, workspace) = (visitor.actor.clone(), workspace.to_owned());
    running::to_its_end(async move {
        Ok(product
            .add_provider(&actor, &workspace, new, &Silent)
            .await?)
    })
    .await
}
