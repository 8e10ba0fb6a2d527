//! Sealed secrets: what is in the database opens only with the root key, and
//! only in its own record and field.

use commissary_core::domain::{AccessKey, AccessKeyId, ProviderId};
use commissary_core::ports::StoreError;
use commissary_seal::{Place, SealError, Sealed, Sealer};
use secrecy::SecretString;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::errors::{damaged, unavailable};
use crate::keys::Keys;
use crate::rows::get;
use crate::sqlite::{Connection, Pool};

const SECRET: &str = "secretAccessKey";
const SESSION_TOKEN: &str = "sessionToken";

/// Seals the secret parts of a provider's key.
pub(crate) async fn insert(
    connection: &mut Connection,
    sealer: &Sealer,
    id: ProviderId,
    key: &AccessKey,
) -> Result<(), StoreError> {
    let parts = [
        (SECRET, Some(&key.secret)),
        (SESSION_TOKEN, key.session_token.as_ref()),
    ];
    let record = id.0.to_string();
    for (field, secret) in parts {
        let Some(secret) = secret else { continue };
        seal(connection, sealer, &record, field, secret).await?;
    }
    Ok(())
}

/// Seals one secret of a record.
pub(crate) async fn seal(
    connection: &mut Connection,
    sealer: &Sealer,
    record: &str,
    field: &str,
    secret: &SecretString,
) -> Result<(), StoreError> {
    let place = Place { record, field };
    let sealed = sealer.seal(&place, secret).map_err(shut)?;
    keep(connection, &place, &sealed).await
}

/// Seals the text of a record.
pub(crate) async fn seal_text(
    connection: &mut Connection,
    sealer: &Sealer,
    record: &str,
    text: &str,
) -> Result<(), StoreError> {
    let sealed = sealer.seal_text(record, text).map_err(shut)?;
    let field = Place::TEXT;
    keep(connection, &Place { record, field }, &sealed).await
}

async fn keep(
    connection: &mut Connection,
    place: &Place<'_>,
    sealed: &Sealed,
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO sealed_secrets (record_id, field, sealed) VALUES ($1, $2, $3)")
        .bind(place.record)
        .bind(place.field)
        .bind(sealed.to_bytes())
        .execute(connection)
        .await
        .map_err(unavailable)?;
    Ok(())
}

/// Removes whatever is sealed for a record.
pub(crate) async fn delete(connection: &mut Connection, record: Uuid) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM sealed_secrets WHERE record_id = $1")
        .bind(record.to_string())
        .execute(connection)
        .await
        .map_err(unavailable)?;
    Ok(())
}

/// Opens the key of a provider. One query, so that a key is never put together
/// from two moments.
pub(crate) async fn access_key(
    pool: &Pool,
    keys: &Keys,
    id: ProviderId,
) -> Result<AccessKey, StoreError> {
    let record = id.0.to_string();
    let row = sqlx::query(
        "SELECT p.access_key_id, p.temporary, s.sealed AS secret, t.sealed AS session_token
         FROM providers p
         LEFT JOIN sealed_secrets s ON s.record_id = p.id AND s.field = $2
         LEFT JOIN sealed_secrets t ON t.record_id = p.id AND t.field = $3
         WHERE p.id = $1",
    )
    .bind(&record)
    .bind(SECRET)
    .bind(SESSION_TOKEN)
    .fetch_optional(pool)
    .await
    .map_err(unavailable)?
    .ok_or(StoreError::Gone)?;
    let open = |field, bytes: Option<&[u8]>| open(keys, &record, field, bytes);
    let session_token = if get(&row, "temporary")? {
        Some(open(SESSION_TOKEN, get(&row, "session_token")?)?)
    } else {
        None
    };
    Ok(AccessKey {
        id: AccessKeyId::parse(get(&row, "access_key_id")?).map_err(|_| damaged("access key"))?,
        secret: open(SECRET, get(&row, "secret")?)?,
        session_token,
    })
}

/// Opens one secret of a record as it is kept.
pub(crate) fn open(
    keys: &Keys,
    record: &str,
    field: &str,
    bytes: Option<&[u8]>,
) -> Result<SecretString, StoreError> {
    let Some(bytes) = bytes else {
        let message = "it is missing; restore a backup, or enter the secret again";
        return Err(StoreError::Sealed(message.to_owned()));
    };
    let sealed = Sealed::parse(bytes).map_err(shut)?;
    keys.open(&Place { record, field }, &sealed).map_err(shut)
}

/// Opens the text of a record as it is kept.
pub(crate) fn open_text(
    keys: &Keys,
    record: &str,
    bytes: &[u8],
) -> Result<Zeroizing<String>, StoreError> {
    let sealed = Sealed::parse(bytes).map_err(shut)?;
    keys.open_text(record, &sealed).map_err(shut)
}

fn shut(error: SealError) -> StoreError {
    StoreError::Sealed(error.to_string())
}
