//! `DELETE /api/v1/sessions/{id}`.

use axum::extract::State;
use axum::http::StatusCode;
use commissary_core::Action;
use commissary_core::people::SessionId;

use crate::api::Id;
use crate::describe::{Operation, Tag};
use crate::options::App;
use crate::problem::Problem;
use crate::session::SignedIn;

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new("endSession", Tag::Account, "End one of one's own sessions")
        .takes(Action::ChangeOwnAccount)
        .answers_nothing("It is gone.")
}

pub(crate) async fn end_session(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Id(id): Id,
) -> Result<StatusCode, Problem> {
    app.commissary.end_session(&actor, SessionId(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}
