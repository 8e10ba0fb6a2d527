//! Management clusters.

use commissary_core::domain::{
    ClusterAccess, ClusterId, ClusterLook, ClusterName, Connection as Reached, Kubeconfig,
    ManagementCluster, NamespaceName, Page, PageRequest, SealingCertificate,
};
use commissary_core::ports::StoreError;
use commissary_seal::Sealer;

use crate::errors::{damaged, must_exist, refused_delete, refused_insert, unavailable};
use crate::keys::Keys;
use crate::rows::{
    get, get_id, get_moment, moment_text, must_have_revision, name_key, one_more, paged,
};
use crate::secrets;
use crate::sqlite::{Connection, Pool, Query, Row};

/// How the ways to a cluster are stored.
const KUBECONFIG: &str = "kubeconfig";
const IN_CLUSTER: &str = "inCluster";

pub(crate) async fn insert(
    connection: &mut Connection,
    cluster: &ManagementCluster,
) -> Result<(), StoreError> {
    let insert = settings(
        "INSERT INTO management_clusters (id, name, name_key, connection, server, context,
             capa_namespace, sealing_certificate, look, updated_at, created_at, revision)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0)",
        cluster,
    )?;
    insert
        .bind(moment_text(cluster.created_at))
        .execute(connection)
        .await
        .map_err(refused_insert)?;
    Ok(())
}

/// Replaces everything that a change of settings may change, and counts it.
pub(crate) async fn update(
    connection: &mut Connection,
    cluster: &ManagementCluster,
) -> Result<(), StoreError> {
    must_be(connection, cluster).await?;
    let update = settings(
        "UPDATE management_clusters SET name = $2, name_key = $3, connection = $4, server = $5,
             context = $6, capa_namespace = $7, sealing_certificate = $8, look = $9,
             updated_at = $10, revision = revision + 1
         WHERE id = $1",
        cluster,
    )?;
    update.execute(connection).await.map_err(refused_insert)?;
    Ok(())
}

/// A query with the id as `$1` and what a change may change as `$2` to `$10`.
fn settings<'a>(
    sql: &'static str,
    cluster: &'a ManagementCluster,
) -> Result<Query<'a>, StoreError> {
    let (connection, server, context) = match &cluster.connection {
        Reached::Kubeconfig { server, context } => (KUBECONFIG, Some(server), Some(context)),
        Reached::InCluster => (IN_CLUSTER, None, None),
    };
    let certificate = cluster.sealing_certificate.as_ref();
    let certificate = certificate.map(serde_json::to_string).transpose();
    Ok(sqlx::query(sql)
        .bind(cluster.id.0.to_string())
        .bind(cluster.name.as_str())
        .bind(name_key(cluster.name.as_str()))
        .bind(connection)
        .bind(server)
        .bind(context)
        .bind(cluster.capa_namespace.as_str())
        .bind(certificate.map_err(|_| damaged("sealing certificate"))?)
        .bind(cluster.last_look.as_ref().map(written).transpose()?)
        .bind(moment_text(cluster.updated_at)))
}

/// Refuses unless the settings are those that `cluster` was read with.
async fn must_be(
    connection: &mut Connection,
    cluster: &ManagementCluster,
) -> Result<(), StoreError> {
    let row = sqlx::query("SELECT revision FROM management_clusters WHERE id = $1")
        .bind(cluster.id.0.to_string())
        .fetch_optional(connection)
        .await
        .map_err(unavailable)?;
    must_have_revision(row.as_ref(), cluster.revision)
}

pub(crate) async fn note_look(
    connection: &mut Connection,
    cluster: &ManagementCluster,
    look: &ClusterLook,
) -> Result<(), StoreError> {
    must_be(connection, cluster).await?;
    sqlx::query("UPDATE management_clusters SET look = $2 WHERE id = $1")
        .bind(cluster.id.0.to_string())
        .bind(written(look)?)
        .execute(connection)
        .await
        .map_err(unavailable)?;
    Ok(())
}

pub(crate) async fn by_name(
    pool: &Pool,
    name: &ClusterName,
) -> Result<Option<ManagementCluster>, StoreError> {
    let row = sqlx::query("SELECT * FROM management_clusters WHERE name_key = $1")
        .bind(name_key(name.as_str()))
        .fetch_optional(pool)
        .await
        .map_err(unavailable)?;
    row.as_ref().map(from_row).transpose()
}

