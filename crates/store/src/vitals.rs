//! How the installation stands, counted.

use commissary_core::domain::Vitals;
use commissary_core::ports::StoreError;
use jiff::Timestamp;

use crate::errors::{damaged, unavailable};
use crate::rows::{get, moment_text};
use crate::sqlite::{Pool, Row};

pub(crate) async fn read(
    pool: &Pool,
    now: Timestamp,
    unused_since: Timestamp,
) -> Result<Vitals, StoreError> {
    let row = sqlx::query(
        "SELECT (SELECT COUNT(*) FROM sessions WHERE expires_at > $1 AND seen_at > $2) AS sessions,
             (SELECT COUNT(*) FROM checks WHERE state = 'running' AND lease_until >= $1)
                 AS checks_running,
             (SELECT COUNT(*) FROM checks WHERE state = 'running' AND lease_until < $1)
                 AS checks_lapsed,
             (SELECT sequence FROM audit_chain) AS audit_entries",
    )
    .bind(moment_text(now))
    .bind(moment_text(unused_since))
    .fetch_one(pool)
    .await
    .map_err(unavailable)?;
    Ok(Vitals {
        sessions: count(&row, "sessions")?,
        checks_running: count(&row, "checks_running")?,
        checks_lapsed: count(&row, "checks_lapsed")?,
        audit_entries: count(&row, "audit_entries")?,
    })
}

fn count(row: &Row, column: &'static str) -> Result<u64, StoreError> {
    let number: i64 = get(row, column)?;
    u64::try_from(number).map_err(|_| damaged(column))
}
