//! `GET /api/v1/workspaces/{workspace}/members`, by name.

use axum::Json;
use axum::extract::State;

use crate::api::Names;
use crate::api::list::{DEFAULT_LIMIT, List};
use crate::api::wire::MemberJson;
use crate::options::App;
use crate::problem::Problem;
use crate::query::Parameters;
use crate::session::SignedIn;

pub(crate) async fn list_members(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names(workspace): Names<String>,
    mut query: Parameters,
) -> Result<Json<List<MemberJson>>, Problem> {
    let request = query.take_page(DEFAULT_LIMIT)?;
    query.finish("`limit`, `cursor`")?;
    let page = app
        .commissary
        .list_members(&actor, &workspace, &request)
        .await?;
    Ok(List::of(&page, MemberJson::of))
}
