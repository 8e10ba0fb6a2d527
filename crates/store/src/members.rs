//! The roles of people in workspaces.

use std::collections::BTreeMap;

use commissary_core::domain::{Page, PageRequest, WorkspaceId};
use commissary_core::people::{Member, Role, UserId};
use commissary_core::ports::StoreError;
use sqlx::QueryBuilder;
use uuid::Uuid;

use crate::errors::{damaged, must_exist, refused_insert, unavailable};
use crate::rows::{get, get_id, get_maybe_moment, name_key, one_more};
use crate::sqlite::{Connection, Db, Pool, Row};

/// Roles by whose they are: a user, or an invitation.
pub(crate) type RolesOfEach = BTreeMap<Uuid, BTreeMap<WorkspaceId, Role>>;

/// The roles of users.
pub(crate) async fn of_users(pool: &Pool, users: &[Uuid]) -> Result<RolesOfEach, StoreError> {
    let select = "SELECT user_id AS owner_id, workspace_id, role FROM workspace_members
         WHERE user_id IN (";
    of_each(pool, select, users).await
}

/// The roles of what `select` selects by a list of ids, in one query.
pub(crate) async fn of_each(
    pool: &Pool,
    select: &'static str,
    owners: &[Uuid],
) -> Result<RolesOfEach, StoreError> {
    let mut roles = RolesOfEach::new();
    if owners.is_empty() {
        return Ok(roles);
    }
    let mut query = QueryBuilder::<Db>::new(select);
    let mut ids = query.separated(", ");
    for owner in owners {
        ids.push_bind(owner.to_string());
    }
    query.push(")");
    for row in &query.build().fetch_all(pool).await.map_err(unavailable)? {
        let workspace = WorkspaceId(get_id(row, "workspace_id")?);
        let own = roles.entry(get_id(row, "owner_id")?).or_default();
        own.insert(workspace, get_role(row)?);
    }
    Ok(roles)
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
