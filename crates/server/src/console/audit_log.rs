//! `/audit-log`: who did what, the newest first.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use commissary_core::domain::{AuditEvent, AuditOutcome};

use super::moment::Moment;
use super::render::page_with_messages;
use super::shell::{Crumb, Section, Shell, Visitor};
use crate::options::App;
use crate::problem::Problem;
use crate::query::{Parameters, cursor};

/// How many entries a page shows.
const ROWS: u32 = 50;

struct Row {
    at: Moment,
    actor: String,
    from: String,
    action: String,
    target: String,
    refused: bool,
}

#[derive(Template)]
#[template(path = "audit_log.html")]
struct AuditPage {
    shell: Shell,
    rows: Vec<Row>,
    older: Option<String>,
    /// Whether newer entries were left behind.
    later_page: bool,
}

pub(crate) async fn page(
    visitor: Visitor,
    State(app): State<App>,
    mut query: Parameters,
) -> Result<Response, Problem> {
    let request = query.take_page(ROWS)?;
    let list = app
        .commissary
        .list_audit_events(&visitor.actor, &request)
        .await?;
    let way = vec![Crumb::here("Audit log")];
    let template = AuditPage {
        shell: visitor.shell(Section::Audit, way).await?,
        rows: list.items.iter().map(row).collect(),
        older: list
            .next
            .map(|key| format!("/audit-log?cursor={}", cursor(&key))),
        later_page: request.after().is_some(),
    };
    page_with_messages(&visitor.headers, &template)
}

fn row(event: &AuditEvent) -> Row {
    Row {
        at: Moment::of(event.at),
        actor: event.actor.clone(),
        from: event.from.clone(),
        action: event.action.clone(),
        target: event.target.clone(),
        refused: event.outcome == AuditOutcome::Refused,
    }
}
