//! How often sign-in went wrong, and from where it went right.

use commissary_core::people::UserId;
use commissary_core::people::throttle::{GATE_MEMORY, Gate, GateState, PLACE_MEMORY, Places};
use commissary_core::ports::StoreError;
use jiff::Timestamp;
use sqlx::QueryBuilder;

use crate::errors::{damaged, unavailable};
use crate::rows::{get, get_moment, moment_text, name_key};
use crate::sqlite::{Connection, Db, Pool};

pub(crate) async fn known_place(
    pool: &Pool,
    name: &str,
    places: &Places,
    since: Timestamp,
) -> Result<Option<String>, StoreError> {
    let mut query = QueryBuilder::<Db>::new(
        "SELECT p.place FROM known_places p JOIN users u ON u.id = p.user_id WHERE u.name_key = ",
    );
    query.push_bind(name_key(name));
    query.push(" AND p.last_at > ");
    query.push_bind(moment_text(since));
    query.push(" AND p.place IN (");
    let mut each = query.separated(", ");
    for place in places.each() {
        each.push_bind(place);
    }
    query.push(")");
    let rows = query.build().fetch_all(pool).await.map_err(unavailable)?;
    let known = rows
        .iter()
        .map(|row| get::<String>(row, "place"))
        .collect::<Result<Vec<String>, StoreError>>()?;
    let first = places
        .each()
        .find(|place| known.iter().any(|known| known == place));
    Ok(first.map(str::to_owned))
}

/// Counts an attempt at a gate, which may be closed: then until when.
pub(crate) async fn attempt(
    connection: &mut Connection,
    gate: &Gate,
    now: Timestamp,
) -> Result<Result<(), Timestamp>, StoreError> {
    let row = sqlx::query("SELECT failures, last_at, opens_at FROM sign_in_gates WHERE gate = $1")
        .bind(&gate.key)
        .fetch_optional(&mut *connection)
        .await
        .map_err(unavailable)?;
    let before = match &row {
        None => None,
        Some(row) => Some(GateState {
            failures: u32::try_from(get::<i64>(row, "failures")?)
                .map_err(|_| damaged("failures"))?,
            last_at: get_moment(row, "last_at")?,
            opens_at: get_moment(row, "opens_at")?,
        }),
    };
    let after = match gate.attempt(before, now) {
        Ok(after) => after,
        Err(opens_at) => return Ok(Err(opens_at)),
    };
    sqlx::query(
        "INSERT INTO sign_in_gates (gate, failures, last_at, opens_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (gate) DO UPDATE SET failures = excluded.failures,
             last_at = excluded.last_at, opens_at = excluded.opens_at",
    )
    .bind(&gate.key)
    .bind(i64::from(after.failures))
    .bind(moment_text(after.last_at))
    .bind(moment_text(after.opens_at))
    .execute(connection)
    .await
    .map_err(unavailable)?;
    Ok(Ok(()))
}

/// Takes an attempt at a gate back.
pub(crate) async fn forgive(
    connection: &mut Connection,
    gate: &Gate,
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut query = match gate.forgives {
        true => QueryBuilder::<Db>::new("DELETE FROM sign_in_gates WHERE gate = "),
        false => {
            let mut query =
                QueryBuilder::new("UPDATE sign_in_gates SET failures = failures - 1, opens_at = ");
            query.push_bind(moment_text(now));
            query.push(" WHERE failures > 0 AND gate = ");
            query
        }
    };
    query.push_bind(&gate.key);
    query
        .build()
        .execute(connection)
        .await
        .map_err(unavailable)?;
    Ok(())
}

/// Notes from where somebody signed in.
pub(crate) async fn note_places(
    connection: &mut Connection,
    user: UserId,
    places: &Places,
    now: Timestamp,
) -> Result<(), StoreError> {
    for place in places.each() {
        sqlx::query(
            "INSERT INTO known_places (user_id, place, last_at) VALUES ($1, $2, $3)
             ON CONFLICT (user_id, place) DO UPDATE SET last_at = excluded.last_at",
        )
        .bind(user.0.to_string())
        .bind(place)
        .bind(moment_text(now))
        .execute(&mut *connection)
        .await
        .map_err(unavailable)?;
    }
    Ok(())
}

/// Removes what is not remembered any more.
pub(crate) async fn forget(connection: &mut Connection, now: Timestamp) -> Result<(), StoreError> {
    for (sql, memory) in [
        ("DELETE FROM sign_in_gates WHERE last_at <= $1", GATE_MEMORY),
        ("DELETE FROM known_places WHERE last_at <= $1", PLACE_MEMORY),
    ] {
        sqlx::query(sql)
            .bind(moment_text(now - memory))
            .execute(&mut *connection)
            .await
            .map_err(unavailable)?;
    }
    Ok(())
}
