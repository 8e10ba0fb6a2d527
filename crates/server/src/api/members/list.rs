//! `GET /api/v1/workspaces/{workspace}/members`, by name.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use commissary_core::Action;
use commissary_core::domain::PageRequest;

use crate::api::Names;
use crate::api::list::List;
use crate::api::query::Ask;
use crate::api::wire::MemberJson;
use crate::describe::{Operation, Tag};
use crate::options::App;
use crate::problem::Problem;
use crate::session::SignedIn;

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new(
        "listMembers",
        Tag::People,
        "Who has a role in a workspace, by name",
    )
    .takes(Action::ReadMembers)
    .asks::<PageRequest>()
    .answers::<List<MemberJson>>(StatusCode::OK, "A page of them.")
}

pub(crate) async fn list_members(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names(workspace): Names<String>,
    Ask(request): Ask<PageRequest>,
) -> Result<Json<List<MemberJson>>, Problem> {
    let page = app
        .commissary
        .list_members(&actor, &workspace, &request)
        .await?;
    Ok(List::of(&page, MemberJson::of))
}
