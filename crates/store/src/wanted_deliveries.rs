//! Which deliveries there should be: that follows from the providers, the namespaces of their
//! workspaces and the clusters, and every change of one of these makes what it touches due.

use commissary_core::domain::{
    ClusterId, IdentityName, ProviderId, ProviderName, WorkspaceId, WorkspaceName,
};
use commissary_core::ports::StoreError;
use jiff::Timestamp;

use crate::errors::{damaged, refused_insert, unavailable};
use crate::rows::{get, get_id, moment_text};
use crate::sqlite::{Connection, Row};

/// What changed.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Changed {
    /// A provider, which may be gone.
    Provider(ProviderId),
    /// The namespaces of a workspace in a management cluster.
    Namespaces(WorkspaceId, ClusterId),
    /// A management cluster.
    Cluster(ClusterId),
}

impl Changed {
    /// Provider, workspace and cluster; an empty one is any.
    fn keys(self) -> [String; 3] {
        let any = String::new;
        match self {
            Self::Provider(id) => [id.0.to_string(), any(), any()],
            Self::Namespaces(workspace, cluster) => {
                [any(), workspace.0.to_string(), cluster.0.to_string()]
            }
            Self::Cluster(id) => [any(), any(), id.0.to_string()],
        }
    }
}

/// Makes due what follows from a change, in the transaction of that change.
pub(crate) async fn follow(
    connection: &mut Connection,
    changed: Changed,
    at: Timestamp,
) -> Result<(), StoreError> {
    let [provider, workspace, cluster] = changed.keys();
    // Those that are there.
    sqlx::query(
        "UPDATE deliveries SET wanted = wanted + 1, due_at = $4, failure = NULL, attempts = NULL,
             provider = COALESCE((SELECT p.name FROM providers p WHERE p.id = provider_id), provider),
             removing = NOT EXISTS (
                 SELECT 1 FROM providers p
                 JOIN workspace_namespaces n ON n.workspace_id = p.workspace_id
                 WHERE p.id = deliveries.provider_id AND n.cluster_id = deliveries.cluster_id)
         WHERE ($1 = '' OR provider_id = $1) AND ($2 = '' OR workspace_id = $2)
             AND ($3 = '' OR cluster_id = $3)",
    )
    .bind(&provider)
    .bind(&workspace)
    .bind(&cluster)
    .bind(moment_text(at))
    .execute(&mut *connection)
    .await
    .map_err(unavailable)?;
    // Those that are missing.
    let missing = sqlx::query(
        "SELECT p.id AS provider_id, p.name AS provider, w.id AS workspace_id,
             w.name AS workspace, c.id AS cluster_id, c.capa_namespace
         FROM providers p
         JOIN workspaces w ON w.id = p.workspace_id
         JOIN management_clusters c ON EXISTS (
             SELECT 1 FROM workspace_namespaces n
             WHERE n.workspace_id = w.id AND n.cluster_id = c.id)
         WHERE ($1 = '' OR p.id = $1) AND ($2 = '' OR w.id = $2) AND ($3 = '' OR c.id = $3)
             AND NOT EXISTS (
                 SELECT 1 FROM deliveries d
                 WHERE d.provider_id = p.id AND d.cluster_id = c.id)
         ORDER BY p.id, c.id",
    )
    .bind(&provider)
    .bind(&workspace)
    .bind(&cluster)
    .fetch_all(&mut *connection)
    .await
    .map_err(unavailable)?;
    for row in &missing {
        insert(connection, row, at).await?;
    }
    Ok(())
}

async fn insert(connection: &mut Connection, row: &Row, at: Timestamp) -> Result<(), StoreError> {
    let cluster: &str = get(row, "cluster_id")?;
    let workspace = WorkspaceName::parse(get(row, "workspace")?).map_err(|_| damaged("name"))?;
    let provider = ProviderName::parse(get(row, "provider")?).map_err(|_| damaged("name"))?;
    let id = ProviderId(get_id(row, "provider_id")?);
    let name = IdentityName::of(&workspace, &provider);
    let taken = sqlx::query("SELECT 1 FROM deliveries WHERE cluster_id = $1 AND identity = $2")
        .bind(cluster)
        .bind(name.as_str())
        .fetch_optional(&mut *connection)
        .await
        .map_err(unavailable)?;
    let name = match taken {
        None => name,
        Some(_) => name.with_suffix_of(id),
    };
    sqlx::query(
        "INSERT INTO deliveries (cluster_id, provider_id, workspace_id, workspace, provider,
             identity, secret_namespace, wanted, removing, adopt, due_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 1, FALSE, FALSE, $8)",
    )
    .bind(cluster)
    .bind(id.0.to_string())
    .bind(get::<&str>(row, "workspace_id")?)
    .bind(workspace.as_str())
    .bind(provider.as_str())
    .bind(name.as_str())
    .bind(get::<&str>(row, "capa_namespace")?)
    .bind(moment_text(at))
    .execute(connection)
    .await
    .map_err(refused_insert)?;
    Ok(())
}
