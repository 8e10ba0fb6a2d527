//! `GET /api/v1/invitations`: those that one made, or all, the oldest first.

use axum::Json;
use axum::extract::State;

use crate::api::list::{DEFAULT_LIMIT, List};
use crate::api::wire::InvitationJson;
use crate::options::App;
use crate::problem::Problem;
use crate::query::Parameters;
use crate::session::SignedIn;

pub(crate) async fn list_invitations(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    mut query: Parameters,
) -> Result<Json<List<InvitationJson>>, Problem> {
    let request = query.take_page(DEFAULT_LIMIT)?;
    query.finish("`limit`, `cursor`")?;
    let list = app.commissary.list_invitations(&actor, &request).await?;
    Ok(List::of(&list.page, |invitation| {
        InvitationJson::of(invitation, &list.workspaces)
    }))
}
