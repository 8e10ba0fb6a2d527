//! Which root key the database needs, and whether it is the one at hand.

use std::path::Path;
use std::{fs, io};

use commissary_seal::{Place, RootKey, RootKeyFileError, Sealed, Sealer};
use jiff::Timestamp;
use secrecy::SecretString;
use sqlx::Row as _;

use crate::open::{OpenError, database_error};
use crate::rows::moment_text;
use crate::sqlite::Pool;

/// What is sealed to recognise a root key by; no secret.
const CHECK_TEXT: &str = "commissary";

/// A root key as the database remembers it.
struct Recorded {
    id: String,
    check_value: Vec<u8>,
}

/// Finds the root key and sees that it is the database's. Only a database that
/// never had one gets a new one.
pub(crate) async fn settle(pool: &Pool, database: &Path, path: &Path) -> Result<Sealer, OpenError> {
    let of_database = |error| database_error(database, &error);
    let recorded = recorded(pool).await.map_err(of_database)?;
    match (recorded, RootKey::load(path)) {
        (Some(recorded), Ok(key)) => checked(&recorded, key, path),
        (Some(recorded), Err(RootKeyFileError::Missing { path })) => Err(OpenError::RootKeyLost {
            id: recorded.id,
            path,
        }),
        (None, Err(RootKeyFileError::Missing { .. })) => {
            record(pool, database, RootKey::create(path)?, path).await
        }
        // Killed after the file was made, or the key was brought along.
        (None, Ok(key)) => record(pool, database, key, path).await,
        (_, Err(error)) => Err(error.into()),
    }
}

async fn recorded(pool: &Pool) -> Result<Option<Recorded>, sqlx::Error> {
    let row = sqlx::query(
        "SELECT id, check_value FROM root_keys ORDER BY created_at DESC, id DESC LIMIT 1",
    )
    .fetch_optional(pool)
    .await?;
    let recorded = row.map(|row| {
        Ok(Recorded {
            id: row.try_get("id")?,
            check_value: row.try_get("check_value")?,
        })
    });
    recorded.transpose()
}

fn checked(recorded: &Recorded, key: RootKey, path: &Path) -> Result<Sealer, OpenError> {
    let id = key.id();
    if id.to_string() != recorded.id {
        return Err(OpenError::OtherRootKey {
            path: path.to_owned(),
            found: id,
            needed: recorded.id.clone(),
        });
    }
    let sealer = Sealer::new(key);
    Sealed::parse(&recorded.check_value)
        .and_then(|sealed| sealer.open(&check_place(&recorded.id), &sealed))
        .map_err(|why| OpenError::RootKeyCheck { id, why })?;
    Ok(sealer)
}

async fn record(
    pool: &Pool,
    database: &Path,
    key: RootKey,
    path: &Path,
) -> Result<Sealer, OpenError> {
    let id = key.id();
    let written_at = written_at(path)?;
    let sealer = Sealer::new(key);
    let check_value = sealer
        .seal(
            &check_place(&id.to_string()),
            &SecretString::from(CHECK_TEXT),
        )
        .map_err(|why| OpenError::RootKeyCheck { id, why })?;
    sqlx::query("INSERT INTO root_keys (id, check_value, created_at) VALUES ($1, $2, $3)")
        .bind(id.to_string())
        .bind(check_value.to_bytes())
        .bind(moment_text(written_at))
        .execute(pool)
        .await
        .map_err(|error| database_error(database, &error))?;
    Ok(sealer)
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
