//! `GET /api/v1/audit-events`: who did what, the newest first.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use commissary_core::Action;
use commissary_core::domain::{AuditFilterInput, PageRequest};

use crate::api::list::List;
use crate::api::query::{Ask, Query, Question};
use crate::api::wire::AuditEventJson;
use crate::describe::{Operation, Tag};
use crate::options::App;
use crate::problem::{Code, Problem};
use crate::session::SignedIn;

/// Which entries are wanted, and how many at once.
pub(crate) struct Filtered {
    request: PageRequest,
    filter: AuditFilterInput,
}

impl Question for Filtered {
    fn read(query: &mut Query) -> Result<Self, Problem> {
        Ok(Self {
            request: PageRequest::read(query)?,
            filter: AuditFilterInput::read(query)?,
        })
    }
}

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new(
        "listAuditEvents",
        Tag::Audit,
        "Who did what, the newest first",
    )
    .about("With `workspace` it takes the role admin there.")
    .takes(Action::ReadAudit)
    .asks::<Filtered>()
    .answers::<List<AuditEventJson>>(StatusCode::OK, "A page of them.")
    .refuses(&[Code::NotFound])
}

pub(crate) async fn list_audit_events(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Ask(Filtered { request, filter }): Ask<Filtered>,
) -> Result<Json<List<AuditEventJson>>, Problem> {
    let page = app
        .commissary
        .list_audit_events(&actor, &filter, &request)
        .await?;
    Ok(List::of(&page, AuditEventJson::of))
}
