//! The chain's beginning: for a new database with nothing in it, for one from
//! before there was a chain with all that it has.

use commissary_core::domain::AuditHead;
use commissary_core::ports::StoreError;
use sqlx::Row as _;

use super::chain::{Fields, beginning};
use super::{hash_of, sequence_of, set_head, stored};
use crate::errors::{damaged, unavailable};
use crate::sqlite::{BEGIN_WRITE, Connection, Pool, Row};

/// Begins the chain if there is none yet, and says where it ends. Happens whole
/// or not at all.
pub(crate) async fn begin(pool: &Pool) -> Result<AuditHead, StoreError> {
    let mut tx = pool.begin_with(BEGIN_WRITE).await.map_err(unavailable)?;
    let row = sqlx::query("SELECT begun_at, earlier, sequence, hash FROM audit_chain")
        .fetch_optional(&mut *tx)
        .await
        .map_err(unavailable)?
        .ok_or_else(|| damaged("end of the audit log"))?;
    let hash: &[u8] = row.try_get("hash").map_err(unavailable)?;
    if !hash.is_empty() {
        return Ok(AuditHead {
            sequence: sequence_of(&row)?,
            hash: hash_of(&row)?,
        });
    }
    let begun_at: &str = row.try_get("begun_at").map_err(unavailable)?;
    let earlier: i64 = row.try_get("earlier").map_err(unavailable)?;
    let head = AuditHead {
        sequence: 0,
        hash: beginning(begun_at, earlier),
    };
    let head = take_in(&mut tx, head).await?;
    if head.sequence > 0 {
        tracing::info!(
            entries = head.sequence,
            "the audit log's earlier entries are chained"
        );
    }
    tx.commit().await.map_err(unavailable)?;
    Ok(head)
}

/// Gives every entry without a place the next one, in the order of their ids.
async fn take_in(connection: &mut Connection, start: AuditHead) -> Result<AuditHead, StoreError> {
    const AT_ONCE: usize = 1000;
    let mut head = start;
    loop {
        let rows = sqlx::query(
            "SELECT id, at, actor, origin, request_id, action, target, workspace_id, outcome
             FROM audit_events WHERE sequence IS NULL ORDER BY id LIMIT 1000",
        )
        .fetch_all(&mut *connection)
        .await
        .map_err(unavailable)?;
        for row in &rows {
            head = placed(connection, row, head).await?;
        }
        if rows.len() < AT_ONCE {
            return set_head(connection, head).await;
        }
    }
}

async fn placed(
    connection: &mut Connection,
    row: &Row,
    head: AuditHead,
) -> Result<AuditHead, StoreError> {
    let fields = Fields::read(row).map_err(unavailable)?;
    let sequence = head.sequence + 1;
    let hash = fields.hash(&head.hash, sequence);
    sqlx::query("UPDATE audit_events SET sequence = $1, hash = $2 WHERE id = $3")
        .bind(stored(sequence)?)
        .bind(hash.0.as_slice())
        .bind(fields.id)
        .execute(connection)
        .await
        .map_err(unavailable)?;
    Ok(AuditHead { sequence, hash })
}
