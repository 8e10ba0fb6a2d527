//! Which root keys the database needs, and whether they are the ones at hand.

use std::path::Path;
use std::{fs, io};

use commissary_seal::{Place, RootKey, RootKeyFileError, RootKeyId, RootKeys, Sealed, Sealer};
use jiff::Timestamp;
use secrecy::SecretString;
use sqlx::Row as _;

use crate::open::{OpenError, database_error};
use crate::rows::moment_text;
use crate::sqlite::{Connection, Pool, Row};

/// What is sealed to recognise a root key by; no secret.
const CHECK_TEXT: &str = "commissary";

/// A root key as the database remembers it: one that it needs.
struct Recorded {
    id: String,
    check_value: Vec<u8>,
}

/// Finds the root keys and sees that they are the database's. Only a database
/// that never had one gets a new one; a key that stands before those that it
/// knows is the beginning of a rotation.
pub(crate) async fn settle(pool: &Pool, database: &Path, path: &Path) -> Result<Sealer, OpenError> {
    let of_database = |error| database_error(database, &error);
    let needed = recorded(pool).await.map_err(of_database)?;
    let keys = match (needed.first(), RootKeys::load(path)) {
        (_, Ok(keys)) => keys,
        (Some(newest), Err(RootKeyFileError::Missing { path })) => {
            let id = newest.id.clone();
            return Err(OpenError::RootKeyLost { id, path });
        }
        (None, Err(RootKeyFileError::Missing { .. })) => RootKey::create(path)?.into(),
        (_, Err(error)) => return Err(error.into()),
    };
    let held: Vec<String> = keys.ids().map(|id| id.to_string()).collect();
    let found = keys.current();
    if let Some(missing) = needed.iter().find(|key| !held.contains(&key.id)) {
        return Err(OpenError::OtherRootKey {
            path: path.to_owned(),
            found,
            needed: missing.id.clone(),
        });
    }
    let sealer = Sealer::with_keys(keys);
    for key in &needed {
        check(&sealer, key)?;
    }
    // Killed after the file was made or replaced, or the key was brought along.
    if !needed.iter().any(|key| key.id == found.to_string()) {
        let written_at = written_at(path)?;
        let check_value = check_value(&sealer)?;
        let mut connection = pool.acquire().await.map_err(of_database)?;
        record(&mut connection, found, &check_value, written_at)
            .await
            .map_err(of_database)?;
    }
    Ok(sealer)
}

/// The keys that the database needs, the newest first.
async fn recorded(pool: &Pool) -> Result<Vec<Recorded>, sqlx::Error> {
    let rows =
        sqlx::query("SELECT id, check_value FROM root_keys ORDER BY created_at DESC, id DESC")
            .fetch_all(pool)
            .await?;
    let read = |row: &Row| {
        Ok(Recorded {
            id: row.try_get("id")?,
            check_value: row.try_get("check_value")?,
        })
    };
    rows.iter().map(read).collect()
}

fn check(sealer: &Sealer, recorded: &Recorded) -> Result<(), OpenError> {
    let opened = Sealed::parse(&recorded.check_value)
        .and_then(|sealed| sealer.open(&check_place(&recorded.id), &sealed));
    opened.map(drop).map_err(|why| OpenError::RootKeyCheck {
        id: recorded.id.clone(),
        why,
    })
}

/// What recognises the key in use later.
pub(crate) fn check_value(sealer: &Sealer) -> Result<Sealed, OpenError> {
    let id = sealer.root_key().to_string();
    sealer
        .seal(&check_place(&id), &SecretString::from(CHECK_TEXT))
        .map_err(|why| OpenError::RootKeyCheck { id, why })
}

/// Notes that the database needs a key.
pub(crate) async fn record(
    connection: &mut Connection,
    id: RootKeyId,
    check_value: &Sealed,
    at: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO root_keys (id, check_value, created_at) VALUES ($1, $2, $3)")
        .bind(id.to_string())
        .bind(check_value.to_bytes())
        .bind(moment_text(at))
        .execute(connection)
        .await
        .map(drop)
}

/// When the key's file was written: that is how old the key is.
fn written_at(path: &Path) -> Result<Timestamp, OpenError> {
    let written = fs::metadata(path)
        .and_then(|file| file.modified())
        .and_then(|time| Timestamp::try_from(time).map_err(io::Error::other));
    written.map_err(|why| {
        OpenError::RootKeyFile(RootKeyFileError::Unreadable {
            path: path.to_owned(),
            why,
        })
    })
}

fn check_place(id: &str) -> Place<'_> {
    Place {
        record: id,
        field: "rootKeyCheck",
    }
}
