//! `DELETE /api/v1/workspaces/{workspace}`.

use axum::extract::State;
use axum::http::StatusCode;

use crate::api::Names;
use crate::options::App;
use crate::problem::Problem;
use crate::query::Parameters;
use crate::session::SignedIn;

pub(crate) async fn delete_workspace(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names(workspace): Names<String>,
    query: Parameters,
) -> Result<StatusCode, Problem> {
    query.finish("none")?;
    app.commissary.delete_workspace(&actor, &workspace).await?;
    Ok(StatusCode::NO_CONTENT)
}
