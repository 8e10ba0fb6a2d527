//! `DELETE /api/v1/login`: revokes the token that the request came with.

use axum::extract::State;
use axum::http::StatusCode;

use crate::options::App;
use crate::problem::Problem;
use crate::query::Parameters;
use crate::session::SignedIn;

pub(crate) async fn log_out(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    query: Parameters,
) -> Result<StatusCode, Problem> {
    query.finish("none")?;
    app.commissary.log_out(&actor).await?;
    Ok(StatusCode::NO_CONTENT)
}
