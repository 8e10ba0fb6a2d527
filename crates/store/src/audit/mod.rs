//! Audit entries: added, chained, read, never changed.

mod anchor;
mod begin;
mod chain;
mod find;
mod verify;

use commissary_core::domain::{AuditEvent, AuditHead, EntryHash};
use commissary_core::ports::StoreError;
use sqlx::Row as _;

pub(crate) use anchor::{Anchor, path};
pub(crate) use begin::begin;
pub(crate) use find::page;
pub(crate) use verify::{fits, verify};

use crate::errors::{damaged, unavailable};
use crate::sqlite::{Connection, Pool, Row};
use chain::Fields;

/// The columns that make up an entry.
const COLUMNS: &str = "id, at, actor, origin, request_id, action, target, workspace_id, outcome";

/// Adds an entry at the end of the chain. Called last in a transaction: from
/// here on until its end others wait for their turn to append.
pub(crate) async fn append(
    connection: &mut Connection,
    event: &AuditEvent,
) -> Result<AuditHead, StoreError> {
    let row = sqlx::query(
        "UPDATE audit_chain SET sequence = sequence + 1 WHERE slot = 1
         RETURNING sequence, hash",
    )
    .fetch_optional(&mut *connection)
    .await
    .map_err(unavailable)?
    .ok_or_else(|| damaged("end of the audit log"))?;
    let (previous, sequence) = (hash_of(&row)?, sequence_of(&row)?);
    let fields = Fields::of(event);
    let hash = fields.hash(&previous, sequence);
    sqlx::query(
        "INSERT INTO audit_events (id, at, actor, origin, request_id, action, target,
             workspace_id, outcome, sequence, hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(fields.id)
    .bind(fields.at)
    .bind(fields.actor)
    .bind(fields.origin)
    .bind(fields.request_id)
    .bind(fields.action)
    .bind(fields.target)
    .bind(fields.workspace_id)
    .bind(fields.outcome)
    .bind(stored(sequence)?)
    .bind(hash.0.as_slice())
    .execute(&mut *connection)
    .await
    .map_err(unavailable)?;
    set_head(connection, AuditHead { sequence, hash }).await
}

/// Where the chain ends, by its own record.
pub(crate) async fn head(pool: &Pool) -> Result<AuditHead, StoreError> {
    let row = sqlx::query("SELECT sequence, hash FROM audit_chain")
        .fetch_optional(pool)
        .await
        .map_err(unavailable)?
        .ok_or_else(|| damaged("end of the audit log"))?;
    Ok(AuditHead {
        sequence: sequence_of(&row)?,
        hash: hash_of(&row)?,
    })
}

async fn set_head(connection: &mut Connection, head: AuditHead) -> Result<AuditHead, StoreError> {
    sqlx::query("UPDATE audit_chain SET sequence = $1, hash = $2 WHERE slot = 1")
        .bind(stored(head.sequence)?)
        .bind(head.hash.0.as_slice())
        .execute(connection)
        .await
        .map_err(unavailable)?;
    Ok(head)
}

/// A number as it is stored. No log has 2^63 entries.
fn stored(sequence: u64) -> Result<i64, StoreError> {
    i64::try_from(sequence).map_err(|_| damaged("number of an audit entry"))
}

fn sequence_of(row: &Row) -> Result<u64, StoreError> {
    let stored: i64 = row.try_get("sequence").map_err(unavailable)?;
    u64::try_from(stored).map_err(|_| damaged("number of an audit entry"))
}

fn hash_of(row: &Row) -> Result<EntryHash, StoreError> {
    let stored: &[u8] = row.try_get("hash").map_err(unavailable)?;
    let hash = stored.try_into().map(EntryHash);
    hash.map_err(|_| damaged("hash of an audit entry"))
}
