//! The namespaces of workspaces in management clusters.

use commissary_core::domain::{
    ClusterId, ClusterName, ClusterNamespaces, NamespaceName, OwnedNamespace, WorkspaceId,
    WorkspaceName,
};
use commissary_core::ports::StoreError;

use crate::errors::{damaged, refused_insert, unavailable};
use crate::rows::{get, get_id};
use crate::sqlite::{Connection, Pool, Row};

pub(crate) async fn of(
    pool: &Pool,
    workspace: WorkspaceId,
) -> Result<Vec<ClusterNamespaces>, StoreError> {
    let rows = sqlx::query(
        "SELECT n.cluster_id, n.namespace, c.name FROM workspace_namespaces n
         JOIN management_clusters c ON c.id = n.cluster_id
         WHERE n.workspace_id = $1 ORDER BY c.name_key, n.namespace",
    )
    .bind(workspace.0.to_string())
    .fetch_all(pool)
    .await
    .map_err(unavailable)?;
    let mut all: Vec<ClusterNamespaces> = Vec::new();
    for row in &rows {
        let cluster_id = ClusterId(get_id(row, "cluster_id")?);
        let namespace = namespace(row)?;
        match all.last_mut() {
            Some(last) if last.cluster_id == cluster_id => last.namespaces.push(namespace),
            _ => all.push(ClusterNamespaces {
                cluster_id,
                cluster: ClusterName::parse(get(row, "name")?).map_err(|_| damaged("name"))?,
                namespaces: vec![namespace],
            }),
        }
    }
    Ok(all)
}

pub(crate) async fn in_cluster(
    pool: &Pool,
    cluster: ClusterId,
) -> Result<Vec<OwnedNamespace>, StoreError> {
    let rows = sqlx::query(
        "SELECT n.namespace, w.name FROM workspace_namespaces n
         JOIN workspaces w ON w.id = n.workspace_id
         WHERE n.cluster_id = $1 ORDER BY n.namespace",
    )
    .bind(cluster.0.to_string())
    .fetch_all(pool)
    .await
    .map_err(unavailable)?;
    let read = |row: &Row| {
        Ok(OwnedNamespace {
            namespace: namespace(row)?,
            workspace: WorkspaceName::parse(get(row, "name")?).map_err(|_| damaged("name"))?,
        })
    };
    rows.iter().map(read).collect()
}

fn namespace(row: &Row) -> Result<NamespaceName, StoreError> {
    NamespaceName::parse(get(row, "namespace")?).map_err(|_| damaged("namespace"))
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
