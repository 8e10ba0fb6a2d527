//! `DELETE /api/v1/workspaces/{workspace}/members/{user}`.

use axum::extract::State;
use axum::http::StatusCode;
use commissary_core::Action;

use crate::api::Names;
use crate::describe::{Operation, Tag};
use crate::options::App;
use crate::problem::Problem;
use crate::session::SignedIn;

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new(
        "removeMember",
        Tag::People,
        "Take a user's role in a workspace",
    )
    .takes(Action::ManageMembers)
    .answers_nothing("It is gone.")
}

pub(crate) async fn remove_member(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names((workspace, user)): Names<(String, String)>,
) -> Result<StatusCode, Problem> {
    app.commissary
        .remove_member(&actor, &workspace, &user)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
