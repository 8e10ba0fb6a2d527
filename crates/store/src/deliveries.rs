//! Deliveries: which there are, and what came of them.

use commissary_core::domain::{
    ClusterDelivery, ClusterId, Delivered, Delivery, DeliveryFailure, Drift, IdentityName,
    NamespaceName, Owner, Page, PageRequest, ProviderId, ProviderName, Versions, WorkspaceId,
    WorkspaceName,
};
use commissary_core::ports::{Outcome, StoreError};
use jiff::Timestamp;

use crate::checks::{get_json, json};
use crate::errors::{damaged, must_exist, refused_insert, unavailable};
use crate::rows::{get, get_id, get_maybe_moment, get_moment, moment_text, one_more, paged};
use crate::sqlite::{Connection, Pool, Query, Row};

pub(crate) async fn of_provider(
    pool: &Pool,
    provider: ProviderId,
) -> Result<Vec<Delivery>, StoreError> {
    let rows = sqlx::query(
        "SELECT d.* FROM deliveries d JOIN management_clusters c ON c.id = d.cluster_id
         WHERE d.provider_id = $1 ORDER BY c.name_key",
    )
    .bind(provider.0.to_string())
    .fetch_all(pool)
    .await
    .map_err(unavailable)?;
    rows.iter().map(from_row).collect()
}

pub(crate) async fn in_cluster(
    pool: &Pool,
    cluster: ClusterId,
) -> Result<Vec<Delivery>, StoreError> {
    let rows =
        sqlx::query("SELECT * FROM deliveries WHERE cluster_id = $1 ORDER BY workspace, provider")
            .bind(cluster.0.to_string())
            .fetch_all(pool)
            .await
            .map_err(unavailable)?;
    rows.iter().map(from_row).collect()
}

/// By the name of the identity; an empty one comes before all.
pub(crate) async fn page(
    pool: &Pool,
    cluster: ClusterId,
    page: &PageRequest,
) -> Result<Page<ClusterDelivery>, StoreError> {
    let rows = sqlx::query(
        "SELECT d.*, (SELECT COUNT(*) FROM identity_users u
             WHERE u.cluster_id = d.cluster_id AND u.identity = d.identity) AS users
         FROM deliveries d WHERE d.cluster_id = $1 AND d.identity > $2
         ORDER BY d.identity LIMIT $3",
    )
    .bind(cluster.0.to_string())
    .bind(page.after().unwrap_or_default())
    .bind(one_more(page.limit()))
    .fetch_all(pool)
    .await
    .map_err(unavailable)?;
    let read = |row: &Row| {
        Ok(ClusterDelivery {
            delivery: from_row(row)?,
            users: u64::try_from(get::<i64>(row, "users")?).map_err(|_| damaged("users"))?,
        })
    };
    paged(&rows, page, read, |one| one.delivery.identity.to_string())
}

/// Forgets what is in a cluster, which stays there.
pub(crate) async fn forget(
    connection: &mut Connection,
    cluster: ClusterId,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM deliveries WHERE cluster_id = $1")
        .bind(cluster.0.to_string())
        .execute(connection)
        .await
        .map_err(unavailable)?;
    Ok(())
}

pub(crate) async fn due(
    pool: &Pool,
    cluster: ClusterId,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<Delivery>, StoreError> {
    let rows = sqlx::query(
        "SELECT * FROM deliveries WHERE cluster_id = $1 AND due_at <= $2
         ORDER BY due_at, provider_id LIMIT $3",
    )
    .bind(cluster.0.to_string())
    .bind(moment_text(now))
    .bind(i64::from(limit))
    .fetch_all(pool)
    .await
    .map_err(unavailable)?;
    rows.iter().map(from_row).collect()
}

/// A query in which `$1` and `$2` are the key of a delivery.
fn of<'a>(delivery: &Delivery, sql: &'static str) -> Query<'a> {
    sqlx::query(sql)
        .bind(delivery.cluster_id.0.to_string())
        .bind(delivery.owner.provider_id.0.to_string())
}

