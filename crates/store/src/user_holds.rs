//! Users of accounts that a run holds, and what runs noted there.

use commissary_core::domain::{Interrupted, UserHold};
use commissary_core::ports::StoreError;
use jiff::Timestamp;

use crate::errors::{damaged, must_exist, unavailable};
use crate::rows::{get, get_moment, moment_text, name_key};
use crate::sqlite::{Connection, Pool};

/// Takes hold unless another run holds it at `now`; says what is noted.
pub(crate) async fn take(
    connection: &mut Connection,
    hold: &UserHold,
    now: Timestamp,
) -> Result<Option<Interrupted>, StoreError> {
    let row = sqlx::query(
        "SELECT held_until, note FROM user_holds WHERE account_id = $1 AND user_key = $2",
    )
    .bind(&hold.account_id)
    .bind(name_key(&hold.user_name))
    .fetch_optional(&mut *connection)
    .await
    .map_err(unavailable)?;
    let mut noted = None;
    if let Some(row) = &row {
        if get::<Option<&str>>(row, "held_until")?.is_some() {
            let until = get_moment(row, "held_until")?;
            if until > now {
                return Err(StoreError::Held { until });
            }
        }
        let note: Option<&str> = get(row, "note")?;
        let read = |note| serde_json::from_str(note).map_err(|_| damaged("note of a user"));
        noted = note.map(read).transpose()?;
    }
    sqlx::query(
        "INSERT INTO user_holds (account_id, user_key, run_id, held_until) VALUES ($1, $2, $3, $4)
         ON CONFLICT (account_id, user_key) DO UPDATE SET run_id = $3, held_until = $4",
    )
    .bind(&hold.account_id)
    .bind(name_key(&hold.user_name))
    .bind(hold.run.to_string())
    .bind(moment_text(hold.until))
    .execute(connection)
    .await
    .map_err(unavailable)?;
    Ok(noted)
}

/// Changes the note and prolongs the hold, which must be this run's still.
pub(crate) async fn note(
    connection: &mut Connection,
    hold: &UserHold,
    note: Option<&Interrupted>,
) -> Result<(), StoreError> {
    let note = note.map(serde_json::to_string).transpose();
    let note = note.map_err(|_| damaged("note of a user"))?;
    let done = sqlx::query(
        "UPDATE user_holds SET note = $4, held_until = $5
         WHERE account_id = $1 AND user_key = $2 AND run_id = $3",
    )
    .bind(&hold.account_id)
    .bind(name_key(&hold.user_name))
    .bind(hold.run.to_string())
    .bind(note)
    .bind(moment_text(hold.until))
    .execute(connection)
    .await
    .map_err(unavailable)?;
    must_exist(done.rows_affected())
}

/// Lets go; where nothing is noted, nothing stays. Nothing happens if another run took over.
pub(crate) async fn release(
    connection: &mut Connection,
    hold: &UserHold,
) -> Result<(), StoreError> {
    for change in [
        "DELETE FROM user_holds
         WHERE account_id = $1 AND user_key = $2 AND run_id = $3 AND note IS NULL",
        "UPDATE user_holds SET run_id = NULL, held_until = NULL
         WHERE account_id = $1 AND user_key = $2 AND run_id = $3",
    ] {
        sqlx::query(change)
            .bind(&hold.account_id)
            .bind(name_key(&hold.user_name))
            .bind(hold.run.to_string())
            .execute(&mut *connection)
            .await
            .map_err(unavailable)?;
    }
    Ok(())
}

/// Ends the holds of a process that died. SQLite only: whoever has the data directory's lock knows
/// that no other process is at work. With PostgreSQL they end by themselves, at `held_until`.
pub(crate) async fn release_all(pool: &Pool) -> Result<(), sqlx::Error> {
    for change in [
        "DELETE FROM user_holds WHERE note IS NULL",
        "UPDATE user_holds SET run_id = NULL, held_until = NULL",
    ] {
        sqlx::query(change).execute(pool).await?;
    }
    Ok(())
}
