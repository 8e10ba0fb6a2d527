//! `…/infrastructure-providers/new`: the form "Add Infrastructure Provider".

mod form;
mod page;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use commissary_core::ports::Silent;
use commissary_core::{NewProvider, Notice, ProviderAdded};

use super::faults::Faults;
use super::flash::Message;
use super::form::Form;
use super::render::{go_and_tell, page as render};
use super::shell::Visitor;
use crate::api::Names;
use crate::options::App;
use crate::problem::Problem;
use crate::{running, urls};
use form::Typed;
use page::shown;

/// The empty form.
pub(crate) async fn page(
    visitor: Visitor,
    State(app): State<App>,
    Names(workspace): Names<String>,
) -> Result<Response, Problem> {
    // A workspace that is not there has no form.
    app.commissary
        .show_workspace(&visitor.actor, &workspace)
        .await?;
    let template = shown(&visitor, &workspace, Typed::default(), Faults::default()).await?;
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
    let (typed, new) = form::read(form);
    let added = match new {
        Ok(new) => saved(&visitor, &app, &workspace, new).await,
        Err(problem) => Err(problem),
    };
    match added {
        Ok(added) => {
            let to = urls::provider(&workspace, added.provider.name.as_str());
            go_and_tell(&to, &messages(&added))
        }
        Err(problem) => {
            let status = problem.status();
            let template = shown(&visitor, &workspace, typed, Faults::of(problem)?).await?;
            render(status, &template)
        }
    }
}

async fn saved(
    visitor: &Visitor,
    app: &App,
    workspace: &str,
    new: NewProvider,
) -> Result<ProviderAdded, Problem> {
    let product = app.commissary.clone();
    let (actor, workspace) = (visitor.actor.clone(), workspace.to_owned());
    running::to_its_end(async move {
        Ok(product
            .add_provider(&actor, &workspace, new, &Silent)
            .await?)
    })
    .await
}

fn messages(added: &ProviderAdded) -> Vec<Message> {
    let mut messages = vec![Message::done(format!(
        "the infrastructure provider `{}` is saved",
        added.provider.name
    ))];
    messages.extend(added.notices.iter().map(notice));
    messages
}

fn notice(notice: &Notice) -> Message {
    let label = notice.field.as_deref().and_then(form::label);
    Message::attention(match label {
        Some(label) => format!("{label}: {}", notice.message),
        None => notice.message.clone(),
    })
}
