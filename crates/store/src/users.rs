//! Users, and the setup link that makes the first.

use commissary_core::people::{PasswordHash, TokenHash, User, UserId};
use commissary_core::ports::{SetupLink, StoreError};

use crate::errors::{damaged, must_exist, unavailable};
use crate::members;
use crate::rows::{get, get_id, get_moment, moment_text, name_key};
use crate::sqlite::{Connection, Pool, Row};

pub(crate) async fn any(pool: &Pool) -> Result<bool, StoreError> {
    let found = sqlx::query("SELECT 1 FROM users LIMIT 1")
        .fetch_optional(pool)
        .await
        .map_err(unavailable)?;
    Ok(found.is_some())
}

pub(crate) async fn by_name(pool: &Pool, name: &str) -> Result<Option<User>, StoreError> {
    let row = sqlx::query(
        "SELECT id AS user_id, name, password_hash, administrator, created_at AS user_created_at
         FROM users WHERE name_key = $1",
    )
    .bind(name_key(name))
    .fetch_optional(pool)
    .await
    .map_err(unavailable)?;
    match row {
        None => Ok(None),
        Some(row) => from_row(pool, &row).await.map(Some),
    }
}

/// Adds the first user. Where there is one already, a setup link gives no right
/// to make another, whenever it was opened.
pub(crate) async fn insert_first(
    connection: &mut Connection,
    user: &User,
) -> Result<(), StoreError> {
    let done = sqlx::query(
        "INSERT INTO users (id, name, name_key, password_hash, administrator, created_at)
         SELECT $1, $2, $3, $4, $5, $6 WHERE NOT EXISTS (SELECT 1 FROM users)",
    )
    .bind(user.id.0.to_string())
    .bind(&user.name)
    .bind(name_key(&user.name))
    .bind(user.password.as_str())
    .bind(user.administrator)
    .bind(moment_text(user.created_at))
    .execute(connection)
    .await
    .map_err(unavailable)?;
    must_exist(done.rows_affected())
}

/// A row with the user's roles. The columns are named apart from a session's.
pub(crate) async fn from_row(pool: &Pool, row: &Row) -> Result<User, StoreError> {
    let id = UserId(get_id(row, "user_id")?);
    Ok(User {
        id,
        name: get(row, "name")?,
        password: PasswordHash::from_stored(get(row, "password_hash")?),
        administrator: get(row, "administrator")?,
        roles: members::of_user(pool, id).await?,
        created_at: get_moment(row, "user_created_at")?,
    })
}

pub(crate) async fn replace_link(
    connection: &mut Connection,
    link: &SetupLink,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO setup_link (slot, hash, expires_at) VALUES (1, $1, $2)
         ON CONFLICT (slot) DO UPDATE SET hash = excluded.hash, expires_at = excluded.expires_at",
    )
    .bind(link.hash.as_bytes())
    .bind(moment_text(link.expires_at))
    .execute(connection)
    .await
    .map_err(unavailable)?;
    Ok(())
}

pub(crate) async fn link(pool: &Pool) -> Result<Option<SetupLink>, StoreError> {
    let row = sqlx::query("SELECT hash, expires_at FROM setup_link")
        .fetch_optional(pool)
        .await
        .map_err(unavailable)?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(SetupLink {
        hash: get_hash(&row)?,
        expires_at: get_moment(&row, "expires_at")?,
    }))
}

/// Of two that use the link at once, one finds it gone.
pub(crate) async fn use_link(
    connection: &mut Connection,
    hash: &TokenHash,
) -> Result<(), StoreError> {
    let done = sqlx::query("DELETE FROM setup_link WHERE hash = $1")
        .bind(hash.as_bytes())
        .execute(connection)
        .await
        .map_err(unavailable)?;
    must_exist(done.rows_affected())
}

/// The token hash in the column `hash`.
pub(crate) fn get_hash(row: &Row) -> Result<TokenHash, StoreError> {
    TokenHash::from_bytes(get(row, "hash")?).ok_or_else(|| damaged("token hash"))
}
