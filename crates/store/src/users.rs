//! Users, and the setup link that makes the first.

use commissary_core::domain::{Page, PageRequest};
use commissary_core::people::{PasswordHash, TokenHash, User, UserChange, UserId};
use commissary_core::ports::{SetupLink, StoreError};

use sqlx::QueryBuilder;
use uuid::Uuid;

use crate::errors::{damaged, must_exist, refused_insert, unavailable};
use crate::identities;
use crate::members::{self, RolesOfEach};
use crate::rows::{get, get_id, get_maybe_moment, get_moment, moment_text, name_key, one_more};
use crate::sqlite::{Connection, Db, Pool, Row};

/// What is kept in place of a hash for who has no password.
const NO_PASSWORD: &str = "";

pub(crate) async fn any(pool: &Pool) -> Result<bool, StoreError> {
    let found = sqlx::query("SELECT 1 FROM users LIMIT 1")
        .fetch_optional(pool)
        .await
        .map_err(unavailable)?;
    Ok(found.is_some())
}

/// The columns are named apart from a session's or a token's.
const SELECT: &str = "SELECT id AS user_id, name, password_hash, administrator, disabled_at,
     created_at AS user_created_at, issuer, group_administrator, groups_until
 FROM users LEFT JOIN user_identities ON user_identities.user_id = users.id WHERE ";

pub(crate) async fn by_name(pool: &Pool, name: &str) -> Result<Option<User>, StoreError> {
    one(pool, "name_key = ", name_key(name)).await
}

pub(crate) async fn by_id(pool: &Pool, id: UserId) -> Result<Option<User>, StoreError> {
    one(pool, "id = ", id.0.to_string()).await
}

async fn one(pool: &Pool, column: &str, value: String) -> Result<Option<User>, StoreError> {
    let row = QueryBuilder::<Db>::new(SELECT)
        .push(column)
        .push_bind(value)
        .build()
        .fetch_optional(pool)
        .await
        .map_err(unavailable)?;
    match row {
        None => Ok(None),
        Some(row) => Ok(from_rows(pool, &[row]).await?.pop()),
    }
}

/// By name key; an empty one comes before all.
pub(crate) async fn page(pool: &Pool, page: &PageRequest) -> Result<Page<User>, StoreError> {
    let rows = QueryBuilder::<Db>::new(SELECT)
        .push("name_key > ")
        .push_bind(name_key(page.after().unwrap_or_default()))
        .push(" ORDER BY name_key LIMIT ")
        .push_bind(one_more(page.limit()))
        .build()
        .fetch_all(pool)
        .await
        .map_err(unavailable)?;
    let users = from_rows(pool, &rows).await?;
    let key = |user: &User| name_key(&user.name);
    Ok(Page::from_one_more(users, page.limit(), key))
}

/// Where there is a user already, a setup link gives no right to make another,
/// whenever it was opened.
pub(crate) async fn must_be_first(connection: &mut Connection) -> Result<(), StoreError> {
    let found = sqlx::query("SELECT 1 FROM users LIMIT 1")
        .fetch_optional(connection)
        .await
        .map_err(unavailable)?;
    match found {
        None => Ok(()),
        Some(_) => Err(StoreError::Gone),
    }
}

pub(crate) async fn insert(connection: &mut Connection, user: &User) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO users (id, name, name_key, password_hash, administrator, created_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(user.id.0.to_string())
    .bind(&user.name)
    .bind(name_key(&user.name))
    .bind(
        user.password
            .as_ref()
            .map_or(NO_PASSWORD, PasswordHash::as_str),
    )
    .bind(user.administrator)
    .bind(moment_text(user.created_at))
    .execute(connection)
    .await
    .map_err(refused_insert)?;
    Ok(())
}

pub(crate) async fn change(
    connection: &mut Connection,
    id: UserId,
    change: &UserChange,
) -> Result<(), StoreError> {
    let mut query = QueryBuilder::<Db>::new("UPDATE users SET ");
    match change {
        UserChange::Disable(at) => query.push("disabled_at = ").push_bind(moment_text(*at)),
        UserChange::Enable => query.push("disabled_at = NULL"),
        UserChange::Administrator(is) => query.push("administrator = ").push_bind(*is),
        UserChange::Password(hash) => query.push("password_hash = ").push_bind(hash.as_str()),
    };
    let done = query
        .push(" WHERE id = ")
        .push_bind(id.0.to_string())
        .build()
        .execute(connection)
        .await
        .map_err(unavailable)?;
    must_exist(done.rows_affected())
}

pub(crate) async fn delete(connection: &mut Connection, id: UserId) -> Result<(), StoreError> {
    let done = sqlx::query("DELETE FROM users WHERE id = $1")
        .bind(id.0.to_string())
        .execute(connection)
        .await
        .map_err(unavailable)?;
    must_exist(done.rows_affected())
}

/// Whether somebody is there who could administrate whatever becomes of an identity provider:
/// made an administrator by hand, and with a password. A transaction that may take
/// the last one asks before and after. SQLite lets one transaction write at a time;
/// PostgreSQL's twin first takes `SELECT id FROM users WHERE administrator FOR UPDATE`.
pub(crate) async fn has_administrator(connection: &mut Connection) -> Result<bool, StoreError> {
    let one = sqlx::query(
        "SELECT 1 FROM users
         WHERE administrator AND disabled_at IS NULL AND password_hash <> $1 LIMIT 1",
    )
    .bind(NO_PASSWORD)
    .fetch_optional(connection)
    .await
    .map_err(unavailable)?;
    Ok(one.is_some())
}

/// Rows with the users' roles.
async fn from_rows(pool: &Pool, rows: &[Row]) -> Result<Vec<User>, StoreError> {
    let ids: Vec<Uuid> = rows
        .iter()
        .map(|row| get_id(row, "user_id"))
        .collect::<Result<_, _>>()?;
    let mut roles = Roles {
        by_hand: members::of_users(pool, &ids).await?,
        by_group: identities::roles(pool, &ids).await?,
    };
    let users = rows.iter().zip(ids);
    users
        .map(|(row, id)| from_row(row, id, &mut roles))
        .collect()
}

/// The roles of users, by whose hand.
struct Roles {
    by_hand: RolesOfEach,
    by_group: RolesOfEach,
}

fn from_row(row: &Row, id: Uuid, roles: &mut Roles) -> Result<User, StoreError> {
    let password: String = get(row, "password_hash")?;
    Ok(User {
        id: UserId(id),
        name: get(row, "name")?,
        password: (password != NO_PASSWORD).then(|| PasswordHash::from_stored(password)),
        administrator: get(row, "administrator")?,
        roles: roles.by_hand.remove(&id).unwrap_or_default(),
        elsewhere: identities::of_row(row, roles.by_group.remove(&id))?,
        disabled_at: get_maybe_moment(row, "disabled_at")?,
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
