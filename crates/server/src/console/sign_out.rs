//! `/sign-out`.

use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};

use crate::options::App;
use crate::problem::Problem;
use crate::session::{SESSION, SignedIn, cleared, session_token};

/// Ends the session and leads to the sign-in page.
pub(crate) async fn submit(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    if let Some(token) = session_token(&headers) {
        app.commissary.sign_out(&actor, token).await?;
    }
    Ok((
        [(header::SET_COOKIE, cleared(SESSION)?)],
        Redirect::to("/sign-in"),
    )
        .into_response())
}
