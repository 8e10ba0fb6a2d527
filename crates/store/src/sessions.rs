//! Signed-in browsers.

use commissary_core::people::{Session, SessionId, TokenHash, User, UserId};
use commissary_core::ports::StoreError;
use jiff::Timestamp;

use crate::errors::{must_exist, refused_insert, unavailable};
use crate::rows::{get, get_id, get_moment, moment_text};
use crate::sqlite::{Connection, Pool, Row};
use crate::users::{self, get_hash};

pub(crate) async fn insert(
    connection: &mut Connection,
    session: &Session,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO sessions
             (id, hash, user_id, address, browser, created_at, seen_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(session.id.0.to_string())
    .bind(session.hash.as_bytes())
    .bind(session.user_id.0.to_string())
    .bind(&session.address)
    .bind(&session.browser)
    .bind(moment_text(session.created_at))
    .bind(moment_text(session.seen_at))
    .bind(moment_text(session.expires_at))
    .execute(connection)
    .await
    .map_err(refused_insert)?;
    Ok(())
}

pub(crate) async fn by_hash(
    pool: &Pool,
    hash: &TokenHash,
) -> Result<Option<(Session, User)>, StoreError> {
    let row = sqlx::query(
        "SELECT id, hash, user_id, address, browser, created_at, seen_at, expires_at
         FROM sessions WHERE hash = $1",
    )
    .bind(hash.as_bytes())
    .fetch_optional(pool)
    .await
    .map_err(unavailable)?;
    let Some(row) = row else { return Ok(None) };
    let session = from_row(&row)?;
    // Without its user it was removed a moment ago.
    let user = users::by_id(pool, session.user_id).await?;
    Ok(user.map(|user| (session, user)))
}

pub(crate) async fn of_user(pool: &Pool, user: UserId) -> Result<Vec<Session>, StoreError> {
    let rows = sqlx::query(
        "SELECT id, hash, user_id, address, browser, created_at, seen_at, expires_at
         FROM sessions WHERE user_id = $1 ORDER BY id DESC",
    )
    .bind(user.0.to_string())
    .fetch_all(pool)
    .await
    .map_err(unavailable)?;
    rows.iter().map(from_row).collect()
}

pub(crate) async fn seen(pool: &Pool, id: SessionId, at: Timestamp) -> Result<(), StoreError> {
    sqlx::query("UPDATE sessions SET seen_at = $2 WHERE id = $1")
        .bind(id.0.to_string())
        .bind(moment_text(at))
        .execute(pool)
        .await
        .map_err(unavailable)?;
    Ok(())
}

pub(crate) async fn delete(
    connection: &mut Connection,
    id: SessionId,
    user: UserId,
) -> Result<(), StoreError> {
    let done = sqlx::query("DELETE FROM sessions WHERE id = $1 AND user_id = $2")
        .bind(id.0.to_string())
        .bind(user.0.to_string())
        .execute(connection)
        .await
        .map_err(unavailable)?;
    must_exist(done.rows_affected())
}

/// Removes the session of a token, if there is one, and those that are over.
pub(crate) async fn delete_replaced(
    connection: &mut Connection,
    replaced: Option<&TokenHash>,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM sessions WHERE expires_at <= $1 OR hash = $2")
        .bind(moment_text(now))
        .bind(replaced.map(TokenHash::as_bytes))
        .execute(connection)
        .await
        .map_err(unavailable)?;
    Ok(())
}

pub(crate) async fn delete_of_user(
    connection: &mut Connection,
    user: UserId,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM sessions WHERE user_id = $1")
        .bind(user.0.to_string())
        .execute(connection)
        .await
        .map_err(unavailable)?;
    Ok(())
}

fn from_row(row: &Row) -> Result<Session, StoreError> {
    Ok(Session {
        id: SessionId(get_id(row, "id")?),
        hash: get_hash(row)?,
        user_id: UserId(get_id(row, "user_id")?),
        address: get(row, "address")?,
        browser: get(row, "browser")?,
        created_at: get_moment(row, "created_at")?,
        seen_at: get_moment(row, "seen_at")?,
        expires_at: get_moment(row, "expires_at")?,
    })
}
