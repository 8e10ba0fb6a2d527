//! `GET /api/v1/sessions`: one's own, the newest first.

use axum::Json;
use axum::extract::State;

use crate::api::list::List;
use crate::api::wire::SessionJson;
use crate::options::App;
use crate::problem::Problem;
use crate::query::Parameters;
use crate::session::SignedIn;

pub(crate) async fn list_sessions(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    query: Parameters,
) -> Result<Json<List<SessionJson>>, Problem> {
    query.finish("none")?;
    let sessions = app.commissary.list_sessions(&actor).await?;
    let current = actor.session_id();
    let written = sessions.iter().map(|one| SessionJson::of(one, current));
    Ok(List::whole(written.collect()))
}
