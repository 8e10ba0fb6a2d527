//! `/people/{user}`: one user, and what can be decided about them.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use commissary_core::{Error, UserEdit};

use super::{Given, back};
use crate::api::Names;
use crate::console::faults::Faults;
use crate::console::flash::Message;
use crate::console::form::{Form, not_whole};
use crate::console::moment::Moment;
use crate::console::render::{go_and_tell, page as render, page_with_messages};
use crate::console::shell::{Crumb, Section, Shell, Visitor};
use crate::options::App;
use crate::problem::Problem;
use crate::query::Parameters;
use crate::urls;

#[derive(Template)]
#[template(path = "person.html")]
struct PersonPage {
    shell: Shell,
    name: String,
    here: String,
    /// Whether by hand or by a group.
    administrator: bool,
    by_hand: bool,
    disabled: Option<Moment>,
    roles: Vec<Given>,
    elsewhere: Option<FromGroups>,
    created: Moment,
    /// What was typed to delete the user.
    confirm: String,
    faults: Faults,
}

/// What the groups of the identity provider give.
struct FromGroups {
    issuer: String,
    administrator: bool,
    roles: Vec<Given>,
    until: Moment,
}

/// The page.
pub(crate) async fn page(
    visitor: Visitor,
    State(app): State<App>,
    Names(name): Names<String>,
    mut query: Parameters,
) -> Result<Response, Problem> {
    let confirm = query.brought("confirm");
    let template = built(&visitor, &app, &name, (confirm, Faults::default())).await?;
    page_with_messages(&visitor.headers, &template)
}

/// Changes one thing and goes back.
pub(crate) async fn edit(
    visitor: Visitor,
    State(app): State<App>,
    Names(name): Names<String>,
    mut form: Form,
) -> Result<Response, Problem> {
    let (edit, told) = match form.take("do").as_str() {
        "disable" => (UserEdit::Disable, "may not sign in any more"),
        "enable" => (UserEdit::Enable, "may sign in again"),
        "promote" => (
            UserEdit::Administrator(true),
            "is a global administrator now",
        ),
        "demote" => (
            UserEdit::Administrator(false),
            "is no global administrator any more",
        ),
        _ => {
            visitor.must(commissary_core::Action::ManageUsers)?;
            return Err(not_whole());
        }
    };
    let done = app.commissary.edit_user(&visitor.actor, &name, edit).await;
    back(&urls::person(&name), done, format!("`{name}` {told}"))
}

/// Deletes if the name was typed.
pub(crate) async fn delete(
    visitor: Visitor,
    State(app): State<App>,
    Names(name): Names<String>,
    mut form: Form,
) -> Result<Response, Problem> {
    let typed = form.take("confirm");
    match app
        .commissary
        .delete_user(&visitor.actor, &name, &typed)
        .await
    {
        Ok(()) => {
            let told = format!("the user `{name}` is deleted");
            go_and_tell("/people", &[Message::done(told)])
        }
        Err(error) => {
            let (status, faults) = Faults::with_status(error)?;
            let template = built(&visitor, &app, &name, (typed, faults)).await?;
            render(status, &template)
        }
    }
}

async fn built(
    visitor: &Visitor,
    app: &App,
    name: &str,
    (confirm, faults): (String, Faults),
) -> Result<PersonPage, Problem> {
    let found = app.commissary.show_user(&visitor.actor, name).await?;
    let user = found.page.items.first().ok_or(Error::NotSignedIn)?;
    let way = vec![
        Crumb::to("People", "/people"),
        Crumb::here(user.name.clone()),
    ];
    Ok(PersonPage {
        shell: visitor.shell(Section::People, way).await?,
        name: user.name.clone(),
        here: urls::person(&user.name),
        administrator: user.is_administrator(),
        by_hand: user.administrator,
        disabled: user.disabled_at.map(Moment::of),
        roles: Given::each(&user.effective_roles(), &found.workspaces),
        elsewhere: user.elsewhere.as_ref().map(|known| FromGroups {
            issuer: known.issuer.clone(),
            administrator: known.rights.administrator,
            roles: Given::each(&known.rights.roles, &found.workspaces),
            until: Moment::of(known.until),
        }),
        created: Moment::of(user.created_at),
        confirm,
        faults,
    })
}
