//! `POST /api/v1/login`: makes a token for whoever has a user's password.

use axum::extract::State;
use axum::response::Response;
use commissary_core::NewApiToken;
use commissary_core::people::PasswordInput;

use super::create::{expiry, told};
use crate::api::body::Body;
use crate::options::App;
use crate::problem::Problem;
use crate::session::Browser;

pub(crate) async fn log_in(
    State(app): State<App>,
    Browser { from, .. }: Browser,
    Body(mut fields): Body,
) -> Result<Response, Problem> {
    let name = fields.text("name");
    let password = PasswordInput::new(fields.text("password"));
    let token_name = fields.text("tokenName");
    let expiry = expiry(&mut fields);
    fields.finish()?;
    let new = NewApiToken {
        name: token_name,
        expiry: expiry?,
        ..NewApiToken::default()
    };
    let (token, made) = app.commissary.log_in(&name, password, new, from).await?;
    told(token, &made)
}
