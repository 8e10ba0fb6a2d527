//! Invitations, their links kept as hashes.

use std::collections::BTreeMap;

use commissary_core::domain::{Page, PageRequest, WorkspaceId};
use commissary_core::people::{Invitation, InvitationId, Role, TokenHash, UserId};
use commissary_core::ports::StoreError;
use jiff::Timestamp;
use sqlx::QueryBuilder;
use uuid::Uuid;

use crate::errors::{must_exist, refused_insert, unavailable};
use crate::members::of_each;
use crate::rows::{get, get_id, get_moment, moment_text, name_key, one_more};
use crate::sqlite::{Connection, Db, Pool, Row};
use crate::users::get_hash;

const SELECT: &str = "SELECT id, hash, name, administrator, invited_by, inviter_id, created_at,
     expires_at
 FROM invitations WHERE ";

/// Keeps an invitation; those that are over make room for it.
pub(crate) async fn insert(
    connection: &mut Connection,
    invitation: &Invitation,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM invitations WHERE expires_at <= $1")
        .bind(moment_text(invitation.created_at))
        .execute(&mut *connection)
        .await
        .map_err(unavailable)?;
    let done = sqlx::query(
        "INSERT INTO invitations
             (id, hash, name, name_key, administrator, invited_by, inviter_id, created_at, expires_at)
         SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9
         WHERE NOT EXISTS (SELECT 1 FROM users WHERE name_key = $4)",
    )
    .bind(invitation.id.0.to_string())
    .bind(invitation.hash.as_bytes())
    .bind(&invitation.name)
    .bind(name_key(&invitation.name))
    .bind(invitation.administrator)
    .bind(&invitation.invited_by)
    .bind(invitation.inviter.map(|id| id.0.to_string()))
    .bind(moment_text(invitation.created_at))
    .bind(moment_text(invitation.expires_at))
    .execute(&mut *connection)
    .await
    .map_err(refused_insert)?;
    must_exist(done.rows_affected()).map_err(|_| StoreError::NameTaken)?;
    for (workspace, role) in &invitation.roles {
        sqlx::query(
            "INSERT INTO invitation_roles (invitation_id, workspace_id, role) VALUES ($1, $2, $3)",
        )
        .bind(invitation.id.0.to_string())
        .bind(workspace.0.to_string())
        .bind(role.name())
        .execute(&mut *connection)
        .await
        .map_err(refused_insert)?;
    }
    Ok(())
}

pub(crate) async fn by_hash(
    pool: &Pool,
    hash: &TokenHash,
) -> Result<Option<Invitation>, StoreError> {
    let row = QueryBuilder::<Db>::new(SELECT)
        .push("hash = ")
        .push_bind(hash.as_bytes())
        .build()
        .fetch_optional(pool)
        .await
        .map_err(unavailable)?;
    match row {
        None => Ok(None),
        Some(row) => Ok(from_rows(pool, &[row]).await?.pop()),
    }
}

pub(crate) async fn page(
    pool: &Pool,
    inviter: Option<UserId>,
    page: &PageRequest,
) -> Result<Page<Invitation>, StoreError> {
    let mut query = QueryBuilder::<Db>::new(SELECT);
    query.push("id > ");
    query.push_bind(page.after().unwrap_or_default().to_owned());
    push_inviter(&mut query, inviter);
    query.push(" ORDER BY id LIMIT ");
    query.push_bind(one_more(page.limit()));
    let rows = query.build().fetch_all(pool).await.map_err(unavailable)?;
    let invitations = from_rows(pool, &rows).await?;
    let key = |invitation: &Invitation| invitation.id.0.to_string();
    Ok(Page::from_one_more(invitations, page.limit(), key))
}

pub(crate) async fn delete(
    connection: &mut Connection,
    id: InvitationId,
    inviter: Option<UserId>,
) -> Result<(), StoreError> {
    let mut query = QueryBuilder::<Db>::new("DELETE FROM invitations WHERE id = ");
    query.push_bind(id.0.to_string());
    push_inviter(&mut query, inviter);
    let done = query
        .build()
        .execute(connection)
        .await
        .map_err(unavailable)?;
    must_exist(done.rows_affected())
}

/// Of two that use the link at once, one finds it gone.
pub(crate) async fn use_link(
    connection: &mut Connection,
    hash: &TokenHash,
    now: Timestamp,
) -> Result<(), StoreError> {
    let done = sqlx::query("DELETE FROM invitations WHERE hash = $1 AND expires_at > $2")
        .bind(hash.as_bytes())
        .bind(moment_text(now))
        .execute(connection)
        .await
        .map_err(unavailable)?;
    must_exist(done.rows_affected())
}

/// Whoever may not sign in any more invites nobody either.
pub(crate) async fn delete_of_inviter(
    connection: &mut Connection,
    inviter: UserId,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM invitations WHERE inviter_id = $1")
        .bind(inviter.0.to_string())
        .execute(connection)
        .await
        .map_err(unavailable)?;
    Ok(())
}

fn push_inviter(query: &mut QueryBuilder<Db>, inviter: Option<UserId>) {
    if let Some(inviter) = inviter {
        query.push(" AND inviter_id = ");
        query.push_bind(inviter.0.to_string());
    }
}

/// Rows with the invitations' roles.
async fn from_rows(pool: &Pool, rows: &[Row]) -> Result<Vec<Invitation>, StoreError> {
    let ids: Vec<Uuid> = rows
        .iter()
        .map(|row| get_id(row, "id"))
        .collect::<Result<_, _>>()?;
    let select = "SELECT invitation_id AS owner_id, workspace_id, role FROM invitation_roles
         WHERE invitation_id IN (";
    let mut roles = of_each(pool, select, &ids).await?;
    let invitations = rows.iter().zip(ids);
    invitations
        .map(|(row, id)| from_row(row, id, roles.remove(&id).unwrap_or_default()))
        .collect()
}

fn from_row(
    row: &Row,
    id: Uuid,
    roles: BTreeMap<WorkspaceId, Role>,
) -> Result<Invitation, StoreError> {
    let by_user = get::<Option<&str>>(row, "inviter_id")?.is_some();
    let inviter = by_user.then(|| get_id(row, "inviter_id")).transpose()?;
    Ok(Invitation {
        id: InvitationId(id),
        hash: get_hash(row)?,
        name: get(row, "name")?,
        administrator: get(row, "administrator")?,
        roles,
        invited_by: get(row, "invited_by")?,
        inviter: inviter.map(UserId),
        created_at: get_moment(row, "created_at")?,
        expires_at: get_moment(row, "expires_at")?,
    })
}
