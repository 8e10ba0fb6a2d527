//! `DELETE /api/v1/login`: revokes the token that the request came with.

use axum::extract::State;
use axum::http::StatusCode;

use crate::describe::{Operation, Tag};
use crate::options::App;
use crate::problem::{Code, Problem};
use crate::session::SignedIn;

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new(
        "logOut",
        Tag::Account,
        "Revoke the token that the request carries",
    )
    .answers_nothing("It is revoked.")
    .refuses(&[Code::Conflict])
}

pub(crate) async fn log_out(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
) -> Result<StatusCode, Problem> {
    app.commissary.log_out(&actor).await?;
    Ok(StatusCode::NO_CONTENT)
}
