//! `GET /api/v1/tokens`: one's own, or all, the oldest first.

use axum::Json;
use axum::extract::State;

use crate::api::list::{DEFAULT_LIMIT, List};
use crate::api::wire::TokenJson;
use crate::options::App;
use crate::problem::Problem;
use crate::query::Parameters;
use crate::session::SignedIn;

pub(crate) async fn list_tokens(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    mut query: Parameters,
) -> Result<Json<List<TokenJson>>, Problem> {
    let request = query.take_page(DEFAULT_LIMIT)?;
    query.finish("`limit`, `cursor`")?;
    let list = app.commissary.list_tokens(&actor, &request).await?;
    Ok(List::of(&list.page, |token| {
        TokenJson::of(token, &list.workspaces)
    }))
}
