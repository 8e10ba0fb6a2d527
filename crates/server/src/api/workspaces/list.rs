//! `GET /api/v1/workspaces`, by name.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use commissary_core::Action;
use commissary_core::domain::PageRequest;

use crate::api::list::List;
use crate::api::query::Ask;
use crate::api::wire::WorkspaceJson;
use crate::describe::{Operation, Tag};
use crate::options::App;
use crate::problem::Problem;
use crate::session::SignedIn;

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new(
        "listWorkspaces",
        Tag::Workspaces,
        "The workspaces that one may see, by name",
    )
    .takes(Action::ListWorkspaces)
    .asks::<PageRequest>()
    .answers::<List<WorkspaceJson>>(StatusCode::OK, "A page of them.")
}

pub(crate) async fn list_workspaces(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Ask(request): Ask<PageRequest>,
) -> Result<Json<List<WorkspaceJson>>, Problem> {
    let page = app.commissary.list_workspaces(&actor, &request).await?;
    Ok(List::of(&page, WorkspaceJson::of))
}
