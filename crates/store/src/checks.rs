//! Checks as jobs: one runs per provider, the others are its history.

use commissary_core::domain::{
    Check, CheckFailure, CheckId, CheckState, CheckSummary, Page, PageRequest, ProviderId,
    ReportChanges, WorkspaceId,
};
use commissary_core::ports::{Begun, StoreError};
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::errors::{damaged, refused_insert, unavailable};
use crate::rows::{get, get_id, get_moment, moment_text, one_more, paged};
use crate::sqlite::{Connection, Pool, Row};

/// What the cursor before the first page is: it comes after every id.
const AFTER_ALL: &str = "~";

pub(crate) async fn begin(connection: &mut Connection, check: &Check) -> Result<Begun, StoreError> {
    let provider = check.provider_id.0.to_string();
    interrupt_lapsed(connection, &provider, check.started_at).await?;
    let running = sqlx::query("SELECT id FROM checks WHERE provider_id = $1 AND state = 'running'")
        .bind(&provider)
        .fetch_optional(&mut *connection)
        .await
        .map_err(unavailable)?;
    if let Some(row) = running {
        return Ok(Begun::Running(CheckId(get_id(&row, "id")?)));
    }
    sqlx::query(
        "DELETE FROM check_events
         WHERE check_id IN (SELECT id FROM checks WHERE provider_id = $1)",
    )
    .bind(&provider)
    .execute(&mut *connection)
    .await
    .map_err(unavailable)?;
    sqlx::query(
        "INSERT INTO checks (id, provider_id, workspace_id, target, state, options,
             administrator, cancellable, cancelling, started_by, request_id, started_at,
             lease_until)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    )
    .bind(check.id.0.to_string())
    .bind(&provider)
    .bind(check.workspace_id.0.to_string())
    .bind(&check.target)
    .bind(check.state.name())
    .bind(json(&check.options)?)
    .bind(check.administrator)
    .bind(check.cancellable)
    .bind(check.cancelling)
    .bind(&check.started_by)
    .bind(&check.request_id)
    .bind(moment_text(check.started_at))
    .bind(moment_text(check.lease_until))
    .execute(connection)
    .await
    .map_err(refused_insert)?;
    Ok(Begun::Began)
}

/// A check whose process stopped saying that it runs ended when it last could have.
async fn interrupt_lapsed(
    connection: &mut Connection,
    provider: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE checks SET state = 'interrupted', ended_at = lease_until
         WHERE provider_id = $1 AND state = 'running' AND lease_until < $2",
    )
    .bind(provider)
    .bind(moment_text(now))
    .execute(connection)
    .await
    .map_err(unavailable)?;
    Ok(())
}

/// Whether somebody asked to cancel it; none if it has ended.
pub(crate) async fn renew(
    pool: &Pool,
    id: CheckId,
    until: Timestamp,
) -> Result<Option<bool>, StoreError> {
    let row = sqlx::query(
        "UPDATE checks SET lease_until = $2 WHERE id = $1 AND state = 'running'
         RETURNING cancelling",
    )
    .bind(id.0.to_string())
    .bind(moment_text(until))
    .fetch_optional(pool)
    .await
    .map_err(unavailable)?;
    row.as_ref().map(|row| get(row, "cancelling")).transpose()
}

/// Says whether it was running.
pub(crate) async fn finish(
    connection: &mut Connection,
    id: CheckId,
    at: Timestamp,
    report: Uuid,
    summary: &CheckSummary,
    changes: Option<&ReportChanges>,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE checks SET state = 'done', ended_at = $2, report_id = $3, summary = $4,
             changes = $5
         WHERE id = $1 AND state = 'running'",
    )
    .bind(id.0.to_string())
    .bind(moment_text(at))
    .bind(report.to_string())
    .bind(json(summary)?)
    .bind(changes.map(json).transpose()?)
    .execute(connection)
    .await
    .map_err(unavailable)?;
    Ok(done.rows_affected() > 0)
}

/// Says whether it was running.
pub(crate) async fn end(
    connection: &mut Connection,
    id: CheckId,
    state: CheckState,
    failure: Option<&CheckFailure>,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE checks SET state = $2, failure = $3, ended_at = $4
         WHERE id = $1 AND state = 'running'",
    )
    .bind(id.0.to_string())
    .bind(state.name())
    .bind(failure.map(json).transpose()?)
    .bind(moment_text(at))
    .execute(connection)
    .await
    .map_err(unavailable)?;
    Ok(done.rows_affected() > 0)
}

