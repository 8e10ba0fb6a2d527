//! The roles of people in workspaces.

use std::collections::BTreeMap;

use commissary_core::domain::{Page, PageRequest, WorkspaceId};
use commissary_core::people::{Member, Role, UserId};
use commissary_core::ports::StoreError;
use jiff::Timestamp;
use sqlx::QueryBuilder;
use uuid::Uuid;

use crate::errors::{damaged, must_exist, refused_insert, unavailable};
use crate::rows::{get, get_id, get_maybe_moment, moment_text, name_key, one_more, paged};
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
    now: Timestamp,
) -> Result<Page<Member>, StoreError> {
    let rows = sqlx::query(
        "SELECT u.name, u.disabled_at, m.role AS by_hand, g.role AS by_group FROM users u
         LEFT JOIN workspace_members m ON m.user_id = u.id AND m.workspace_id = $1
         LEFT JOIN user_identities i ON i.user_id = u.id AND i.groups_until > $4
         LEFT JOIN group_roles g ON g.user_id = i.user_id AND g.workspace_id = $1
         WHERE (m.role IS NOT NULL OR g.role IS NOT NULL) AND u.name_key > $2
         ORDER BY u.name_key LIMIT $3",
    )
    .bind(workspace.0.to_string())
    .bind(name_key(page.after().unwrap_or_default()))
    .bind(one_more(page.limit()))
    .bind(moment_text(now))
    .fetch_all(pool)
    .await
    .map_err(unavailable)?;
    let member = |row: &Row| {
        let role = |column| {
            get::<Option<&str>>(row, column)?
                .map(role_named)
                .transpose()
        };
        let (by_hand, by_group) = (role("by_hand")?, role("by_group")?);
        Ok(Member {
            name: get(row, "name")?,
            role: by_hand.max(by_group).ok_or_else(|| damaged("role"))?,
            by_group,
            by_hand: by_hand.is_some(),
            disabled: get_maybe_moment(row, "disabled_at")?.is_some(),
        })
    };
    let key = |member: &Member| name_key(&member.name);
    paged(&rows, page, member, key)
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
    role_named(get(row, "role")?)
}

fn role_named(name: &str) -> Result<Role, StoreError> {
    Role::parse(name).ok_or_else(|| damaged("role"))
}
