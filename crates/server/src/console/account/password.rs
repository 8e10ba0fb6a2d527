//! `POST /account/password`.

use axum::extract::State;
use axum::http::header;
use axum::response::Response;
use commissary_core::people::PasswordInput;

use super::{TypedToken, built};
use crate::console::faults::Faults;
use crate::console::flash::Message;
use crate::console::form::Form;
use crate::console::render::{go_and_tell, page as render};
use crate::console::shell::Visitor;
use crate::options::App;
use crate::problem::Problem;
use crate::session::{Browser, signed_in};

/// Changes the password; this browser stays signed in and no other.
pub(crate) async fn submit(
    visitor: Visitor,
    State(app): State<App>,
    Browser { from, transport }: Browser,
    mut form: Form,
) -> Result<Response, Problem> {
    let current = PasswordInput::new(form.take("currentPassword"));
    let new = PasswordInput::new(form.take("password"));
    match app
        .commissary
        .change_password(&visitor.actor, current, new, from)
        .await
    {
        Ok(begun) => {
            let told = "your password is changed, and every other session has ended";
            let mut response = go_and_tell("/account", &[Message::done(told)])?;
            if let Some(begun) = begun {
                for line in signed_in(begun, transport)? {
                    response.headers_mut().append(header::SET_COOKIE, line);
                }
            }
            Ok(response)
        }
        Err(error) => {
            let (status, faults) = Faults::with_status(error)?;
            let template = built(&visitor, &app, faults, TypedToken::default()).await?;
            render(status, &template)
        }
    }
}
