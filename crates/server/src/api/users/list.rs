//! `GET /api/v1/users`, by name.

use axum::Json;
use axum::extract::State;

use crate::api::list::{DEFAULT_LIMIT, List};
use crate::api::wire::UserJson;
use crate::options::App;
use crate::problem::Problem;
use crate::query::Parameters;
use crate::session::SignedIn;

pub(crate) async fn list_users(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    mut query: Parameters,
) -> Result<Json<List<UserJson>>, Problem> {
    let request = query.take_page(DEFAULT_LIMIT)?;
    query.finish("`limit`, `cursor`")?;
    let list = app.commissary.list_users(&actor, &request).await?;
    Ok(List::of(&list.page, |user| {
        UserJson::of(user, &list.workspaces)
    }))
}
