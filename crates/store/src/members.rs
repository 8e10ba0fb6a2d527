//! The roles of people in workspaces.

use std::collections::BTreeMap;

use commissary_core::domain::{Page, PageRequest, WorkspaceId};
use commissary_core::people::{Member, Role, UserId};
use commissary_core::ports::StoreError;

use crate::errors::{damaged, must_exist, refused_insert, unavailable};
use crate::rows::{get, get_id, get_maybe_moment, name_key, one_more};
use crate::sqlite::{Connection, Pool, Row};

/// The roles of a user.
pub(crate) async fn of_user(
    pool: &Pool,
    user: UserId,
) -> Result<BTreeMap<WorkspaceId, Role>, StoreError> {
    let rows = sqlx::query("SELECT workspace_id, role FROM workspace_members WHERE user_id = $1")
        .bind(user.0.to_string())
        .fetch_all(pool)
        .await
        .map_err(unavailable)?;
    let role = |row: &Row| Ok((WorkspaceId(get_id(row, "workspace_id")?), get_role(row)?));
    rows.iter().map(role).collect()
}

pub(crate) async fn page(
    pool: &Pool,
    workspace: WorkspaceId,
    page: &PageRequest,
) -> Result<Page<Member>, StoreError> {
    let rows = sqlx::query(
        "SELECT u.name, u.disabled_at, m.role FROM workspace_members m
         JOIN users u ON u.id = m.user_id
         WHERE m.workspace_id = $1 AND u.name_key > $2 ORDER BY u.name_key LIMIT $3",
    )
    .bind(workspace.0.to_string())
    .bind(name_key(page.after().unwrap_or_default()))
    .bind(one_more(page.limit()))
    .fetch_all(pool)
    .await
    .map_err(unavailable)?;
    let member = |row: &Row| {
        Ok(Member {
            name: get(row, "name")?,
            role: get_role(row)?,
            disabled: get_maybe_moment(row, "disabled_at")?.is_some(),
        })
    };
    let members = rows
        .iter()
        .map(member)
        .collect::<Result<Vec<Member>, StoreError>>()?;
    let key = |member: &Member| name_key(&member.name);
    Ok(Page::from_one_more(members, page.limit(), key))
}

pub(crate) async fn set(
    connection: &mut Connection,
    workspace: WorkspaceId,
    user: UserId,
    role: Role,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO workspace_members (workspace_id, user_id, role) VALUES ($1, $2, $3)
         ON CONFLICT (workspace_id, user_id) DO UPDATE SET role = excluded.role",
    )
    .bind(workspace.0.to_string())
    .bind(user.0.to_string())
    .bind(role.name())
    .execute(connection)
    .await
    .map_err(refused_insert)?;
    Ok(())
}

pub(crate) async fn remove(
    connection: &mut Connection,
    workspace: WorkspaceId,
    user: UserId,
) -> Result<(), StoreError> {
    let done =
        sqlx::query("DELETE FROM workspace_members WHERE workspace_id = $1 AND user_id = $2")
            .bind(workspace.0.to_string())
            .bind(user.0.to_string())
            .execute(connection)
            .await
            .map_err(unavailable)?;
    must_exist(done.rows_affected())
}

pub(crate) fn get_role(row: &Row) -> Result<Role, StoreError> {
    Role::parse(get(row, "role")?).ok_or_else(|| damaged("role"))
}