/// Ends the check that runs of a provider, if one does: what it would find is
/// about something else.
pub(crate) async fn overtake(
    connection: &mut Connection,
    provider: ProviderId,
    failure: &CheckFailure,
    at: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE checks SET state = 'failed', failure = $2, ended_at = $3
         WHERE provider_id = $1 AND state = 'running'",
    )
    .bind(provider.0.to_string())
    .bind(json(failure)?)
    .bind(moment_text(at))
    .execute(connection)
    .await
    .map_err(unavailable)?;
    Ok(())
}

/// Says whether it was running.
pub(crate) async fn ask_to_cancel(
    connection: &mut Connection,
    id: CheckId,
) -> Result<bool, StoreError> {
    let done =
        sqlx::query("UPDATE checks SET cancelling = TRUE WHERE id = $1 AND state = 'running'")
            .bind(id.0.to_string())
            .execute(connection)
            .await
            .map_err(unavailable)?;
    Ok(done.rows_affected() > 0)
}

pub(crate) async fn by_id(pool: &Pool, id: CheckId) -> Result<Option<Check>, StoreError> {
    let row = sqlx::query("SELECT * FROM checks WHERE id = $1")
        .bind(id.0.to_string())
        .fetch_optional(pool)
        .await
        .map_err(unavailable)?;
    row.as_ref().map(from_row).transpose()
}

/// The newest first: ids of later checks sort later.
pub(crate) async fn page(
    pool: &Pool,
    provider: ProviderId,
    page: &PageRequest,
) -> Result<Page<Check>, StoreError> {
    let rows = sqlx::query(
        "SELECT * FROM checks WHERE provider_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
    )
    .bind(provider.0.to_string())
    .bind(page.after().unwrap_or(AFTER_ALL))
    .bind(one_more(page.limit()))
    .fetch_all(pool)
    .await
    .map_err(unavailable)?;
    let key = |check: &Check| check.id.to_string();
    paged(&rows, page, from_row, key)
}

/// Every check that is noted as running. One process has the data directory at a
/// time, so that when it asks this at its start nobody runs them; PostgreSQL's
/// twin takes those whose lease ended before `now`.
pub(crate) async fn abandoned(pool: &Pool) -> Result<Vec<Check>, StoreError> {
    let rows = sqlx::query("SELECT * FROM checks WHERE state = 'running' ORDER BY id")
        .fetch_all(pool)
        .await
        .map_err(unavailable)?;
    rows.iter().map(from_row).collect()
}

fn from_row(row: &Row) -> Result<Check, StoreError> {
    let state: &str = get(row, "state")?;
    let known = CheckState::ALL.into_iter();
    let ended = get::<Option<&str>>(row, "ended_at")?.is_some();
    Ok(Check {
        id: CheckId(get_id(row, "id")?),
        provider_id: ProviderId(get_id(row, "provider_id")?),
        workspace_id: WorkspaceId(get_id(row, "workspace_id")?),
        target: get(row, "target")?,
        state: known
            .into_iter()
            .find(|known| known.name() == state)
            .ok_or_else(|| damaged("state of a check"))?,
        options: get_json(row, "options")?.ok_or_else(|| damaged("options"))?,
        administrator: get(row, "administrator")?,
        cancellable: get(row, "cancellable")?,
        cancelling: get(row, "cancelling")?,
        started_by: get(row, "started_by")?,
        request_id: get(row, "request_id")?,
        started_at: get_moment(row, "started_at")?,
        lease_until: get_moment(row, "lease_until")?,
        ended_at: ended.then(|| get_moment(row, "ended_at")).transpose()?,
        summary: get_json(row, "summary")?,
        changes: get_json(row, "changes")?,
        failure: get_json(row, "failure")?,
    })
}

pub(crate) fn json(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value)
        .map_err(|error| StoreError::Unavailable(format!("no JSON can be made of it: {error}")))
}

pub(crate) fn get_json<T: DeserializeOwned>(
    row: &Row,
    column: &'static str,
) -> Result<Option<T>, StoreError> {
    let text: Option<&str> = get(row, column)?;
    text.map(|text| serde_json::from_str(text).map_err(|_| damaged(column)))
        .transpose()
}
