//! Workspaces.

use std::collections::BTreeSet;

use commissary_core::domain::{Page, PageRequest, Workspace, WorkspaceId, WorkspaceName};
use commissary_core::people::{Reach, WorkspaceNames};
use commissary_core::ports::StoreError;
use sqlx::QueryBuilder;

use crate::errors::{damaged, must_exist, refused_delete, refused_insert, unavailable};
use crate::rows::{anywhere, get, get_id, get_moment, moment_text, name_key, one_more, paged};
use crate::sqlite::{Connection, Db, Pool, Row};

pub(crate) async fn insert(
    connection: &mut Connection,
    workspace: &Workspace,
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO workspaces (id, name, name_key, created_at) VALUES ($1, $2, $3, $4)")
        .bind(workspace.id.0.to_string())
        .bind(workspace.name.as_str())
        .bind(name_key(workspace.name.as_str()))
        .bind(moment_text(workspace.created_at))
        .execute(connection)
        .await
        .map_err(refused_insert)?;
    Ok(())
}

pub(crate) async fn by_name(
    pool: &Pool,
    name: &WorkspaceName,
) -> Result<Option<Workspace>, StoreError> {
    let row = sqlx::query("SELECT id, name, created_at FROM workspaces WHERE name_key = $1")
        .bind(name_key(name.as_str()))
        .fetch_optional(pool)
        .await
        .map_err(unavailable)?;
    row.as_ref().map(from_row).transpose()
}

/// By name key; an empty one comes before all. What cannot be seen is left out
/// before the page is cut, so that pages are as long as they say.
pub(crate) async fn page(
    pool: &Pool,
    reach: &Reach,
    search: Option<&str>,
    page: &PageRequest,
) -> Result<Page<Workspace>, StoreError> {
    let mut query =
        QueryBuilder::<Db>::new("SELECT id, name, created_at FROM workspaces WHERE name_key > ");
    query.push_bind(name_key(page.after().unwrap_or_default()));
    if let Some(search) = search {
        query.push(" AND name_key LIKE ");
        query.push_bind(anywhere(&name_key(search)));
        query.push(r" ESCAPE '\'");
    }
    if let Reach::Only(roles) = reach {
        if roles.is_empty() {
            return Ok(Page::from_one_more(
                Vec::new(),
                page.limit(),
                |_: &Workspace| String::new(),
            ));
        }
        query.push(" AND id IN (");
        let mut ids = query.separated(", ");
        for id in roles.keys() {
            ids.push_bind(id.0.to_string());
        }
        query.push(")");
    }
    query.push(" ORDER BY name_key LIMIT ");
    query.push_bind(one_more(page.limit()));
    let rows = query.build().fetch_all(pool).await.map_err(unavailable)?;
    let key = |workspace: &Workspace| name_key(workspace.name.as_str());
    paged(&rows, page, from_row, key)
}

/// The names of these workspaces, as far as they are there.
pub(crate) async fn names(pool: &Pool, ids: &[WorkspaceId]) -> Result<WorkspaceNames, StoreError> {
    if ids.is_empty() {
        return Ok(WorkspaceNames::new());
    }
    let ids: BTreeSet<&WorkspaceId> = ids.iter().collect();
    let mut query =
        QueryBuilder::<Db>::new("SELECT id, name, created_at FROM workspaces WHERE id IN (");
    let mut each = query.separated(", ");
    for id in ids {
        each.push_bind(id.0.to_string());
    }
    query.push(")");
    let rows = query.build().fetch_all(pool).await.map_err(unavailable)?;
    let named = |row: &Row| from_row(row).map(|workspace| (workspace.id, workspace.name));
    rows.iter().map(named).collect()
}

/// The database refuses while a provider refers to the workspace.
pub(crate) async fn delete(connection: &mut Connection, id: WorkspaceId) -> Result<(), StoreError> {
    let done = sqlx::query("DELETE FROM workspaces WHERE id = $1")
        .bind(id.0.to_string())
        .execute(connection)
        .await
        .map_err(refused_delete)?;
    must_exist(done.rows_affected())
}

fn from_row(row: &Row) -> Result<Workspace, StoreError> {
    Ok(Workspace {
        id: WorkspaceId(get_id(row, "id")?),
        name: WorkspaceName::parse(get(row, "name")?).map_err(|_| damaged("name"))?,
        created_at: get_moment(row, "created_at")?,
    })
}
