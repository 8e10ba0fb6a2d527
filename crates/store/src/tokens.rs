//! API tokens, kept as hashes.

use commissary_core::people::{ApiToken, TokenHash};
use commissary_core::ports::StoreError;

use crate::errors::unavailable;
use crate::rows::{get, get_moment, moment_text};
use crate::sqlite::{Connection, Pool};
use crate::users::get_hash;

pub(crate) async fn replace(
    connection: &mut Connection,
    token: &ApiToken,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO api_tokens (name, hash, created_at) VALUES ($1, $2, $3)
         ON CONFLICT (name) DO UPDATE SET hash = excluded.hash, created_at = excluded.created_at",
    )
    .bind(&token.name)
    .bind(token.hash.as_bytes())
    .bind(moment_text(token.created_at))
    .execute(connection)
    .await
    .map_err(unavailable)?;
    Ok(())
}

pub(crate) async fn by_hash(pool: &Pool, hash: &TokenHash) -> Result<Option<ApiToken>, StoreError> {
    let row = sqlx::query("SELECT name, hash, created_at FROM api_tokens WHERE hash = $1")
        .bind(hash.as_bytes())
        .fetch_optional(pool)
        .await
        .map_err(unavailable)?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(ApiToken {
        hash: get_hash(&row)?,
        name: get(&row, "name")?,
        created_at: get_moment(&row, "created_at")?,
    }))
}