/// Notes what came of a delivery. Where something was asked for since it was read, it stays due.
pub(crate) async fn note(
    connection: &mut Connection,
    delivery: &Delivery,
    outcome: &Outcome,
    at: Timestamp,
) -> Result<(), StoreError> {
    let due = delivery.due_at.map(moment_text);
    let wanted = i64::from(delivery.wanted);
    let query = match outcome {
        Outcome::Removed => {
            return removed(connection, delivery, due, wanted).await;
        }
        Outcome::Delivered(versions) => of(
            delivery,
            "UPDATE deliveries SET delivered = $4, delivered_at = $5, secret_version = $6,
                 identity_version = $7, secret_namespace = $8, failure = NULL, attempts = NULL,
                 put_back_at = CASE WHEN drift IS NULL OR put_back_at IS NOT NULL
                     THEN put_back_at ELSE $5 END,
                 adopt = CASE WHEN wanted = $4 THEN FALSE ELSE adopt END,
                 due_at = CASE WHEN wanted = $4 AND due_at = $3 THEN NULL ELSE due_at END
             WHERE cluster_id = $1 AND provider_id = $2",
        )
        .bind(due)
        .bind(wanted)
        .bind(moment_text(at))
        .bind(&versions.secret)
        .bind(&versions.identity)
        .bind(delivery.secret_namespace.as_str()),
        Outcome::Moved(namespace) => of(
            delivery,
            "UPDATE deliveries SET secret_namespace = $3
             WHERE cluster_id = $1 AND provider_id = $2",
        )
        .bind(namespace.as_str()),
        Outcome::Drifted(what) => of(
            delivery,
            "UPDATE deliveries SET drift = $3, drift_at = $4, put_back_at = NULL
             WHERE cluster_id = $1 AND provider_id = $2",
        )
        .bind(json(what)?)
        .bind(moment_text(at)),
        Outcome::Failed {
            why,
            conflict,
            next_try,
        } => of(
            delivery,
            "UPDATE deliveries SET failure = $5, attempts = COALESCE(attempts, 0) + 1,
                 due_at = $6, conflict = $7
             WHERE cluster_id = $1 AND provider_id = $2 AND due_at = $3 AND wanted = $4",
        )
        .bind(due)
        .bind(wanted)
        .bind(why)
        .bind(moment_text(*next_try))
        .bind(*conflict),
    };
    let done = query.execute(connection).await.map_err(unavailable)?;
    match outcome {
        // It is to be done anew.
        Outcome::Failed { .. } => Ok(()),
        _ => must_exist(done.rows_affected()),
    }
}

async fn removed(
    connection: &mut Connection,
    delivery: &Delivery,
    due: Option<String>,
    wanted: i64,
) -> Result<(), StoreError> {
    of(
        delivery,
        "DELETE FROM deliveries WHERE cluster_id = $1 AND provider_id = $2 AND wanted = $3
             AND due_at = $4",
    )
    .bind(wanted)
    .bind(due)
    .execute(&mut *connection)
    .await
    .map_err(unavailable)?;
    // One that is wanted again is delivered anew.
    of(
        delivery,
        "UPDATE deliveries SET delivered = NULL, delivered_at = NULL, secret_version = NULL,
             identity_version = NULL
         WHERE cluster_id = $1 AND provider_id = $2",
    )
    .execute(connection)
    .await
    .map_err(unavailable)?;
    Ok(())
}

/// Makes a delivery due at once.
pub(crate) async fn order(
    connection: &mut Connection,
    delivery: &Delivery,
    identity: &IdentityName,
    adopt: bool,
    at: Timestamp,
) -> Result<(), StoreError> {
    if *identity != delivery.identity && delivery.delivered.is_some() {
        return Err(StoreError::Changed);
    }
    let done = of(
        delivery,
        "UPDATE deliveries SET identity = $3, adopt = $4, wanted = wanted + 1, due_at = $5,
             failure = NULL, attempts = NULL
         WHERE cluster_id = $1 AND provider_id = $2",
    )
    .bind(identity.as_str())
    .bind(adopt)
    .bind(moment_text(at))
    .execute(connection)
    .await
    .map_err(refused_insert)?;
    must_exist(done.rows_affected())
}

