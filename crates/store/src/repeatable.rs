//! Requests that may be sent again.

use commissary_core::domain::{KeptAnswer, RepeatableRequest, Repeated};
use commissary_core::ports::StoreError;
use commissary_seal::same_secret;
use jiff::Timestamp;
use uuid::Uuid;

use crate::checks::{get_json, json};
use crate::errors::{damaged, refused_insert, unavailable};
use crate::keys::Keys;
use crate::rows::{get, get_id, get_moment, moment_text};
use crate::secrets;
use crate::sqlite::{Connection, Pool, Row};

/// The field of what was asked.
const CONTENT: &str = "content";

/// Notes a request, unless its key is noted; what is older than a day goes.
pub(crate) async fn begin(
    connection: &mut Connection,
    keys: &Keys,
    request: &RepeatableRequest,
) -> Result<Repeated, StoreError> {
    sweep(connection, request.began_at).await?;
    let known = sqlx::query(
        "SELECT r.id, r.lease_until, r.status, r.headers, r.body, s.sealed
         FROM repeatable_requests r
         LEFT JOIN sealed_secrets s ON s.record_id = r.id AND s.field = $3
         WHERE r.caller = $1 AND r.request_key = $2",
    )
    .bind(&request.caller)
    .bind(&request.key)
    .bind(CONTENT)
    .fetch_optional(&mut *connection)
    .await
    .map_err(unavailable)?;
    if let Some(row) = known {
        return told(&row, keys, request);
    }
    sqlx::query(
        "INSERT INTO repeatable_requests (id, caller, request_key, lease_until, expires_at)
         VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(request.id.to_string())
    .bind(&request.caller)
    .bind(&request.key)
    .bind(moment_text(request.lease_until))
    .bind(moment_text(request.expires_at))
    .execute(&mut *connection)
    .await
    .map_err(refused_insert)?;
    let record = request.id.to_string();
    let sealer = keys.sealer();
    secrets::seal(connection, &sealer, &record, CONTENT, &request.content).await?;
    Ok(Repeated::First)
}

/// What is known of a request that came before.
fn told(row: &Row, keys: &Keys, request: &RepeatableRequest) -> Result<Repeated, StoreError> {
    let record = get_id(row, "id")?.to_string();
    let content = secrets::open(keys, &record, CONTENT, get(row, "sealed")?)?;
    if !same_secret(&content, &request.content) {
        return Ok(Repeated::Other);
    }
    let Some(status) = get::<Option<i64>>(row, "status")? else {
        let under_way = get_moment(row, "lease_until")? >= request.began_at;
        return Ok(match under_way {
            true => Repeated::Running,
            false => Repeated::Lost,
        });
    };
    Ok(Repeated::Answered(KeptAnswer {
        status: u16::try_from(status).map_err(|_| damaged("status"))?,
        headers: get_json(row, "headers")?.ok_or_else(|| damaged("headers"))?,
        body: get(row, "body")?,
    }))
}

async fn sweep(connection: &mut Connection, now: Timestamp) -> Result<(), StoreError> {
    for change in [
        "DELETE FROM sealed_secrets WHERE record_id IN
             (SELECT id FROM repeatable_requests WHERE expires_at <= $1)",
        "DELETE FROM repeatable_requests WHERE expires_at <= $1",
    ] {
        sqlx::query(change)
            .bind(moment_text(now))
            .execute(&mut *connection)
            .await
            .map_err(unavailable)?;
    }
    Ok(())
}

pub(crate) async fn renew(pool: &Pool, id: Uuid, until: Timestamp) -> Result<(), StoreError> {
    sqlx::query("UPDATE repeatable_requests SET lease_until = $2 WHERE id = $1")
        .bind(id.to_string())
        .bind(moment_text(until))
        .execute(pool)
        .await
        .map_err(unavailable)?;
    Ok(())
}

pub(crate) async fn answer(pool: &Pool, id: Uuid, answer: &KeptAnswer) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE repeatable_requests SET status = $2, headers = $3, body = $4 WHERE id = $1",
    )
    .bind(id.to_string())
    .bind(i64::from(answer.status))
    .bind(json(&answer.headers)?)
    .bind(&answer.body)
    .execute(pool)
    .await
    .map_err(unavailable)?;
    Ok(())
}

pub(crate) async fn forget(connection: &mut Connection, id: Uuid) -> Result<(), StoreError> {
    for change in [
        "DELETE FROM sealed_secrets WHERE record_id = $1",
        "DELETE FROM repeatable_requests WHERE id = $1",
    ] {
        sqlx::query(change)
            .bind(id.to_string())
            .execute(&mut *connection)
            .await
            .map_err(unavailable)?;
    }
    Ok(())
}
