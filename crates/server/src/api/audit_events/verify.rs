//! `GET /api/v1/audit-events/verification`: whether the audit log is whole.

use axum::Json;
use axum::extract::State;
use commissary_core::FieldError;
use commissary_core::domain::{AuditHead, AuditVerification, NotAHead};

use crate::options::App;
use crate::problem::Problem;
use crate::query::Parameters;
use crate::session::SignedIn;

pub(crate) async fn verify_audit_events(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    mut query: Parameters,
) -> Result<Json<AuditVerification>, Problem> {
    let known = query.take_all("head");
    query.finish("`head`")?;
    let known: Result<Vec<AuditHead>, NotAHead> = known.iter().map(|text| text.parse()).collect();
    let known = known
        .map_err(|error| Problem::invalid(vec![FieldError::new("head", error.to_string())]))?;
    Ok(Json(app.commissary.verify_audit(&actor, &known).await?))
}
