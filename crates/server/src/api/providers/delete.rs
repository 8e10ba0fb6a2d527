//! `DELETE …/infrastructure-providers/{name}?confirm=NAME`.

use axum::extract::State;
use axum::http::StatusCode;

use crate::api::Names;
use crate::options::App;
use crate::problem::Problem;
use crate::query::Parameters;
use crate::session::SignedIn;

pub(crate) async fn delete_provider(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names((workspace, name)): Names<(String, String)>,
    mut query: Parameters,
) -> Result<StatusCode, Problem> {
    let confirmation = query.take("confirm")?.unwrap_or_default();
    query.finish("`confirm`")?;
    app.commissary
        .delete_provider(&actor, &workspace, &name, &confirmation)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
