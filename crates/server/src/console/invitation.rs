//! `/invitation`: whoever was invited chooses a password and is there.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use commissary_core::people::{Invitation, MIN_PASSWORD, PasswordInput, WorkspaceNames};
use commissary_core::{Error, Listed};
use zeroize::Zeroizing;

use super::faults::Faults;
use super::form::Form;
use super::one_time_link;
use super::people::Given;
use super::render::{Base, page as render};
use crate::options::App;
use crate::problem::Problem;
use crate::query::Parameters;
use crate::session::{Browser, welcome};

#[derive(Template)]
#[template(path = "invitation.html")]
struct InvitationPage<'a> {
    base: Base,
    token: &'a str,
    name: &'a str,
    invited_by: &'a str,
    administrator: bool,
    roles: Vec<Given>,
    min_password: usize,
    faults: Faults,
}

/// The form, for whoever has the link.
pub(crate) async fn page(
    State(app): State<App>,
    mut query: Parameters,
) -> Result<Response, Problem> {
    let token = Zeroizing::new(query.take("token")?.unwrap_or_default());
    let open = app.commissary.check_invitation(&token).await;
    let open = open.map_err(link_or_else)?;
    show(&app, StatusCode::OK, &token, &open, Faults::default())
}

/// Makes the user and signs in.
pub(crate) async fn submit(
    State(app): State<App>,
    Browser { from, transport }: Browser,
    mut form: Form,
) -> Result<Response, Problem> {
    let token = Zeroizing::new(form.take("token"));
    let password = PasswordInput::new(form.take("password"));
    let open = app.commissary.check_invitation(&token).await;
    let open = open.map_err(link_or_else)?;
    match app
        .commissary
        .accept_invitation(&token, password, from)
        .await
    {
        Ok(begun) => welcome(begun, transport, "/"),
        Err(error) => {
            let (status, faults) = Faults::with_status(link_or_else(error))?;
            show(&app, status, &token, &open, faults)
        }
    }
}

fn show(
    app: &App,
    status: StatusCode,
    token: &str,
    open: &Listed<Invitation>,
    faults: Faults,
) -> Result<Response, Problem> {
    let names: &WorkspaceNames = &open.workspaces;
    let invitation = open.page.items.first().ok_or(Error::NotSignedIn)?;
    let template = InvitationPage {
        base: Base::of(app),
        token,
        name: &invitation.name,
        invited_by: &invitation.invited_by,
        administrator: invitation.administrator,
        roles: Given::each(&invitation.roles, names),
        min_password: MIN_PASSWORD,
        faults,
    };
    render(status, &template)
}

fn link_or_else(error: Error) -> Problem {
    one_time_link::or_else(
        error,
        "this invitation does not work any more: it was used or taken back, or is older than a week; ask whoever invited you for another one",
    )
}
