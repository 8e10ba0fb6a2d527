//! Infrastructure providers.

use commissary_core::domain::{
    AccessKeyId, Authentication, CheckSummary, Identity, Partition, Provider, ProviderId,
    ProviderName, Region, WorkspaceId,
};
use commissary_core::ports::StoreError;
use jiff::Timestamp;

use crate::errors::{damaged, must_exist, refused_insert, unavailable};
use crate::rows::{get, get_id, get_moment, moment_text, must_have_revision, name_key};
use crate::sqlite::{Connection, Pool, Query, Row};

/// How the authentication methods are stored.
const STATIC: &str = "static";

pub(crate) async fn insert(
    connection: &mut Connection,
    provider: &Provider,
) -> Result<(), StoreError> {
    let insert = settings(
        "INSERT INTO providers (
             id, name, name_key, access_key_id, temporary, region, release, features,
             account_id, principal_arn, principal_id, aws_partition, refusal, check_at,
             check_allowed, check_denied, check_conditional, check_unverifiable, updated_at,
             key_since, workspace_id, authentication, created_at, revision)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,
             $18, $19, $20, $21, $22, $23, $24)",
        provider,
    )?;
    insert
        .bind(provider.workspace_id.0.to_string())
        .bind(STATIC)
        .bind(moment_text(provider.created_at))
        .bind(i64::from(provider.revision))
        .execute(connection)
        .await
        .map_err(refused_insert)?;
    Ok(())
}

/// Replaces everything that a change of settings may change, and counts it.
pub(crate) async fn update(
    connection: &mut Connection,
    provider: &Provider,
) -> Result<(), StoreError> {
    must_be(connection, provider).await?;
    let update = settings(
        "UPDATE providers SET name = $2, name_key = $3, access_key_id = $4, temporary = $5,
             region = $6, release = $7, features = $8, account_id = $9, principal_arn = $10,
             principal_id = $11, aws_partition = $12, refusal = $13, check_at = $14,
             check_allowed = $15, check_denied = $16, check_conditional = $17,
             check_unverifiable = $18, updated_at = $19, key_since = $20, revision = revision + 1
         WHERE id = $1",
        provider,
    )?;
    update.execute(connection).await.map_err(refused_insert)?;
    Ok(())
}

/// A query with the id as `$1` and what a change may change as `$2` to `$20`.
fn settings<'a>(sql: &'static str, provider: &'a Provider) -> Result<Query<'a>, StoreError> {
    let Authentication::Static {
        access_key_id,
        temporary,
    } = &provider.authentication;
    let features = serde_json::to_string(&provider.features).map_err(|_| damaged("features"))?;
    let identity = provider.identity.as_ref();
    let check = provider.last_check.as_ref();
    Ok(sqlx::query(sql)
        .bind(provider.id.0.to_string())
        .bind(provider.name.as_str())
        .bind(name_key(provider.name.as_str()))
        .bind(access_key_id.as_str())
        .bind(*temporary)
        .bind(provider.region.as_str())
        .bind(&provider.release)
        .bind(features)
        .bind(identity.map(|identity| &identity.account_id))
        .bind(identity.map(|identity| &identity.principal_arn))
        .bind(identity.map(|identity| &identity.user_id))
        .bind(identity.map(|identity| identity.partition.as_str()))
        .bind(&provider.refusal)
        .bind(check.map(|check| moment_text(check.at)))
        .bind(check.map(|check| stored_count(check.allowed)))
        .bind(check.map(|check| stored_count(check.denied)))
        .bind(check.map(|check| stored_count(check.conditional)))
        .bind(check.map(|check| stored_count(check.unverifiable)))
        .bind(moment_text(provider.updated_at))
        .bind(moment_text(provider.key_since)))
}

/// The provider must be kept with the settings that it was read with.
pub(crate) async fn must_be(
    connection: &mut Connection,
    provider: &Provider,
) -> Result<(), StoreError> {
    let row = sqlx::query("SELECT revision FROM providers WHERE id = $1")
        .bind(provider.id.0.to_string())
        .fetch_optional(connection)
        .await
        .map_err(unavailable)?;
    must_have_revision(row.as_ref(), provider.revision)
}

pub(crate) async fn by_name(
    pool: &Pool,
    workspace: WorkspaceId,
    name: &ProviderName,
) -> Result<Option<Provider>, StoreError> {
    let row = sqlx::query("SELECT * FROM providers WHERE workspace_id = $1 AND name_key = $2")
        .bind(workspace.0.to_string())
        .bind(name_key(name.as_str()))
        .fetch_optional(pool)
        .await
        .map_err(unavailable)?;
    row.as_ref().map(from_row).transpose()
}

