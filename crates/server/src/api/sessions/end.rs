//! `DELETE /api/v1/sessions/{id}`.

use axum::extract::State;
use axum::http::StatusCode;
use commissary_core::people::SessionId;

use crate::api::Id;
use crate::options::App;
use crate::problem::Problem;
use crate::query::Parameters;
use crate::session::SignedIn;

pub(crate) async fn end_session(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Id(id): Id,
    query: Parameters,
) -> Result<StatusCode, Problem> {
    query.finish("none")?;
    app.commissary.end_session(&actor, SessionId(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}
