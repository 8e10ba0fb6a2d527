//! `DELETE /api/v1/workspaces/{workspace}`.

use axum::extract::State;
use axum::http::StatusCode;
use commissary_core::Action;

use crate::api::Names;
use crate::describe::{Operation, Tag};
use crate::options::App;
use crate::problem::{Code, Problem};
use crate::session::SignedIn;

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new(
        "deleteWorkspace",
        Tag::Workspaces,
        "Remove an empty workspace",
    )
    .takes(Action::DeleteWorkspace)
    .answers_nothing("It is gone.")
    .refuses(&[Code::Conflict])
}

pub(crate) async fn delete_workspace(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names(workspace): Names<String>,
) -> Result<StatusCode, Problem> {
    app.commissary.delete_workspace(&actor, &workspace).await?;
    Ok(StatusCode::NO_CONTENT)
}
