//! `GET /api/v1/workspaces`, by name.

use axum::Json;
use axum::extract::State;

use crate::api::list::{DEFAULT_LIMIT, List};
use crate::api::wire::WorkspaceJson;
use crate::options::App;
use crate::problem::Problem;
use crate::query::Parameters;
use crate::session::SignedIn;

pub(crate) async fn list_workspaces(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    mut query: Parameters,
) -> Result<Json<List<WorkspaceJson>>, Problem> {
    let request = query.take_page(DEFAULT_LIMIT)?;
    query.finish("`limit`, `cursor`")?;
    let page = app.commissary.list_workspaces(&actor, &request).await?;
    Ok(List::of(&page, WorkspaceJson::of))
}
