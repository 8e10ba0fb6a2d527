//! `GET /api/v1/audit-events`: who did what, the newest first.

use axum::Json;
use axum::extract::State;

use super::list::{DEFAULT_LIMIT, List};
use super::wire::AuditEventJson;
use crate::options::App;
use crate::problem::Problem;
use crate::query::Parameters;
use crate::session::SignedIn;

pub(crate) async fn list_audit_events(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    mut query: Parameters,
) -> Result<Json<List<AuditEventJson>>, Problem> {
    let request = query.take_page(DEFAULT_LIMIT)?;
    query.finish("`limit`, `cursor`")?;
    let page = app.commissary.list_audit_events(&actor, &request).await?;
    Ok(List::of(&page, AuditEventJson::of))
}
