//! `GET /api/v1/users`, by name.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use commissary_core::Action;
use commissary_core::domain::PageRequest;

use crate::api::list::List;
use crate::api::query::Ask;
use crate::api::wire::UserJson;
use crate::describe::{Operation, Tag};
use crate::options::App;
use crate::problem::Problem;
use crate::session::SignedIn;

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new("listUsers", Tag::People, "The users, by name")
        .takes(Action::ListUsers)
        .asks::<PageRequest>()
        .answers::<List<UserJson>>(StatusCode::OK, "A page of them.")
}

pub(crate) async fn list_users(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Ask(request): Ask<PageRequest>,
) -> Result<Json<List<UserJson>>, Problem> {
    let list = app.commissary.list_users(&actor, &request).await?;
    Ok(List::of(&list.page, |user| {
        UserJson::of(user, &list.workspaces)
    }))
}
