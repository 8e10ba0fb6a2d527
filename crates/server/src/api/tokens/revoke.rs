//! `DELETE /api/v1/tokens/{id}`.

use axum::extract::State;
use axum::http::StatusCode;
use commissary_core::Action;
use commissary_core::people::TokenId;

use crate::api::Id;
use crate::describe::{Operation, Tag};
use crate::options::App;
use crate::problem::Problem;
use crate::session::SignedIn;

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new("revokeToken", Tag::Account, "Revoke a token")
        .takes(Action::ChangeOwnAccount)
        .answers_nothing("It is gone.")
}

pub(crate) async fn revoke_token(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Id(id): Id,
) -> Result<StatusCode, Problem> {
    app.commissary.revoke_token(&actor, TokenId(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}
