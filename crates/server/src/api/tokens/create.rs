//! `POST /api/v1/tokens`: makes a token, told once.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use commissary_core::people::{ApiToken, NewToken};
use commissary_core::{Error, Expiry, FieldError, Listed, NewApiToken, Role};
use serde::Serialize;

use crate::api::body::Body;
use crate::api::fields::Fields;
use crate::api::wire::TokenJson;
use crate::options::App;
use crate::problem::Problem;
use crate::session::SignedIn;

/// What is answered: what is kept of the token, and the token.
#[derive(Serialize)]
struct Made<'a> {
    #[serde(flatten)]
    kept: TokenJson,
    token: &'a str,
}

pub(crate) async fn create_token(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Body(mut fields): Body,
) -> Result<Response, Problem> {
    let name = fields.text("name");
    let read_only = fields.flag("readOnly");
    let words = Role::ALL.map(|role| (role.name(), Some(role)));
    let most = fields.choice("role", &words, Some(None)).flatten();
    let workspaces = fields.optional_texts("workspaces");
    let expiry = expiry(&mut fields);
    fields.finish()?;
    let new = NewApiToken {
        name,
        read_only,
        most,
        workspaces,
        expiry: expiry?,
    };
    let (token, made) = app.commissary.create_token(&actor, new).await?;
    told(token, &made)
}

/// Tells a token that was just made.
pub(super) fn told(token: NewToken, made: &Listed<ApiToken>) -> Result<Response, Problem> {
    let kept = made.page.items.first().ok_or(Error::NotSignedIn)?;
    let token = token.hand_over();
    let body = Json(Made {
        kept: TokenJson::of(kept, &made.workspaces),
        token: &token,
    });
    Ok((StatusCode::CREATED, body).into_response())
}

/// Reads `expiresAt`: a moment, `never`, or nothing for the usual 90 days.
pub(super) fn expiry(fields: &mut Fields) -> Result<Expiry, Problem> {
    let wrong = |_| {
        let message = "`expiresAt` must be a moment such as `2027-01-31T12:00:00Z`, or `never`";
        Problem::invalid(vec![FieldError::new("expiresAt", message)])
    };
    match fields.optional_text("expiresAt") {
        None => Ok(Expiry::Usual),
        Some(text) if text.as_str() == "never" => Ok(Expiry::Never),
        Some(text) => text.parse().map(Expiry::At).map_err(wrong),
    }
}
