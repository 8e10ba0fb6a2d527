//! `/sign-in`.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use commissary_core::people::PasswordInput;

use super::faults::Faults;
use super::form::Form;
use super::render::{Base, page as render};
use crate::options::App;
use crate::problem::Problem;
use crate::query::Parameters;
use crate::session::{Browser, welcome};
use crate::urls::{self, safe_next};

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage<'a> {
    base: Base,
    next: &'a str,
    name: &'a str,
    elsewhere: Option<Elsewhere<'a>>,
    faults: Faults,
}

/// The identity provider that one may sign in with.
struct Elsewhere<'a> {
    name: &'a str,
    href: String,
}

impl<'a> Elsewhere<'a> {
    fn of(app: &'a App, next: &str) -> Option<Self> {
        let name = app.commissary.identity_provider()?;
        Some(Self {
            name,
            href: urls::sign_in_elsewhere(next),
        })
    }
}

/// The form.
pub(crate) async fn page(
    State(app): State<App>,
    mut query: Parameters,
) -> Result<Response, Problem> {
    let next = query.take("next")?.unwrap_or_default();
    let template = SignInPage {
        base: Base::of(&app),
        next: safe_next(&next),
        name: "",
        elsewhere: Elsewhere::of(&app, safe_next(&next)),
        faults: Faults::default(),
    };
    render(StatusCode::OK, &template)
}

/// Signs in and goes on to where the person wanted to go.
pub(crate) async fn submit(
    State(app): State<App>,
    Browser { from, transport }: Browser,
    mut form: Form,
) -> Result<Response, Problem> {
    let name = form.take("name");
    let next = form.take("next");
    let password = PasswordInput::new(form.take("password"));
    match app.commissary.sign_in(&name, password, from).await {
        Ok(begun) => welcome(begun, transport, safe_next(&next)),
        Err(error) => {
            let (status, faults) = Faults::with_status(error)?;
            let template = SignInPage {
                base: Base::of(&app),
                next: safe_next(&next),
                name: &name,
                elsewhere: Elsewhere::of(&app, safe_next(&next)),
                faults,
            };
            render(status, &template)
        }
    }
}
