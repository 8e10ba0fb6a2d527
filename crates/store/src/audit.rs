//! Audit events: added, read, never changed.

use commissary_core::domain::{AuditEvent, AuditOutcome, Page, PageRequest, WorkspaceId};
use commissary_core::ports::StoreError;

use crate::errors::{damaged, unavailable};
use crate::rows::{get, get_id, get_moment, moment_text, one_more};
use crate::sqlite::{Connection, Pool, Row};

/// What the cursor before the first page is: it comes after every id.
const AFTER_ALL: &str = "~";

pub(crate) async fn append(
    connection: &mut Connection,
    event: &AuditEvent,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO audit_events (id, at, actor, origin, action, target, workspace_id, outcome)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(event.id.to_string())
    .bind(moment_text(event.at))
    .bind(&event.actor)
    .bind(&event.from)
    .bind(&event.action)
    .bind(&event.target)
    .bind(event.workspace_id.map(|id| id.0.to_string()))
    .bind(outcome_text(event.outcome))
    .execute(connection)
    .await
    .map_err(unavailable)?;
    Ok(())
}

/// The newest first: ids of later events sort later.
pub(crate) async fn page(pool: &Pool, page: &PageRequest) -> Result<Page<AuditEvent>, StoreError> {
    let rows = sqlx::query(
        "SELECT id, at, actor, origin, action, target, workspace_id, outcome
         FROM audit_events WHERE id < $1 ORDER BY id DESC LIMIT $2",
    )
    .bind(page.after().unwrap_or(AFTER_ALL))
    .bind(one_more(page.limit()))
    .fetch_all(pool)
    .await
    .map_err(unavailable)?;
    let events = rows.iter().map(from_row).collect::<Result<_, _>>()?;
    Ok(Page::from_one_more(
        events,
        page.limit(),
        |event: &AuditEvent| event.id.to_string(),
    ))
}

fn from_row(row: &Row) -> Result<AuditEvent, StoreError> {
    let in_workspace = get::<Option<&str>>(row, "workspace_id")?.is_some();
    let workspace_id = in_workspace
        .then(|| get_id(row, "workspace_id"))
        .transpose()?;
    Ok(AuditEvent {
        id: get_id(row, "id")?,
        at: get_moment(row, "at")?,
        actor: get(row, "actor")?,
        from: get(row, "origin")?,
        action: get(row, "action")?,
        target: get(row, "target")?,
        workspace_id: workspace_id.map(WorkspaceId),
        outcome: get_outcome(row)?,
    })
}

fn outcome_text(outcome: AuditOutcome) -> &'static str {
    match outcome {
        AuditOutcome::Done => "done",
        AuditOutcome::Refused => "refused",
    }
}

fn get_outcome(row: &Row) -> Result<AuditOutcome, StoreError> {
    let stored: &str = get(row, "outcome")?;
    [AuditOutcome::Done, AuditOutcome::Refused]
        .into_iter()
        .find(|outcome| outcome_text(*outcome) == stored)
        .ok_or_else(|| damaged("outcome"))
}
