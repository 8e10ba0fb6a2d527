//! `PUT /api/v1/account/password`: changes one's own password.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use commissary_core::people::PasswordInput;

use super::body::Body;
use crate::options::App;
use crate::problem::Problem;
use crate::session::{Browser, SignedIn, signed_in};

pub(crate) async fn change_password(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Browser { from, transport }: Browser,
    Body(mut fields): Body,
) -> Result<Response, Problem> {
    let current = PasswordInput::new(fields.text("currentPassword"));
    let new = PasswordInput::new(fields.text("password"));
    fields.finish()?;
    let begun = app
        .commissary
        .change_password(&actor, current, new, from)
        .await?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    if let Some(begun) = begun {
        for line in signed_in(begun, transport)? {
            response.headers_mut().append(header::SET_COOKIE, line);
        }
    }
    Ok(response)
}
