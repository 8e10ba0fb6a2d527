//! Pages that are kept for a while for whom they were made.

use commissary_core::domain::{KeptPage, PageKept, PageToKeep};
use commissary_core::ports::StoreError;
use commissary_seal::{Place, Sealer};
use jiff::Timestamp;
use uuid::Uuid;

use crate::errors::{damaged, refused_insert, unavailable};
use crate::keys::Keys;
use crate::rows::{get, get_id, moment_text};
use crate::secrets;
use crate::sqlite::{Connection, Row};

/// Keeps a page, and makes room for it.
pub(crate) async fn keep(
    connection: &mut Connection,
    sealer: &Sealer,
    kept: &PageToKeep,
) -> Result<(), StoreError> {
    let record = kept.id.to_string();
    sqlx::query(
        "INSERT INTO kept_pages (id, caller, status, afterwards, expires_at)
         VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(&record)
    .bind(&kept.caller)
    .bind(i64::from(kept.page.status))
    .bind(&kept.page.afterwards)
    .bind(moment_text(kept.expires_at))
    .execute(&mut *connection)
    .await
    .map_err(refused_insert)?;
    secrets::seal_text(connection, sealer, &record, &kept.page.html).await?;
    sweep(connection, kept).await
}

/// Removes what expired, and the oldest of a caller who has too many.
async fn sweep(connection: &mut Connection, kept: &PageToKeep) -> Result<(), StoreError> {
    let gone = sqlx::query(
        "DELETE FROM kept_pages WHERE expires_at <= $1 OR id IN (
             SELECT id FROM kept_pages WHERE caller = $2
             ORDER BY expires_at DESC, id DESC LIMIT 1000000 OFFSET $3)
         RETURNING id",
    )
    .bind(moment_text(kept.made_at))
    .bind(&kept.caller)
    .bind(i64::from(kept.most))
    .fetch_all(&mut *connection)
    .await
    .map_err(unavailable)?;
    for row in &gone {
        secrets::delete(connection, get_id(row, "id")?).await?;
    }
    Ok(())
}

/// A page of a caller; what is shown once is taken out of what is kept.
pub(crate) async fn take(
    connection: &mut Connection,
    keys: &Keys,
    (caller, id): (&str, Uuid),
    now: Timestamp,
) -> Result<Option<PageKept>, StoreError> {
    let known = sqlx::query(
        "SELECT p.status, p.afterwards, s.sealed
         FROM kept_pages p
         LEFT JOIN sealed_secrets s ON s.record_id = p.id AND s.field = $4
         WHERE p.id = $1 AND p.caller = $2 AND p.expires_at > $3",
    )
    .bind(id.to_string())
    .bind(caller)
    .bind(moment_text(now))
    .bind(Place::TEXT)
    .fetch_optional(&mut *connection)
    .await
    .map_err(unavailable)?;
    let Some(row) = known else { return Ok(None) };
    let kept = opened(&row, keys, id)?;
    if let PageKept::There(KeptPage {
        afterwards: Some(_),
        ..
    }) = &kept
    {
        secrets::delete(connection, id).await?;
    }
    Ok(Some(kept))
}

fn opened(row: &Row, keys: &Keys, id: Uuid) -> Result<PageKept, StoreError> {
    let afterwards: Option<String> = get(row, "afterwards")?;
    let sealed: Option<&[u8]> = get(row, "sealed")?;
    match (sealed, afterwards) {
        (Some(sealed), afterwards) => Ok(PageKept::There(KeptPage {
            status: u16::try_from(get::<i64>(row, "status")?).map_err(|_| damaged("status"))?,
            html: secrets::open_text(keys, &id.to_string(), sealed)?,
            afterwards,
        })),
        (None, Some(afterwards)) => Ok(PageKept::Shown(afterwards)),
        (None, None) => Err(damaged("sealed")),
    }
}
