//! `GET /api/v1/audit-events/verification`: whether the audit log is whole.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use commissary_core::Action;
use commissary_core::domain::{AuditHead, AuditVerification, NotAHead};

use crate::api::query::{Ask, Query, Question};
use crate::describe::{Field, Operation, Tag};
use crate::options::App;
use crate::problem::Problem;
use crate::session::SignedIn;

static HEAD: Field = Field::new("head", "An entry that is known from elsewhere; any number.")
    .pattern(AuditHead::PATTERN, AuditHead::MOST);

/// Entries that are known from elsewhere.
pub(crate) struct KnownHeads(Vec<AuditHead>);

impl Question for KnownHeads {
    fn read(query: &mut Query) -> Result<Self, Problem> {
        let known = query.texts(&HEAD);
        let known: Result<Vec<AuditHead>, NotAHead> =
            known.iter().map(|text| text.parse()).collect();
        let known = known.map_err(|error| Problem::at(HEAD.name, error.to_string()))?;
        Ok(Self(known))
    }
}

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new(
        "verifyAuditEvents",
        Tag::Audit,
        "Whether the audit log is whole",
    )
    .takes(Action::ReadAudit)
    .asks::<KnownHeads>()
    .answers::<AuditVerification>(StatusCode::OK, "What a look at the whole log found.")
}

pub(crate) async fn verify_audit_events(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Ask(KnownHeads(known)): Ask<KnownHeads>,
) -> Result<Json<AuditVerification>, Problem> {
    Ok(Json(app.commissary.verify_audit(&actor, &known).await?))
}
