//! Signed-in browsers.

use commissary_core::people::{Session, TokenHash, User, UserId};
use commissary_core::ports::StoreError;

use crate::errors::{refused_insert, unavailable};
use crate::rows::{get_id, get_moment, moment_text};
use crate::sqlite::{Connection, Pool};
use crate::users::{self, get_hash};

pub(crate) async fn insert(
    connection: &mut Connection,
    session: &Session,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO sessions (hash, user_id, created_at, expires_at) VALUES ($1, $2, $3, $4)",
    )
    .bind(session.hash.as_bytes())
    .bind(session.user_id.0.to_string())
    .bind(moment_text(session.created_at))
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
        "SELECT s.hash, s.user_id, s.created_at, s.expires_at, u.name, u.password_hash,
             u.administrator, u.created_at AS user_created_at
         FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.hash = $1",
    )
    .bind(hash.as_bytes())
    .fetch_optional(pool)
    .await
    .map_err(unavailable)?;
    let Some(row) = row else { return Ok(None) };
    let session = Session {
        hash: get_hash(&row)?,
        user_id: UserId(get_id(&row, "user_id")?),
        created_at: get_moment(&row, "created_at")?,
        expires_at: get_moment(&row, "expires_at")?,
    };
    Ok(Some((session, users::from_row(pool, &row).await?)))
}

/// Says whether there was one.
pub(crate) async fn delete(
    connection: &mut Connection,
    hash: &TokenHash,
) -> Result<bool, StoreError> {
    let done = sqlx::query("DELETE FROM sessions WHERE hash = $1")
        .bind(hash.as_bytes())
        .execute(connection)
        .await
        .map_err(unavailable)?;
    Ok(done.rows_affected() > 0)
}
