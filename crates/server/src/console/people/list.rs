//! `/people`: the users and the open invitations, and the form that invites.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use commissary_core::domain::PageRequest;
use commissary_core::people::InvitationId;
use commissary_core::{Action, Error, NewInvitation, Role};

use super::{Given, OpenInvitation, Typed, invited};
use crate::api::Id;
use crate::console::every;
use crate::console::faults::Faults;
use crate::console::flash::Message;
use crate::console::form::Form;
use crate::console::moment::Moment;
use crate::console::render::{go_and_tell, page as render, page_with_messages};
use crate::console::shell::{Crumb, Section, Shell, Visitor};
use crate::options::App;
use crate::problem::Problem;
use crate::query::{Parameters, cursor};
use crate::session::Browser;
use crate::urls;

/// How many users a page shows.
const ROWS: u32 = 50;

struct UserRow {
    name: String,
    href: String,
    administrator: bool,
    disabled: bool,
    roles: Vec<Given>,
    created: Moment,
}

#[derive(Template)]
#[template(path = "people.html")]
struct PeoplePage {
    shell: Shell,
    users: Vec<UserRow>,
    next: Option<String>,
    invitations: Vec<OpenInvitation>,
    roles: [Role; 3],
    typed: Typed,
}

/// The list.
pub(crate) async fn page(
    visitor: Visitor,
    State(app): State<App>,
    mut query: Parameters,
) -> Result<Response, Problem> {
    let request = query.take_page(ROWS)?;
    let typed = Typed::take(|field| query.take_all(field));
    query.finish("`limit`, `cursor`, and the fields of the form")?;
    let template = built(&visitor, &app, &request, typed).await?;
    page_with_messages(&visitor.headers, &template)
}

/// Invites somebody.
pub(crate) async fn invite(
    visitor: Visitor,
    State(app): State<App>,
    Browser { transport, .. }: Browser,
    mut form: Form,
) -> Result<Response, Problem> {
    visitor.must(Action::ManageUsers)?;
    let typed = Typed::take(|field| form.take_all(field));
    let ticked = typed.roles.iter().map(String::as_str);
    let invited_as = match chosen(ticked.chain(typed.other_roles.split(','))) {
        Ok(roles) => {
            let new = NewInvitation {
                name: typed.name.clone(),
                administrator: typed.administrator,
                roles,
            };
            app.commissary.invite(&visitor.actor, new).await
        }
        Err(error) => Err(error),
    };
    match invited_as {
        Ok((token, made)) => {
            let invitation = made.page.items.first().ok_or(Error::NotSignedIn)?;
            let way = vec![Crumb::to("People", "/people"), Crumb::here("Invitation")];
            let shell = visitor.shell(Section::People, way).await?;
            let request = (&visitor.headers, transport);
            invited(shell, request, token, invitation, "/people")
        }
        Err(error) => {
            let (status, faults) = Faults::with_status(error)?;
            let typed = Typed { faults, ..typed };
            let template = built(&visitor, &app, &PageRequest::first(), typed).await?;
            render(status, &template)
        }
    }
}

/// The roles that were chosen or typed, each as its role and its workspace; an empty one is none.
fn chosen<'a>(roles: impl Iterator<Item = &'a str>) -> Result<Vec<(String, Role)>, Error> {
    let given = roles.map(str::trim).filter(|text| !text.is_empty());
    let read = given.map(|text| {
        let role = text
            .split_once(' ')
            .and_then(|(role, workspace)| Some((workspace.trim().to_owned(), Role::parse(role)?)));
        role.ok_or_else(|| {
            let message = format!(
                "write a role and a workspace, for example `viewer team-a`, and not `{text}`"
            );
            Error::invalid("roles", message)
        })
    });
    read.collect()
}

/// Takes an invitation back.
pub(crate) async fn revoke(
    visitor: Visitor,
    State(app): State<App>,
    Id(id): Id,
) -> Result<Response, Problem> {
    app.commissary
        .revoke_invitation(&visitor.actor, InvitationId(id))
        .await?;
    go_and_tell("/people", &[Message::done("the invitation is taken back")])
}

async fn built(
    visitor: &Visitor,
    app: &App,
    request: &PageRequest,
    typed: Typed,
) -> Result<PeoplePage, Problem> {
    let product = &app.commissary;
    let users = product.list_users(&visitor.actor, request).await?;
    let (open, names) = every::invitations(product, &visitor.actor).await?;
    let way = vec![Crumb::here("People")];
    let user = |user: &commissary_core::people::User| UserRow {
        name: user.name.clone(),
        href: urls::person(&user.name),
        administrator: user.is_administrator(),
        disabled: user.disabled_at.is_some(),
        roles: Given::each(&user.effective_roles(), &users.workspaces),
        created: Moment::of(user.created_at),
    };
    Ok(PeoplePage {
        shell: visitor.shell(Section::People, way).await?,
        users: users.page.items.iter().map(user).collect(),
        next: users
            .page
            .next
            .as_ref()
            .map(|key| format!("/people?cursor={}", cursor(key))),
        invitations: open
            .iter()
            .map(|one| OpenInvitation::of(one, &names))
            .collect(),
        roles: Role::ALL,
        typed,
    })
}
