//! `DELETE /api/v1/workspaces/{workspace}/members/{user}`.

use axum::extract::State;
use axum::http::StatusCode;

use crate::api::Names;
use crate::options::App;
use crate::problem::Problem;
use crate::query::Parameters;
use crate::session::SignedIn;

pub(crate) async fn remove_member(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names((workspace, user)): Names<(String, String)>,
    query: Parameters,
) -> Result<StatusCode, Problem> {
    query.finish("none")?;
    app.commissary
        .remove_member(&actor, &workspace, &user)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
