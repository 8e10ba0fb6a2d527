//! `GET /api/v1/workspaces/{workspace}`.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use commissary_core::Action;

use crate::api::Names;
use crate::api::wire::WorkspaceJson;
use crate::describe::{Operation, Tag};
use crate::options::App;
use crate::problem::Problem;
use crate::session::SignedIn;

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new("showWorkspace", Tag::Workspaces, "A workspace")
        .takes(Action::ReadWorkspace)
        .answers::<WorkspaceJson>(StatusCode::OK, "The workspace.")
}

pub(crate) async fn show_workspace(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names(workspace): Names<String>,
) -> Result<Json<WorkspaceJson>, Problem> {
    let workspace = app.commissary.show_workspace(&actor, &workspace).await?;
    Ok(Json(WorkspaceJson::of(&workspace)))
}
