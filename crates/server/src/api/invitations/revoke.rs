//! `DELETE /api/v1/invitations/{id}`.

use axum::extract::State;
use axum::http::StatusCode;
use commissary_core::Action;
use commissary_core::people::InvitationId;

use crate::api::Id;
use crate::describe::{Operation, Tag};
use crate::options::App;
use crate::problem::Problem;
use crate::session::SignedIn;

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new("revokeInvitation", Tag::People, "Take an invitation back")
        .takes(Action::RevokeInvitation)
        .answers_nothing("It is gone.")
}

pub(crate) async fn revoke_invitation(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Id(id): Id,
) -> Result<StatusCode, Problem> {
    app.commissary
        .revoke_invitation(&actor, InvitationId(id))
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
