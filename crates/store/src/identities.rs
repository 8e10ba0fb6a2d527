//! Users whom an identity provider knows, and sign-ins with it that are under way.

use std::collections::BTreeMap;

use commissary_core::domain::WorkspaceId;
use commissary_core::people::{
    Elsewhere, GroupRights, Role, SignInUnderWay, TokenHash, User, UserId,
};
use commissary_core::ports::StoreError;
use jiff::Timestamp;
use uuid::Uuid;

use crate::errors::{damaged, must_exist, refused_insert, unavailable};
use crate::members::{RolesOfEach, of_each};
use crate::rows::{get, get_id, get_moment, moment_text};
use crate::sqlite::{Connection, Pool, Row};
use crate::users;

/// How a provider knows the user of a row that was read with its identity.
pub(crate) fn of_row(
    row: &Row,
    roles: Option<BTreeMap<WorkspaceId, Role>>,
) -> Result<Option<Elsewhere>, StoreError> {
    let Some(issuer) = get::<Option<String>>(row, "issuer")? else {
        return Ok(None);
    };
    Ok(Some(Elsewhere {
        issuer,
        rights: GroupRights {
            administrator: get(row, "group_administrator")?,
            roles: roles.unwrap_or_default(),
        },
        until: get_moment(row, "groups_until")?,
    }))
}

/// The roles that groups give to users.
pub(crate) async fn roles(pool: &Pool, users: &[Uuid]) -> Result<RolesOfEach, StoreError> {
    let select = "SELECT user_id AS owner_id, workspace_id, role FROM group_roles
         WHERE user_id IN (";
    of_each(pool, select, users).await
}

pub(crate) async fn user(
    pool: &Pool,
    issuer: &str,
    subject: &str,
) -> Result<Option<User>, StoreError> {
    let row = sqlx::query("SELECT user_id FROM user_identities WHERE issuer = $1 AND subject = $2")
        .bind(issuer)
        .bind(subject)
        .fetch_optional(pool)
        .await
        .map_err(unavailable)?;
    match row {
        None => Ok(None),
        Some(row) => users::by_id(pool, UserId(get_id(&row, "user_id")?)).await,
    }
}

pub(crate) async fn insert(
    connection: &mut Connection,
    id: UserId,
    subject: &str,
    known: &Elsewhere,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO user_identities (user_id, issuer, subject, group_administrator, groups_until)
         VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(id.0.to_string())
    .bind(&known.issuer)
    .bind(subject)
    .bind(known.rights.administrator)
    .bind(moment_text(known.until))
    .execute(&mut *connection)
    .await
    .map_err(refused_insert)?;
    insert_roles(connection, id, &known.rights).await
}

pub(crate) async fn renew(
    connection: &mut Connection,
    id: UserId,
    known: &Elsewhere,
) -> Result<(), StoreError> {
    let done = sqlx::query(
        "UPDATE user_identities SET group_administrator = $2, groups_until = $3
         WHERE user_id = $1",
    )
    .bind(id.0.to_string())
    .bind(known.rights.administrator)
    .bind(moment_text(known.until))
    .execute(&mut *connection)
    .await
    .map_err(unavailable)?;
    must_exist(done.rows_affected())?;
    sqlx::query("DELETE FROM group_roles WHERE user_id = $1")
        .bind(id.0.to_string())
        .execute(&mut *connection)
        .await
        .map_err(unavailable)?;
    insert_roles(connection, id, &known.rights).await
}

/// A workspace that went away meanwhile is left out.
async fn insert_roles(
    connection: &mut Connection,
    id: UserId,
    rights: &GroupRights,
) -> Result<(), StoreError> {
    for (workspace, role) in &rights.roles {
        sqlx::query(
            "INSERT INTO group_roles (user_id, workspace_id, role)
             SELECT $1, id, $3 FROM workspaces WHERE id = $2",
        )
        .bind(id.0.to_string())
        .bind(workspace.0.to_string())
        .bind(role.name())
        .execute(&mut *connection)
        .await
        .map_err(refused_insert)?;
    }
    Ok(())
}

/// Keeps a sign-in; those that are over make room for it.
pub(crate) async fn insert_sign_in(
    connection: &mut Connection,
    sign_in: &SignInUnderWay,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM sign_ins_under_way WHERE expires_at <= $1")
        .bind(moment_text(now))
        .execute(&mut *connection)
        .await
        .map_err(unavailable)?;
    sqlx::query(
        "INSERT INTO sign_ins_under_way (state, browser, next, replaces, expires_at)
         VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(sign_in.state.as_bytes())
    .bind(sign_in.browser.as_bytes())
    .bind(&sign_in.next)
    .bind(sign_in.replaces.as_ref().map(TokenHash::as_bytes))
    .bind(moment_text(sign_in.expires_at))
    .execute(connection)
    .await
    .map_err(refused_insert)?;
    Ok(())
}

/// Removes the sign-in of a state and a browser, and says what it was.
pub(crate) async fn take_sign_in(
    connection: &mut Connection,
    state: &TokenHash,
    browser: &TokenHash,
) -> Result<Option<SignInUnderWay>, StoreError> {
    let row = sqlx::query(
        "DELETE FROM sign_ins_under_way WHERE state = $1 AND browser = $2
         RETURNING next, replaces, expires_at",
    )
    .bind(state.as_bytes())
    .bind(browser.as_bytes())
    .fetch_optional(connection)
    .await
    .map_err(unavailable)?;
    let Some(row) = row else { return Ok(None) };
    let replaces = get::<Option<&[u8]>>(&row, "replaces")?
        .map(|bytes| TokenHash::from_bytes(bytes).ok_or_else(|| damaged("token hash")))
        .transpose()?;
    Ok(Some(SignInUnderWay {
        state: state.clone(),
        browser: browser.clone(),
        next: get(&row, "next")?,
        replaces,
        expires_at: get_moment(&row, "expires_at")?,
    }))
}