pub(crate) async fn by_id(
    pool: &Pool,
    id: ClusterId,
) -> Result<Option<ManagementCluster>, StoreError> {
    let row = sqlx::query("SELECT * FROM management_clusters WHERE id = $1")
        .bind(id.0.to_string())
        .fetch_optional(pool)
        .await
        .map_err(unavailable)?;
    row.as_ref().map(from_row).transpose()
}

/// By name key; an empty one comes before all.
pub(crate) async fn page(
    pool: &Pool,
    page: &PageRequest,
) -> Result<Page<ManagementCluster>, StoreError> {
    let rows = sqlx::query(
        "SELECT * FROM management_clusters WHERE name_key > $1 ORDER BY name_key LIMIT $2",
    )
    .bind(name_key(page.after().unwrap_or_default()))
    .bind(one_more(page.limit()))
    .fetch_all(pool)
    .await
    .map_err(unavailable)?;
    let key = |cluster: &ManagementCluster| name_key(cluster.name.as_str());
    paged(&rows, page, from_row, key)
}

/// The namespaces of workspaces there go with it.
pub(crate) async fn delete(connection: &mut Connection, id: ClusterId) -> Result<(), StoreError> {
    let done = sqlx::query("DELETE FROM management_clusters WHERE id = $1")
        .bind(id.0.to_string())
        .execute(connection)
        .await
        .map_err(refused_delete)?;
    must_exist(done.rows_affected())
}

/// Seals what proves who asks, where there is something to seal.
pub(crate) async fn seal(
    connection: &mut Connection,
    sealer: &Sealer,
    id: ClusterId,
    access: &ClusterAccess,
) -> Result<(), StoreError> {
    match access {
        ClusterAccess::Kubeconfig(Kubeconfig { text, .. }) => {
            secrets::seal(connection, sealer, &id.0.to_string(), KUBECONFIG, text).await
        }
        ClusterAccess::InCluster => Ok(()),
    }
}

/// One query, so that a cluster's way and its proof are never of two moments.
pub(crate) async fn access(
    pool: &Pool,
    keys: &Keys,
    id: ClusterId,
) -> Result<ClusterAccess, StoreError> {
    let record = id.0.to_string();
    let row = sqlx::query(
        "SELECT c.connection, c.server, c.context, s.sealed
         FROM management_clusters c
         LEFT JOIN sealed_secrets s ON s.record_id = c.id AND s.field = $2
         WHERE c.id = $1",
    )
    .bind(&record)
    .bind(KUBECONFIG)
    .fetch_optional(pool)
    .await
    .map_err(unavailable)?
    .ok_or(StoreError::Gone)?;
    match reached(&row)? {
        Reached::InCluster => Ok(ClusterAccess::InCluster),
        Reached::Kubeconfig { server, context } => Ok(ClusterAccess::Kubeconfig(Kubeconfig {
            server,
            context,
            text: secrets::open(keys, &record, KUBECONFIG, get(&row, "sealed")?)?,
        })),
    }
}

fn from_row(row: &Row) -> Result<ManagementCluster, StoreError> {
    let look: Option<&str> = get(row, "look")?;
    let look = look.map(serde_json::from_str).transpose();
    let certificate: Option<&str> = get(row, "sealing_certificate")?;
    let certificate: Result<Option<SealingCertificate>, _> =
        certificate.map(serde_json::from_str).transpose();
    Ok(ManagementCluster {
        id: ClusterId(get_id(row, "id")?),
        name: ClusterName::parse(get(row, "name")?).map_err(|_| damaged("name"))?,
        connection: reached(row)?,
        capa_namespace: NamespaceName::parse(get(row, "capa_namespace")?)
            .map_err(|_| damaged("namespace"))?,
        sealing_certificate: certificate.map_err(|_| damaged("sealing certificate"))?,
        last_look: look.map_err(|_| damaged("look at a cluster"))?,
        created_at: get_moment(row, "created_at")?,
        updated_at: get_moment(row, "updated_at")?,
        revision: u32::try_from(get::<i64>(row, "revision")?).map_err(|_| damaged("revision"))?,
    })
}

fn reached(row: &Row) -> Result<Reached, StoreError> {
    match get(row, "connection")? {
        KUBECONFIG => Ok(Reached::Kubeconfig {
            server: get(row, "server")?,
            context: get(row, "context")?,
        }),
        IN_CLUSTER => Ok(Reached::InCluster),
        _ => Err(damaged("way to a cluster")),
    }
}

fn written(look: &ClusterLook) -> Result<String, StoreError> {
    serde_json::to_string(look).map_err(|_| damaged("look at a cluster"))
}
