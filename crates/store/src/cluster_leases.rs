//! Which process delivers to which management cluster, and what stands in its way.

use commissary_core::domain::{ClusterId, ClusterTrouble};
use commissary_core::ports::StoreError;
use jiff::Timestamp;

use crate::errors::{damaged, refused_insert, unavailable};
use crate::rows::{get, get_moment, moment_text};
use crate::sqlite::{Connection, Pool};

/// Takes or renews a lease; false if somebody else has it at `now`.
pub(crate) async fn hold(
    pool: &Pool,
    cluster: ClusterId,
    holder: &str,
    now: Timestamp,
    until: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "INSERT INTO cluster_leases (cluster_id, holder, lease_until) VALUES ($1, $2, $4)
         ON CONFLICT (cluster_id) DO UPDATE SET holder = $2, lease_until = $4
             WHERE cluster_leases.holder = $2 OR cluster_leases.lease_until < $3",
    )
    .bind(cluster.0.to_string())
    .bind(holder)
    .bind(moment_text(now))
    .bind(moment_text(until))
    .execute(pool)
    .await
    .map_err(refused_insert)?;
    Ok(done.rows_affected() > 0)
}

/// Ends the leases of a holder, or with none those of everybody: SQLite only, where whoever has
/// the data directory's lock knows that no other process is at work.
pub(crate) async fn release(pool: &Pool, holder: Option<&str>) -> Result<(), sqlx::Error> {
    let never = moment_text(Timestamp::UNIX_EPOCH);
    sqlx::query("UPDATE cluster_leases SET lease_until = $2 WHERE $1 = '' OR holder = $1")
        .bind(holder.unwrap_or_default())
        .bind(never)
        .execute(pool)
        .await?;
    Ok(())
}

pub(crate) async fn note_trouble(
    pool: &Pool,
    cluster: ClusterId,
    trouble: Option<&ClusterTrouble>,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE cluster_leases SET failure = $2, attempts = $3, next_try = $4
         WHERE cluster_id = $1",
    )
    .bind(cluster.0.to_string())
    .bind(trouble.map(|trouble| &trouble.why))
    .bind(trouble.map(|trouble| i64::from(trouble.attempts)))
    .bind(trouble.map(|trouble| moment_text(trouble.next_try)))
    .execute(pool)
    .await
    .map_err(unavailable)?;
    Ok(())
}

/// Has what failed tried again at once.
pub(crate) async fn try_again(
    connection: &mut Connection,
    cluster: ClusterId,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE cluster_leases SET next_try = $2 WHERE cluster_id = $1 AND next_try > $2")
        .bind(cluster.0.to_string())
        .bind(moment_text(now))
        .execute(connection)
        .await
        .map_err(unavailable)?;
    Ok(())
}

pub(crate) async fn trouble(
    pool: &Pool,
    cluster: ClusterId,
) -> Result<Option<ClusterTrouble>, StoreError> {
    let row = sqlx::query(
        "SELECT failure, attempts, next_try FROM cluster_leases
         WHERE cluster_id = $1 AND failure IS NOT NULL",
    )
    .bind(cluster.0.to_string())
    .fetch_optional(pool)
    .await
    .map_err(unavailable)?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(ClusterTrouble {
        why: get(&row, "failure")?,
        attempts: u32::try_from(get::<i64>(&row, "attempts")?).map_err(|_| damaged("attempts"))?,
        next_try: get_moment(&row, "next_try")?,
    }))
}
