//! `GET /api/v1/audit-events`: who did what, the newest first.

use axum::Json;
use axum::extract::State;

use super::filter::{FILTERS, take_filter};
use crate::api::list::{DEFAULT_LIMIT, List};
use crate::api::wire::AuditEventJson;
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
    let filter = take_filter(&mut query)?;
    query.finish(&format!("`limit`, `cursor`, {FILTERS}"))?;
    let page = app
        .commissary
        .list_audit_events(&actor, &filter, &request)
        .await?;
    Ok(List::of(&page, AuditEventJson::of))
}
