//! Replacing the root key while the store is in use.
//!
//! The order: the file gets a new key before the old one; the database notes
//! that it needs both; secrets are wrapped anew, some at a time; when none is
//! left, the database forgets the old key; then the old key moves out of the
//! file. A kill between any two steps leaves keys that are all at hand, and the
//! next call goes on.

use commissary_core::domain::{AuditEvent, OlderRootKey, RootKeyState};
use commissary_core::ports::StoreError;
use commissary_seal::{Place, RootKeyFileError, RootKeyId, RootKeys, SealError, Sealed, Sealer};

use crate::errors::{damaged, unavailable};
use crate::open::{OpenError, SqlStore};
use crate::root_key::{check_value, record};
use crate::rows::get;
use crate::sqlite::{Connection, Pool, Row};

/// Which keys there are, and what each wraps.
pub(crate) async fn state(store: &SqlStore) -> Result<RootKeyState, StoreError> {
    let current = store.keys.sealer().root_key();
    let wrapped = wrapped(&store.pool).await?;
    let noted: Vec<String> = sqlx::query_scalar("SELECT id FROM root_keys ORDER BY id")
        .fetch_all(&store.pool)
        .await
        .map_err(unavailable)?;
    let held = RootKeys::load(store.keys.path()).map_err(of_file)?;
    let mut older: Vec<OlderRootKey> = Vec::new();
    let ids = noted.into_iter();
    let ids = ids.chain(wrapped.iter().map(|(id, _)| id.to_string()));
    for id in ids.chain(held.ids().map(|id| id.to_string())) {
        if id != current.to_string() && older.iter().all(|key| key.id != id) {
            let count = wrapped.iter().find(|(other, _)| other.to_string() == id);
            let secrets = count.map_or(0, |(_, count)| *count);
            older.push(OlderRootKey { id, secrets });
        }
    }
    Ok(RootKeyState {
        root_key: current.to_string(),
        older,
        retired: Vec::new(),
    })
}

/// How many secrets each key wraps.
async fn wrapped(pool: &Pool) -> Result<Vec<(RootKeyId, u64)>, StoreError> {
    let rows = sqlx::query(
        "SELECT substr(sealed, 2, 8) AS root_key, COUNT(*) AS secrets
         FROM sealed_secrets GROUP BY substr(sealed, 2, 8)",
    )
    .fetch_all(pool)
    .await
    .map_err(unavailable)?;
    let read = |row: &Row| {
        let id: &[u8] = get(row, "root_key")?;
        let id = id.try_into().map_err(|_| damaged("sealed secret"))?;
        let secrets: i64 = get(row, "secrets")?;
        Ok((RootKeyId::from_bytes(id), secrets.unsigned_abs()))
    };
    rows.iter().map(read).collect()
}

/// Puts a new key before the one in use, unless that was done and not finished.
pub(crate) async fn begin(
    store: &SqlStore,
    event: &AuditEvent,
) -> Result<RootKeyState, StoreError> {
    let before = state(store).await?;
    if !before.older.is_empty() {
        return Ok(before);
    }
    let mut tx = store.begin().await?;
    // Of two that begin at once the second finds the key of the first.
    let noted: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM root_keys")
        .fetch_one(&mut *tx)
        .await
        .map_err(unavailable)?;
    if noted > 1 {
        drop(tx);
        return state(store).await;
    }
    let keys = RootKeys::add_new(store.keys.path()).map_err(of_file)?;
    let new = Sealer::with_keys(keys);
    let check = check_value(&new).map_err(|error| StoreError::Sealed(error.to_string()))?;
    record(&mut tx, new.root_key(), &check, event.at)
        .await
        .map_err(unavailable)?;
    tx.finish(event).await?;
    store
        .keys
        .replace(RootKeys::load(store.keys.path()).map_err(of_file)?);
    state(store).await
}

/// Wraps at most `most` secrets anew; where none is left, retires the old keys.
pub(crate) async fn go_on(
    store: &SqlStore,
    most: u32,
    event: &AuditEvent,
) -> Result<RootKeyState, StoreError> {
    let mut tx = store.begin().await?;
    let sealer = store.keys.sealer();
    if rewrap(&mut tx, &sealer, most).await? > 0 {
        tx.finish(event).await?;
        return state(store).await;
    }
    sqlx::query("DELETE FROM root_keys WHERE id <> $1")
        .bind(sealer.root_key().to_string())
        .execute(&mut *tx)
        .await
        .map_err(unavailable)?;
    tx.finish(event).await?;
    // The keys in memory stay: a secret that was read before it was wrapped anew
    // is opened with the old one.
    let (_, files) = RootKeys::retire_older(store.keys.path()).map_err(of_file)?;
    let retired = files.iter().map(|file| file.display().to_string());
    Ok(RootKeyState {
        retired: retired.collect(),
        ..state(store).await?
    })
}

async fn rewrap(
    connection: &mut Connection,
    sealer: &Sealer,
    most: u32,
) -> Result<usize, StoreError> {
    let rows = sqlx::query(
        "SELECT record_id, field, sealed FROM sealed_secrets
         WHERE substr(sealed, 2, 8) <> $1 ORDER BY record_id, field LIMIT $2",
    )
    .bind(sealer.root_key().as_bytes().as_slice())
    .bind(i64::from(most))
    .fetch_all(&mut *connection)
    .await
    .map_err(unavailable)?;
    for row in &rows {
        let (record, field): (&str, &str) = (get(row, "record_id")?, get(row, "field")?);
        let place = Place { record, field };
        let failed = |why: SealError| {
            StoreError::Sealed(format!("the `{field}` of the record `{record}`: {why}"))
        };
        let sealed = Sealed::parse(get(row, "sealed")?).map_err(failed)?;
        let Some(sealed) = sealer.rewrap(&place, &sealed).map_err(failed)? else {
            continue;
        };
        sqlx::query("UPDATE sealed_secrets SET sealed = $1 WHERE record_id = $2 AND field = $3")
            .bind(sealed.to_bytes())
            .bind(record)
            .bind(field)
            .execute(&mut *connection)
            .await
            .map_err(unavailable)?;
    }
    Ok(rows.len())
}

fn of_file(error: RootKeyFileError) -> StoreError {
    StoreError::Unavailable(OpenError::from(error).to_string())
}
