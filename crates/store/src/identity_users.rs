//! Who uses the identities that were delivered.

use commissary_core::domain::{
    ClusterId, IdentityName, IdentityUser, ProviderName, SeenUser, WorkspaceId,
};
use commissary_core::ports::StoreError;

use crate::checks::{get_json, json};
use crate::errors::{damaged, unavailable};
use crate::rows::get;
use crate::sqlite::{Connection, Pool, Row};

pub(crate) async fn of(
    pool: &Pool,
    cluster: ClusterId,
    identity: &IdentityName,
) -> Result<Vec<IdentityUser>, StoreError> {
    let rows = sqlx::query(
        "SELECT seen FROM identity_users WHERE cluster_id = $1 AND identity = $2
         ORDER BY kind, namespace, name",
    )
    .bind(cluster.0.to_string())
    .bind(identity.as_str())
    .fetch_all(pool)
    .await
    .map_err(unavailable)?;
    rows.iter().map(seen).collect()
}

/// Those of the identities that a workspace has there, each with the provider.
pub(crate) async fn of_workspace(
    pool: &Pool,
    cluster: ClusterId,
    workspace: WorkspaceId,
) -> Result<Vec<(ProviderName, IdentityUser)>, StoreError> {
    let rows = sqlx::query(
        "SELECT d.provider, u.seen FROM deliveries d
         JOIN identity_users u ON u.cluster_id = d.cluster_id AND u.identity = d.identity
         WHERE d.cluster_id = $1 AND d.workspace_id = $2
         ORDER BY d.provider, u.kind, u.namespace, u.name",
    )
    .bind(cluster.0.to_string())
    .bind(workspace.0.to_string())
    .fetch_all(pool)
    .await
    .map_err(unavailable)?;
    let read = |row| {
        let provider = ProviderName::parse(get(row, "provider")?);
        Ok((provider.map_err(|_| damaged("name"))?, seen(row)?))
    };
    rows.iter().map(read).collect()
}

fn seen(row: &Row) -> Result<IdentityUser, StoreError> {
    get_json(row, "seen")?.ok_or_else(|| damaged("user of an identity"))
}

/// Replaces all of a kind.
pub(crate) async fn replace(
    connection: &mut Connection,
    cluster: ClusterId,
    kind: &str,
    users: &[SeenUser],
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM identity_users WHERE cluster_id = $1 AND kind = $2")
        .bind(cluster.0.to_string())
        .bind(kind)
        .execute(&mut *connection)
        .await
        .map_err(unavailable)?;
    for user in users {
        note(connection, cluster, user).await?;
    }
    Ok(())
}

/// Keeps a user as it was seen; one that uses no identity is forgotten.
pub(crate) async fn note(
    connection: &mut Connection,
    cluster: ClusterId,
    seen: &SeenUser,
) -> Result<(), StoreError> {
    let user = &seen.user;
    let query = match &seen.identity {
        None => sqlx::query(
            "DELETE FROM identity_users
             WHERE cluster_id = $1 AND kind = $2 AND namespace = $3 AND name = $4",
        ),
        Some(_) => sqlx::query(
            "INSERT INTO identity_users (cluster_id, kind, namespace, name, identity, seen)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (cluster_id, kind, namespace, name)
             DO UPDATE SET identity = $5, seen = $6",
        ),
    };
    let mut query = query
        .bind(cluster.0.to_string())
        .bind(&user.kind)
        .bind(&user.namespace)
        .bind(&user.name);
    if let Some(identity) = &seen.identity {
        query = query.bind(identity).bind(json(user)?);
    }
    query.execute(connection).await.map_err(unavailable)?;
    Ok(())
}
