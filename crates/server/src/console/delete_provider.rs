//! `…/infrastructure-providers/{name}/delete`: asks to type the name, then deletes.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use commissary_core::domain::Provider;
use commissary_core::{Action, DeliveryStatus, Removal};

use super::faults::Faults;
use super::flash::Message;
use super::form::Form;
use super::render::{go_and_tell, page as render, page_with_messages};
use super::shell::{Crumb, Section, Shell, Visitor};
use super::uses::{Uses, removal};
use crate::api::Names;
use crate::options::App;
use crate::problem::Problem;
use crate::query::Parameters;
use crate::urls;

#[derive(Template)]
#[template(path = "delete_provider.html")]
struct DeletePage<'a> {
    shell: Shell,
    name: &'a str,
    account: Option<&'a str>,
    back: String,
    /// What was typed.
    confirm: String,
    take_back: String,
    uses: Uses,
    faults: Faults,
}

/// The question.
pub(crate) async fn page(
    visitor: Visitor,
    State(app): State<App>,
    Names((workspace, name)): Names<(String, String)>,
    mut query: Parameters,
) -> Result<Response, Problem> {
    visitor.must_in(Action::DeleteProvider, &workspace).await?;
    let product = &app.commissary;
    let provider = product
        .show_provider(&visitor.actor, &workspace, &name)
        .await?;
    let typed = Removal::typed(query.brought("confirm"));
    let asked = (typed, Faults::default());
    let template = asking(&visitor, &app, &workspace, &provider, asked).await?;
    page_with_messages(&visitor.headers, &template)
}

/// Deletes if the name was typed.
pub(crate) async fn submit(
    visitor: Visitor,
    State(app): State<App>,
    Names((workspace, name)): Names<(String, String)>,
    mut form: Form,
) -> Result<Response, Problem> {
    visitor.must_in(Action::DeleteProvider, &workspace).await?;
    let removal = removal(&mut form);
    let product = &app.commissary;
    let provider = product
        .show_provider(&visitor.actor, &workspace, &name)
        .await?;
    let deleted = product
        .delete_provider(&visitor.actor, &workspace, &name, &removal)
        .await;
    match deleted {
        Ok(()) => {
            let message = format!("the infrastructure provider `{}` is deleted", provider.name);
            go_and_tell(&urls::providers(&workspace), &[Message::done(message)])
        }
        Err(error) => {
            let (status, faults) = Faults::with_status(error)?;
            let asked = (removal, faults);
            let template = asking(&visitor, &app, &workspace, &provider, asked).await?;
            render(status, &template)
        }
    }
}

async fn asking<'a>(
    visitor: &Visitor,
    app: &App,
    workspace: &str,
    provider: &'a Provider,
    (removal, faults): (Removal, Faults),
) -> Result<DeletePage<'a>, Problem> {
    let name = provider.name.as_str();
    let product = &app.commissary;
    let there = product
        .list_deliveries(&visitor.actor, workspace, name)
        .await?;
    let users: Vec<String> = there.iter().flat_map(DeliveryStatus::uses).collect();
    let back = urls::provider(workspace, name);
    let way = vec![
        Crumb::to("Infrastructure Providers", urls::providers(workspace)),
        Crumb::to(name, back.clone()),
        Crumb::here("Delete"),
    ];
    Ok(DeletePage {
        shell: visitor.shell_in(workspace, Section::Providers, way).await?,
        name,
        account: provider
            .identity
            .as_ref()
            .map(|who| who.account_id.as_str()),
        back,
        take_back: urls::take_back(workspace, name),
        confirm: removal.typed,
        uses: Uses::of(&users, removal.force),
        faults,
    })
}