/// Makes due what is not as it was left, of the deliveries there or of the one of a name.
pub(crate) async fn look_again(
    connection: &mut Connection,
    cluster: ClusterId,
    name: Option<&str>,
    is_left: impl Fn(&IdentityName, &Versions) -> bool,
    now: Timestamp,
) -> Result<(), StoreError> {
    let rows = sqlx::query(
        "SELECT * FROM deliveries WHERE cluster_id = $1 AND delivered IS NOT NULL
             AND (due_at IS NULL OR due_at > $2) AND ($3 = '' OR identity = $3)",
    )
    .bind(cluster.0.to_string())
    .bind(moment_text(now))
    .bind(name.unwrap_or_default())
    .fetch_all(&mut *connection)
    .await
    .map_err(unavailable)?;
    for row in &rows {
        let delivery = from_row(row)?;
        let Some(delivered) = &delivery.delivered else {
            continue;
        };
        if is_left(&delivery.identity, &delivered.versions) {
            continue;
        }
        make_due(connection, &delivery, now).await?;
    }
    Ok(())
}

async fn make_due(
    connection: &mut Connection,
    delivery: &Delivery,
    now: Timestamp,
) -> Result<(), StoreError> {
    let due = "UPDATE deliveries SET due_at = $3 WHERE cluster_id = $1 AND provider_id = $2";
    of(delivery, due)
        .bind(moment_text(now))
        .execute(connection)
        .await
        .map_err(unavailable)?;
    Ok(())
}

pub(crate) fn from_row(row: &Row) -> Result<Delivery, StoreError> {
    let count = |column| -> Result<u32, StoreError> {
        u32::try_from(get::<i64>(row, column)?).map_err(|_| damaged(column))
    };
    let there = |column| -> Result<bool, StoreError> { Ok(get_maybe_text(row, column)?.is_some()) };
    let delivered = there("delivered_at")?.then(|| {
        Ok::<_, StoreError>(Delivered {
            generation: count("delivered")?,
            at: get_moment(row, "delivered_at")?,
            versions: Versions {
                secret: get(row, "secret_version")?,
                identity: get(row, "identity_version")?,
            },
        })
    });
    let drift = there("drift_at")?.then(|| {
        Ok::<_, StoreError>(Drift {
            at: get_moment(row, "drift_at")?,
            what: get_json(row, "drift")?.ok_or_else(|| damaged("drift"))?,
            put_back_at: get_maybe_moment(row, "put_back_at")?,
        })
    });
    let failure = get_maybe_text(row, "failure")?.map(|why| {
        Ok::<_, StoreError>(DeliveryFailure {
            why: why.to_owned(),
            attempts: count("attempts")?,
            conflict: get(row, "conflict")?,
        })
    });
    let identity = get::<&str>(row, "identity")?;
    Ok(Delivery {
        cluster_id: ClusterId(get_id(row, "cluster_id")?),
        workspace_id: WorkspaceId(get_id(row, "workspace_id")?),
        owner: Owner {
            workspace: WorkspaceName::parse(get(row, "workspace")?).map_err(|_| damaged("name"))?,
            provider: ProviderName::parse(get(row, "provider")?).map_err(|_| damaged("name"))?,
            provider_id: ProviderId(get_id(row, "provider_id")?),
        },
        identity: IdentityName::parse(identity).map_err(|_| damaged("name"))?,
        secret_namespace: NamespaceName::parse(get(row, "secret_namespace")?)
            .map_err(|_| damaged("namespace"))?,
        wanted: count("wanted")?,
        removing: get(row, "removing")?,
        adopt: get(row, "adopt")?,
        due_at: get_maybe_moment(row, "due_at")?,
        delivered: delivered.transpose()?,
        drift: drift.transpose()?,
        failure: failure.transpose()?,
    })
}

fn get_maybe_text<'r>(row: &'r Row, column: &'static str) -> Result<Option<&'r str>, StoreError> {
    get(row, column)
}
