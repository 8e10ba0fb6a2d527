//! `GET …/checks`: the history, the newest first.

use axum::Json;
use axum::extract::State;

use crate::api::Names;
use crate::api::list::{DEFAULT_LIMIT, List};
use crate::api::wire::CheckJson;
use crate::options::App;
use crate::problem::Problem;
use crate::query::Parameters;
use crate::session::SignedIn;

pub(crate) async fn list_checks(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names((workspace, name)): Names<(String, String)>,
    mut query: Parameters,
) -> Result<Json<List<CheckJson>>, Problem> {
    let request = query.take_page(DEFAULT_LIMIT)?;
    query.finish("`limit`, `cursor`")?;
    let page = app
        .commissary
        .list_checks(&actor, &workspace, &name, &request)
        .await?;
    Ok(List::of(&page, CheckJson::of))
}