/// The reports go with it.
pub(crate) async fn delete(connection: &mut Connection, id: ProviderId) -> Result<(), StoreError> {
    let done = sqlx::query("DELETE FROM providers WHERE id = $1")
        .bind(id.0.to_string())
        .execute(connection)
        .await
        .map_err(unavailable)?;
    must_exist(done.rows_affected())
}

pub(crate) async fn set_refusal(
    connection: &mut Connection,
    id: ProviderId,
    refusal: &str,
    at: Timestamp,
) -> Result<(), StoreError> {
    let done = sqlx::query("UPDATE providers SET refusal = $2, updated_at = $3 WHERE id = $1")
        .bind(id.0.to_string())
        .bind(refusal)
        .bind(moment_text(at))
        .execute(connection)
        .await
        .map_err(unavailable)?;
    must_exist(done.rows_affected())
}

pub(crate) async fn set_identity(
    connection: &mut Connection,
    id: ProviderId,
    identity: &Identity,
    at: Timestamp,
) -> Result<(), StoreError> {
    let done = sqlx::query(
        "UPDATE providers SET account_id = $2, principal_arn = $3, principal_id = $4,
             aws_partition = $5, refusal = NULL, updated_at = $6
         WHERE id = $1",
    )
    .bind(id.0.to_string())
    .bind(&identity.account_id)
    .bind(&identity.principal_arn)
    .bind(&identity.user_id)
    .bind(identity.partition.as_str())
    .bind(moment_text(at))
    .execute(connection)
    .await
    .map_err(unavailable)?;
    must_exist(done.rows_affected())
}

/// Notes the counts of a report. Of two checks that ran at once, the one that
/// ended later stays, whichever is saved first.
pub(crate) async fn set_summary(
    connection: &mut Connection,
    id: ProviderId,
    summary: &CheckSummary,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE providers SET check_at = $2, check_allowed = $3, check_denied = $4,
             check_conditional = $5, check_unverifiable = $6
         WHERE id = $1 AND (check_at IS NULL OR check_at <= $2)",
    )
    .bind(id.0.to_string())
    .bind(moment_text(summary.at))
    .bind(stored_count(summary.allowed))
    .bind(stored_count(summary.denied))
    .bind(stored_count(summary.conditional))
    .bind(stored_count(summary.unverifiable))
    .execute(connection)
    .await
    .map_err(unavailable)?;
    Ok(())
}

pub(crate) fn from_row(row: &Row) -> Result<Provider, StoreError> {
    let features: &str = get(row, "features")?;
    Ok(Provider {
        id: ProviderId(get_id(row, "id")?),
        workspace_id: WorkspaceId(get_id(row, "workspace_id")?),
        name: ProviderName::parse(get(row, "name")?).map_err(|_| damaged("name"))?,
        authentication: authentication(row)?,
        region: Region::parse(get(row, "region")?).map_err(|_| damaged("region"))?,
        release: get(row, "release")?,
        features: serde_json::from_str(features).map_err(|_| damaged("list of features"))?,
        identity: identity(row)?,
        refusal: get(row, "refusal")?,
        last_check: last_check(row)?,
        key_since: get_moment(row, "key_since")?,
        created_at: get_moment(row, "created_at")?,
        updated_at: get_moment(row, "updated_at")?,
        revision: u32::try_from(get::<i64>(row, "revision")?).map_err(|_| damaged("revision"))?,
    })
}

fn authentication(row: &Row) -> Result<Authentication, StoreError> {
    match get(row, "authentication")? {
        STATIC => Ok(Authentication::Static {
            access_key_id: AccessKeyId::parse(get(row, "access_key_id")?)
                .map_err(|_| damaged("access key"))?,
            temporary: get(row, "temporary")?,
        }),
        _ => Err(damaged("authentication method")),
    }
}

fn identity(row: &Row) -> Result<Option<Identity>, StoreError> {
    let Some(account_id) = get(row, "account_id")? else {
        return Ok(None);
    };
    Ok(Some(Identity {
        account_id,
        principal_arn: get(row, "principal_arn")?,
        user_id: get(row, "principal_id")?,
        partition: Partition::new(get::<String>(row, "aws_partition")?),
    }))
}

fn last_check(row: &Row) -> Result<Option<CheckSummary>, StoreError> {
    if get::<Option<&str>>(row, "check_at")?.is_none() {
        return Ok(None);
    }
    Ok(Some(CheckSummary {
        at: get_moment(row, "check_at")?,
        allowed: get_count(row, "check_allowed")?,
        denied: get_count(row, "check_denied")?,
        conditional: get_count(row, "check_conditional")?,
        unverifiable: get_count(row, "check_unverifiable")?,
    }))
}

/// A count as it is stored. No report has 2^63 findings.
fn stored_count(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn get_count(row: &Row, column: &'static str) -> Result<usize, StoreError> {
    usize::try_from(get::<i64>(row, column)?).map_err(|_| damaged(column))
}
