//! `POST /account/sessions/{id}/end`.

use axum::extract::State;
use axum::response::Response;
use commissary_core::people::SessionId;

use crate::api::Id;
use crate::console::flash::Message;
use crate::console::render::go_and_tell;
use crate::console::shell::Visitor;
use crate::options::App;
use crate::problem::Problem;

/// Ends one of one's own sessions.
pub(crate) async fn end(
    visitor: Visitor,
    State(app): State<App>,
    Id(id): Id,
) -> Result<Response, Problem> {
    app.commissary
        .end_session(&visitor.actor, SessionId(id))
        .await?;
    go_and_tell("/account", &[Message::done("the session has ended")])
}
