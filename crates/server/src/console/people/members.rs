//! `/workspaces/{workspace}/people`: who has a role there; its admins decide.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use commissary_core::domain::PageRequest;
use commissary_core::people::Member;
use commissary_core::{Action, Error, NewInvitation, Role};

use super::{Typed, back, invited, role};
use crate::api::Names;
use crate::console::faults::Faults;
use crate::console::form::Form;
use crate::console::render::{page as render, page_with_messages};
use crate::console::shell::{Crumb, Section, Shell, Visitor};
use crate::options::App;
use crate::problem::Problem;
use crate::query::{Parameters, cursor};
use crate::session::Browser;
use crate::urls;

/// How many people a page shows.
const ROWS: u32 = 50;

#[derive(Template)]
#[template(path = "members.html")]
struct MembersPage {
    shell: Shell,
    workspace: String,
    here: String,
    members: Vec<Member>,
    next: Option<String>,
    may_decide: bool,
    roles: [Role; 3],
    /// What was typed into the form that gives a role.
    given: Typed,
    /// What was typed into the form that invites.
    invited: Typed,
}

/// The list.
pub(crate) async fn page(
    visitor: Visitor,
    State(app): State<App>,
    Names(workspace): Names<String>,
    mut query: Parameters,
) -> Result<Response, Problem> {
    let request = query.take_page(ROWS)?;
    query.finish("`limit`, `cursor`")?;
    let forms = (Typed::default(), Typed::default());
    let template = built(&visitor, &app, &workspace, &request, forms).await?;
    page_with_messages(&visitor.headers, &template)
}

/// Gives a role.
pub(crate) async fn set(
    visitor: Visitor,
    State(app): State<App>,
    Names(workspace): Names<String>,
    mut form: Form,
) -> Result<Response, Problem> {
    visitor.must_in(Action::ManageMembers, &workspace).await?;
    let name = form.take("name");
    let role = role(&form.take("role"))?;
    let product = &app.commissary;
    let done = product
        .set_member(&visitor.actor, &workspace, &name, role)
        .await;
    match done {
        Err(Error::NotFound { what: "user", .. }) => {
            let message = format!("there is no user `{}`; invite them instead", name.trim());
            let fault = Problem::at("name", message);
            let status = fault.status();
            let given = Typed {
                name,
                faults: Faults::of(fault)?,
                ..Typed::default()
            };
            let forms = (given, Typed::default());
            let first = PageRequest::first();
            let template = built(&visitor, &app, &workspace, &first, forms).await?;
            render(status, &template)
        }
        done => back(
            &urls::people(&workspace),
            done.map(|_| ()),
            format!("`{}` has the role {role} now", name.trim()),
        ),
    }
}

/// Takes a role.
pub(crate) async fn remove(
    visitor: Visitor,
    State(app): State<App>,
    Names(workspace): Names<String>,
    mut form: Form,
) -> Result<Response, Problem> {
    visitor.must_in(Action::ManageMembers, &workspace).await?;
    let name = form.take("name");
    let product = &app.commissary;
    let done = product
        .remove_member(&visitor.actor, &workspace, &name)
        .await;
    let told = format!("`{name}` has no role here any more");
    back(&urls::people(&workspace), done, told)
}

/// Invites somebody to the workspace.
pub(crate) async fn invite(
    visitor: Visitor,
    State(app): State<App>,
    Names(workspace): Names<String>,
    Browser { transport, .. }: Browser,
    mut form: Form,
) -> Result<Response, Problem> {
    visitor.must_in(Action::ManageMembers, &workspace).await?;
    let name = form.take("name");
    let new = NewInvitation {
        name: name.clone(),
        administrator: false,
        roles: vec![(workspace.clone(), role(&form.take("role"))?)],
    };
    match app.commissary.invite(&visitor.actor, new).await {
        Ok((token, made)) => {
            let invitation = made.page.items.first().ok_or(Error::NotSignedIn)?;
            let here = urls::people(&workspace);
            let way = vec![Crumb::to("People", here.clone()), Crumb::here("Invitation")];
            let shell = visitor.shell_in(&workspace, Section::Members, way).await?;
            invited(
                shell,
                (&visitor.headers, transport),
                token,
                invitation,
                &here,
            )
        }
        Err(error) => {
            let (status, faults) = Faults::with_status(error)?;
            let typed = Typed {
                name,
                faults,
                ..Typed::default()
            };
            let forms = (Typed::default(), typed);
            let first = PageRequest::first();
            let template = built(&visitor, &app, &workspace, &first, forms).await?;
            render(status, &template)
        }
    }
}

async fn built(
    visitor: &Visitor,
    app: &App,
    workspace: &str,
    request: &PageRequest,
    (given, invited): (Typed, Typed),
) -> Result<MembersPage, Problem> {
    let product = &app.commissary;
    let page = product
        .list_members(&visitor.actor, workspace, request)
        .await?;
    let may_decide = visitor.may_in(Action::ManageMembers, workspace).await?;
    let here = urls::people(workspace);
    let way = vec![Crumb::here("People")];
    Ok(MembersPage {
        shell: visitor.shell_in(workspace, Section::Members, way).await?,
        workspace: workspace.to_owned(),
        next: page
            .next
            .as_ref()
            .map(|key| format!("{here}?cursor={}", cursor(key))),
        here,
        members: page.items,
        may_decide,
        roles: Role::ALL,
        given,
        invited,
    })
}
