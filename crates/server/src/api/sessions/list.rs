//! `GET /api/v1/sessions`: one's own, the newest first.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use commissary_core::Action;

use crate::api::list::List;
use crate::api::wire::SessionJson;
use crate::describe::{Operation, Tag};
use crate::options::App;
use crate::problem::Problem;
use crate::session::SignedIn;

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new(
        "listSessions",
        Tag::Account,
        "One's own sessions in browsers, the newest first",
    )
    .takes(Action::ReadOwnAccount)
    .answers::<List<SessionJson>>(StatusCode::OK, "All of them.")
}

pub(crate) async fn list_sessions(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
) -> Result<Json<List<SessionJson>>, Problem> {
    let sessions = app.commissary.list_sessions(&actor).await?;
    let current = actor.session_id();
    let written = sessions.iter().map(|one| SessionJson::of(one, current));
    Ok(List::whole(written.collect()))
}
