//! `GET /api/v1/invitations`: those that one made, or all, the oldest first.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use commissary_core::Action;
use commissary_core::domain::PageRequest;

use crate::api::list::List;
use crate::api::query::Ask;
use crate::api::wire::InvitationJson;
use crate::describe::{Operation, Tag};
use crate::options::App;
use crate::problem::Problem;
use crate::session::SignedIn;

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new(
        "listInvitations",
        Tag::People,
        "The invitations that one made, or all for a global administrator, the oldest first",
    )
    .takes(Action::ListInvitations)
    .asks::<PageRequest>()
    .answers::<List<InvitationJson>>(StatusCode::OK, "A page of them.")
}

pub(crate) async fn list_invitations(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Ask(request): Ask<PageRequest>,
) -> Result<Json<List<InvitationJson>>, Problem> {
    let list = app.commissary.list_invitations(&actor, &request).await?;
    Ok(List::of(&list.page, |invitation| {
        InvitationJson::of(invitation, &list.workspaces)
    }))
}
