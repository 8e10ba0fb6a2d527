//! `GET /api/v1/tokens`: one's own, or all, the oldest first.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use commissary_core::Action;
use commissary_core::domain::PageRequest;

use crate::api::list::List;
use crate::api::query::Ask;
use crate::api::wire::TokenJson;
use crate::describe::{Operation, Tag};
use crate::options::App;
use crate::problem::Problem;
use crate::session::SignedIn;

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new(
        "listTokens",
        Tag::Account,
        "One's own tokens, or all for a global administrator, the oldest first",
    )
    .takes(Action::ReadOwnAccount)
    .asks::<PageRequest>()
    .answers::<List<TokenJson>>(StatusCode::OK, "A page of them.")
}

pub(crate) async fn list_tokens(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Ask(request): Ask<PageRequest>,
) -> Result<Json<List<TokenJson>>, Problem> {
    let list = app.commissary.list_tokens(&actor, &request).await?;
    Ok(List::of(&list.page, |token| {
        TokenJson::of(token, &list.workspaces)
    }))
}
