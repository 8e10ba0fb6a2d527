//! The namespaces of workspaces in management clusters.

use commissary_core::domain::{ClusterId, NamespaceName, WorkspaceId};
use commissary_core::ports::StoreError;

use crate::errors::{damaged, refused_insert, unavailable};
use crate::rows::{get, get_id};
use crate::sqlite::{Connection, Pool, Row};

pub(crate) async fn of(
    pool: &Pool,
    workspace: WorkspaceId,
) -> Result<Vec<(ClusterId, NamespaceName)>, StoreError> {
    let rows = sqlx::query(
        "SELECT cluster_id, namespace FROM workspace_namespaces WHERE workspace_id = $1
         ORDER BY cluster_id, namespace",
    )
    .bind(workspace.0.to_string())
    .fetch_all(pool)
    .await
    .map_err(unavailable)?;
    let read = |row: &Row| {
        let name = NamespaceName::parse(get(row, "namespace")?);
        let cluster = ClusterId(get_id(row, "cluster_id")?);
        Ok((cluster, name.map_err(|_| damaged("namespace"))?))
    };
    rows.iter().map(read).collect()
}

/// The database refuses a namespace that is another workspace's.
pub(crate) async fn set(
    connection: &mut Connection,
    workspace: WorkspaceId,
    cluster: ClusterId,
    namespaces: &[NamespaceName],
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM workspace_namespaces WHERE workspace_id = $1 AND cluster_id = $2")
        .bind(workspace.0.to_string())
        .bind(cluster.0.to_string())
        .execute(&mut *connection)
        .await
        .map_err(unavailable)?;
    for namespace in namespaces {
        sqlx::query(
            "INSERT INTO workspace_namespaces (cluster_id, namespace, workspace_id)
             VALUES ($1, $2, $3)",
        )
        .bind(cluster.0.to_string())
        .bind(namespace.as_str())
        .bind(workspace.0.to_string())
        .execute(&mut *connection)
        .await
        .map_err(refused_insert)?;
    }
    Ok(())
}
