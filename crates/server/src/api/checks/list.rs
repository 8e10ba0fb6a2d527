//! `GET …/checks`: the history, the newest first.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use commissary_core::Action;
use commissary_core::domain::PageRequest;

use crate::api::Names;
use crate::api::list::List;
use crate::api::query::Ask;
use crate::api::wire::CheckJson;
use crate::describe::{Operation, Tag};
use crate::options::App;
use crate::problem::Problem;
use crate::session::SignedIn;

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new(
        "listChecks",
        Tag::Checks,
        "The history of checks, the newest first",
    )
    .takes(Action::ReadProvider)
    .asks::<PageRequest>()
    .answers::<List<CheckJson>>(StatusCode::OK, "A page of them.")
}

pub(crate) async fn list_checks(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names((workspace, name)): Names<(String, String)>,
    Ask(request): Ask<PageRequest>,
) -> Result<Json<List<CheckJson>>, Problem> {
    let page = app
        .commissary
        .list_checks(&actor, &workspace, &name, &request)
        .await?;
    Ok(List::of(&page, CheckJson::of))
}
