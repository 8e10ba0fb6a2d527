//! `DELETE /api/v1/users/{user}?confirm={user}`.

use axum::extract::State;
use axum::http::StatusCode;

use crate::api::Names;
use crate::options::App;
use crate::problem::Problem;
use crate::query::Parameters;
use crate::session::SignedIn;

pub(crate) async fn delete_user(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names(name): Names<String>,
    mut query: Parameters,
) -> Result<StatusCode, Problem> {
    let confirm = query.take("confirm")?.unwrap_or_default();
    query.finish("`confirm`")?;
    app.commissary.delete_user(&actor, &name, &confirm).await?;
    Ok(StatusCode::NO_CONTENT)
}
