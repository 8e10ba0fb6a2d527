//! `/sign-out`.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};

use crate::options::App;
use crate::problem::Problem;
use crate::session::{Browser, SESSION, SignedIn};

/// Ends the session and leads to the sign-in page.
pub(crate) async fn submit(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Browser { transport, .. }: Browser,
) -> Result<Response, Problem> {
    app.commissary.sign_out(&actor).await?;
    Ok((
        [(header::SET_COOKIE, SESSION.cleared(transport)?)],
        Redirect::to("/sign-in"),
    )
        .into_response())
}
