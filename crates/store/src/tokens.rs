//! API tokens, kept as hashes.

use std::collections::BTreeSet;

use commissary_core::domain::{Page, PageRequest, WorkspaceId};
use commissary_core::people::{ApiToken, Role, Scope, TokenHash, TokenId, TokensOf, User, UserId};
use commissary_core::ports::StoreError;
use jiff::Timestamp;
use sqlx::QueryBuilder;

use crate::errors::{damaged, must_exist, refused_insert, unavailable};
use crate::rows::{get, get_id, get_maybe_moment, moment_text, one_more};
use crate::sqlite::{Connection, Db, Pool, Row};
use crate::users::{self, get_hash};

const SELECT: &str = "SELECT t.id, t.name, t.hash, t.user_id, u.name AS owner_name, t.read_only,
     t.most_role, t.in_some, t.created_at, t.expires_at, t.used_at, t.used_from
 FROM api_tokens t LEFT JOIN users u ON u.id = t.user_id";

pub(crate) async fn insert(
    connection: &mut Connection,
    token: &ApiToken,
) -> Result<(), StoreError> {
    let owner = token.owner.as_ref().map(|(id, _)| id.0.to_string());
    sqlx::query(
        "INSERT INTO api_tokens
             (id, name, hash, user_id, read_only, most_role, in_some, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(token.id.0.to_string())
    .bind(&token.name)
    .bind(token.hash.as_bytes())
    .bind(owner)
    .bind(token.scope.read_only)
    .bind(token.scope.most.map(Role::name))
    .bind(token.scope.workspaces.is_some())
    .bind(moment_text(token.created_at))
    .bind(token.expires_at.map(moment_text))
    .execute(&mut *connection)
    .await
    .map_err(refused_insert)?;
    for workspace in token.scope.workspaces.iter().flatten() {
        sqlx::query("INSERT INTO api_token_workspaces (token_id, workspace_id) VALUES ($1, $2)")
            .bind(token.id.0.to_string())
            .bind(workspace.0.to_string())
            .execute(&mut *connection)
            .await
            .map_err(refused_insert)?;
    }
    Ok(())
}

/// Removes the token of the installation of that name, if there is one.
pub(crate) async fn delete_of_installation(
    connection: &mut Connection,
    name: &str,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM api_tokens WHERE user_id IS NULL AND name = $1")
        .bind(name)
        .execute(connection)
        .await
        .map_err(unavailable)?;
    Ok(())
}

pub(crate) async fn by_hash(
    pool: &Pool,
    hash: &TokenHash,
) -> Result<Option<(ApiToken, Option<User>)>, StoreError> {
    let row = QueryBuilder::<Db>::new(SELECT)
        .push(" WHERE t.hash = ")
        .push_bind(hash.as_bytes())
        .build()
        .fetch_optional(pool)
        .await
        .map_err(unavailable)?;
    let Some(row) = row else { return Ok(None) };
    let token = from_row(pool, &row).await?;
    let owner = match &token.owner {
        None => None,
        // Removed a moment ago, with the token.
        Some((id, _)) => match users::by_id(pool, *id).await? {
            None => return Ok(None),
            owner => owner,
        },
    };
    Ok(Some((token, owner)))
}

pub(crate) async fn page(
    pool: &Pool,
    of: TokensOf,
    page: &PageRequest,
) -> Result<Page<ApiToken>, StoreError> {
    let mut query = QueryBuilder::<Db>::new(SELECT);
    query.push(" WHERE t.id > ");
    query.push_bind(page.after().unwrap_or_default().to_owned());
    push_of(&mut query, of, "t.");
    query.push(" ORDER BY t.id LIMIT ");
    query.push_bind(one_more(page.limit()));
    let rows = query.build().fetch_all(pool).await.map_err(unavailable)?;
    let mut tokens = Vec::with_capacity(rows.len());
    for row in &rows {
        tokens.push(from_row(pool, row).await?);
    }
    let key = |token: &ApiToken| token.id.0.to_string();
    Ok(Page::from_one_more(tokens, page.limit(), key))
}

pub(crate) async fn used(
    pool: &Pool,
    id: TokenId,
    at: Timestamp,
    from: &str,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE api_tokens SET used_at = $2, used_from = $3 WHERE id = $1")
        .bind(id.0.to_string())
        .bind(moment_text(at))
        .bind(from)
        .execute(pool)
        .await
        .map_err(unavailable)?;
    Ok(())
}

pub(crate) async fn delete(
    connection: &mut Connection,
    id: TokenId,
    of: TokensOf,
) -> Result<(), StoreError> {
    let mut query = QueryBuilder::<Db>::new("DELETE FROM api_tokens WHERE id = ");
    query.push_bind(id.0.to_string());
    push_of(&mut query, of, "");
    let done = query
        .build()
        .execute(connection)
        .await
        .map_err(unavailable)?;
    must_exist(done.rows_affected())
}

fn push_of(query: &mut QueryBuilder<Db>, of: TokensOf, table: &str) {
    if let TokensOf::User(user) = of {
        query.push(format!(" AND {table}user_id = "));
        query.push_bind(user.0.to_string());
    }
}

async fn from_row(pool: &Pool, row: &Row) -> Result<ApiToken, StoreError> {
    let id = TokenId(get_id(row, "id")?);
    let owner = match get::<Option<String>>(row, "owner_name")? {
        None => None,
        Some(name) => Some((UserId(get_id(row, "user_id")?), name)),
    };
    let most = match get::<Option<&str>>(row, "most_role")? {
        None => None,
        Some(name) => Some(Role::parse(name).ok_or_else(|| damaged("most_role"))?),
    };
    let workspaces = match get::<bool>(row, "in_some")? {
        false => None,
        true => Some(workspaces(pool, id).await?),
    };
    let used_from: Option<String> = get(row, "used_from")?;
    Ok(ApiToken {
        id,
        hash: get_hash(row)?,
        name: get(row, "name")?,
        owner,
        scope: Scope {
            read_only: get(row, "read_only")?,
            most,
            workspaces,
        },
        created_at: crate::rows::get_moment(row, "created_at")?,
        expires_at: get_maybe_moment(row, "expires_at")?,
        used: get_maybe_moment(row, "used_at")?.zip(used_from),
    })
}

async fn workspaces(pool: &Pool, id: TokenId) -> Result<BTreeSet<WorkspaceId>, StoreError> {
    let rows = sqlx::query("SELECT workspace_id FROM api_token_workspaces WHERE token_id = $1")
        .bind(id.0.to_string())
        .fetch_all(pool)
        .await
        .map_err(unavailable)?;
    let id = |row: &Row| Ok(WorkspaceId(get_id(row, "workspace_id")?));
    rows.iter().map(id).collect()
}
