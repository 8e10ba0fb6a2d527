//! The roles of people in workspaces.

use std::collections::BTreeMap;

use commissary_core::domain::WorkspaceId;
use commissary_core::people::{Role, UserId};
use commissary_core::ports::StoreError;

use crate::errors::{damaged, unavailable};
use crate::rows::{get, get_id};
use crate::sqlite::{Pool, Row};

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

pub(crate) fn get_role(row: &Row) -> Result<Role, StoreError> {
    Role::parse(get(row, "role")?).ok_or_else(|| damaged("role"))
}
