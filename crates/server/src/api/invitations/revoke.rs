//! `DELETE /api/v1/invitations/{id}`.

use axum::extract::State;
use axum::http::StatusCode;
use commissary_core::people::InvitationId;

use crate::api::Id;
use crate::options::App;
use crate::problem::Problem;
use crate::query::Parameters;
use crate::session::SignedIn;

pub(crate) async fn revoke_invitation(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Id(id): Id,
    query: Parameters,
) -> Result<StatusCode, Problem> {
    query.finish("none")?;
    app.commissary
        .revoke_invitation(&actor, InvitationId(id))
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
