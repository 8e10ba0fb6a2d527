//! `/setup`: the first administrator, by the link that the server printed.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use commissary_core::Error;
use commissary_core::people::{MIN_PASSWORD, PasswordInput};
use zeroize::Zeroizing;

use super::faults::Faults;
use super::form::Form;
use super::one_time_link;
use super::render::{Base, page as render};
use crate::options::App;
use crate::problem::Problem;
use crate::query::Parameters;
use crate::session::{Browser, welcome};

#[derive(Template)]
#[template(path = "setup.html")]
struct SetupPage<'a> {
    base: Base,
    token: &'a str,
    name: &'a str,
    min_password: usize,
    faults: Faults,
}

/// The form, for whoever has the link.
pub(crate) async fn page(
    State(app): State<App>,
    mut query: Parameters,
) -> Result<Response, Problem> {
    let token = Zeroizing::new(query.take("token")?.unwrap_or_default());
    app.commissary
        .check_setup(&token)
        .await
        .map_err(link_or_else)?;
    show(&app, StatusCode::OK, &token, "admin", Faults::default())
}

/// Makes the administrator and signs in.
pub(crate) async fn submit(
    State(app): State<App>,
    Browser { from, transport }: Browser,
    mut form: Form,
) -> Result<Response, Problem> {
    let token = Zeroizing::new(form.take("token"));
    let name = form.take("name");
    let chosen = PasswordInput::new(form.take("password"));
    match app
        .commissary
        .complete_setup(&token, from, &name, chosen)
        .await
    {
        Ok(begun) => welcome(begun, transport, "/"),
        Err(error) => {
            let (status, faults) = Faults::with_status(link_or_else(error))?;
            show(&app, status, &token, &name, faults)
        }
    }
}

fn show(
    app: &App,
    status: StatusCode,
    token: &str,
    name: &str,
    faults: Faults,
) -> Result<Response, Problem> {
    let template = SetupPage {
        base: Base::of(app),
        token,
        name,
        min_password: MIN_PASSWORD,
        faults,
    };
    render(status, &template)
}

fn link_or_else(error: Error) -> Problem {
    one_time_link::or_else(
        error,
        "this setup link does not work any more: it was used, is older than a day, or a newer one was made; if nobody can sign in yet, start `commissary serve` again and open the link that it prints",
    )
}
