//! What happened during a check, so that any process can tell it.

use commissary_core::domain::{CheckEvent, CheckId};
use commissary_core::ports::StoreError;

use crate::checks::{get_json, json};
use crate::errors::{damaged, refused_insert, unavailable};
use crate::rows::get;
use crate::sqlite::{Connection, Pool};

/// The most that are read at once.
const MOST: i64 = 500;

pub(crate) async fn append(
    connection: &mut Connection,
    id: CheckId,
    first: u32,
    events: &[CheckEvent],
) -> Result<(), StoreError> {
    for (number, event) in (i64::from(first)..).zip(events) {
        sqlx::query("INSERT INTO check_events (check_id, number, event) VALUES ($1, $2, $3)")
            .bind(id.0.to_string())
            .bind(number)
            .bind(json(event)?)
            .execute(&mut *connection)
            .await
            .map_err(refused_insert)?;
    }
    Ok(())
}

pub(crate) async fn after(
    pool: &Pool,
    id: CheckId,
    after: u32,
) -> Result<Vec<(u32, CheckEvent)>, StoreError> {
    let rows = sqlx::query(
        "SELECT number, event FROM check_events WHERE check_id = $1 AND number > $2
         ORDER BY number LIMIT $3",
    )
    .bind(id.0.to_string())
    .bind(i64::from(after))
    .bind(MOST)
    .fetch_all(pool)
    .await
    .map_err(unavailable)?;
    let event = |row| {
        let number = u32::try_from(get::<i64>(row, "number")?).map_err(|_| damaged("number"))?;
        let event = get_json(row, "event")?.ok_or_else(|| damaged("event"))?;
        Ok((number, event))
    };
    rows.iter().map(event).collect()
}
