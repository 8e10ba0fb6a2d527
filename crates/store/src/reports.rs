//! Permission reports: all are kept, the newest is read.

use commissary_core::domain::{CheckId, PermissionReport, ProviderId};
use commissary_core::ports::StoreError;
use uuid::Uuid;

use crate::checks::get_json;
use crate::errors::{refused_insert, unavailable};
use crate::rows::moment_text;
use crate::sqlite::{Connection, Pool};

/// `id` is that of the check's audit event, so that each leads to the other.
pub(crate) async fn insert(
    connection: &mut Connection,
    id: Uuid,
    provider: ProviderId,
    report: &PermissionReport,
) -> Result<(), StoreError> {
    let json = serde_json::to_string(report).map_err(|error| {
        StoreError::Unavailable(format!("the report cannot be written as JSON: {error}"))
    })?;
    sqlx::query("INSERT INTO reports (id, provider_id, at, report) VALUES ($1, $2, $3, $4)")
        .bind(id.to_string())
        .bind(provider.0.to_string())
        .bind(moment_text(report.at))
        .bind(json)
        .execute(connection)
        .await
        .map_err(refused_insert)?;
    Ok(())
}

pub(crate) async fn latest(
    pool: &Pool,
    provider: ProviderId,
) -> Result<Option<PermissionReport>, StoreError> {
    let row = sqlx::query(
        "SELECT report FROM reports WHERE provider_id = $1 ORDER BY at DESC, id DESC LIMIT 1",
    )
    .bind(provider.0.to_string())
    .fetch_optional(pool)
    .await
    .map_err(unavailable)?;
    let Some(row) = row else { return Ok(None) };
    get_json(&row, "report")
}

pub(crate) async fn of_check(
    pool: &Pool,
    check: CheckId,
) -> Result<Option<PermissionReport>, StoreError> {
    let row = sqlx::query(
        "SELECT r.report FROM reports r JOIN checks c ON c.report_id = r.id WHERE c.id = $1",
    )
    .bind(check.0.to_string())
    .fetch_optional(pool)
    .await
    .map_err(unavailable)?;
    let Some(row) = row else { return Ok(None) };
    get_json(&row, "report")
}
