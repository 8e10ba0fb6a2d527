//! Looking at the whole log: every entry there, in its place, as it was written.

use std::path::Path;

use commissary_core::domain::{AuditHead, AuditVerification, ChainFault};
use commissary_core::ports::StoreError;
use jiff::Timestamp;
use sqlx::Row as _;

use super::anchor;
use super::chain::{Fields, beginning};
use super::{hash_of, stored};
use crate::errors::unavailable;
use crate::sqlite::{BEGIN_READ, Connection, Pool, Row};

/// Entries that are read at once.
const AT_ONCE: usize = 1000;

/// A head that is known from outside the database, and where from.
struct Known {
    head: AuditHead,
    place: String,
}

/// The record of the chain in the database.
struct Record {
    begun_at: String,
    earlier: i64,
    head: AuditHead,
}

/// Verifies the log of a data directory against itself, the file beside it and
/// the heads in `known`. The log may grow meanwhile.
pub(crate) async fn verify(
    pool: &Pool,
    dir: &Path,
    known: &[AuditHead],
) -> Result<AuditVerification, StoreError> {
    // Read before the log is: it is never ahead of it.
    let noted = anchor::noted(dir);
    let mut tx = pool.begin_with(BEGIN_READ).await.map_err(unavailable)?;
    let record = record(&mut tx).await?;
    let mut walk = Walk::from(record.as_ref());
    walk.known.extend(known.iter().map(|head| Known {
        head: *head,
        place: "elsewhere".to_owned(),
    }));
    let mut no_head = None;
    match &noted {
        Ok(Some(head)) => walk.known.push(Known {
            head: *head,
            place: anchor::place(&anchor::path(dir)),
        }),
        Ok(None) => no_head = Some(anchor::gone(dir)),
        Err(fault) => no_head = Some(fault.clone()),
    }
    let mut fault = walk.walk_on(&mut tx).await?;
    if fault.is_none() {
        fault = match &record {
            None => Some(ChainFault::Record),
            Some(record) => walk.ends_as(record.head).or(slipped_in(&mut tx).await?),
        };
    }
    Ok(AuditVerification {
        entries: walk.head.sequence,
        head: walk.head,
        begun_at: record
            .as_ref()
            .and_then(|record| record.begun_at.parse::<Timestamp>().ok()),
        earlier: record.map_or(0, |record| {
            u64::try_from(record.earlier).unwrap_or_default()
        }),
        noted: noted.ok().flatten(),
        fault: fault.or(no_head),
    })
}

/// Whether the log leads to what is noted beside it: a quick look at that one
/// entry, as the store is opened.
pub(crate) async fn fits(
    pool: &Pool,
    dir: &Path,
    head: AuditHead,
) -> Result<Option<ChainFault>, StoreError> {
    let noted = match anchor::noted(dir) {
        Ok(Some(noted)) => noted,
        Ok(None) => {
            if head.sequence > 0 {
                tracing::warn!(
                    entries = head.sequence,
                    "the newest audit entry was not noted beside the database; it is from now on"
                );
            }
            return Ok(None);
        }
        Err(fault) => return Ok(Some(fault)),
    };
    if noted.sequence > head.sequence {
        return Ok(Some(ChainFault::CutOff {
            sequence: head.sequence + 1,
            last: noted.sequence,
        }));
    }
    let row = sqlx::query("SELECT hash FROM audit_events WHERE sequence = $1")
        .bind(stored(noted.sequence)?)
        .fetch_optional(pool)
        .await
        .map_err(unavailable)?;
    let same = match row {
        Some(row) => hash_of(&row).is_ok_and(|hash| hash == noted.hash),
        // The beginning of the chain is no entry.
        None => noted.sequence == 0,
    };
    Ok((!same).then(|| ChainFault::Rewritten {
        sequence: noted.sequence,
        place: anchor::place(&anchor::path(dir)),
    }))
}

async fn record(connection: &mut Connection) -> Result<Option<Record>, StoreError> {
    let row = sqlx::query("SELECT begun_at, earlier, sequence, hash FROM audit_chain")
        .fetch_optional(connection)
        .await
        .map_err(unavailable)?;
    let read = |row: Row| {
        let sequence: i64 = row.try_get("sequence").ok()?;
        Some(Record {
            begun_at: row.try_get("begun_at").ok()?,
            earlier: row.try_get("earlier").ok()?,
            head: AuditHead {
                sequence: u64::try_from(sequence).ok()?,
                hash: hash_of(&row).ok()?,
            },
        })
    };
    Ok(row.and_then(read))
}

/// The way along the chain, up to the newest entry that is in order.
struct Walk {
    head: AuditHead,
    known: Vec<Known>,
}

impl Walk {
    /// Begins where the record says; without one nothing can be in order.
    fn from(record: Option<&Record>) -> Self {
        let hash = match record {
            Some(record) => beginning(&record.begun_at, record.earlier),
            None => beginning("", 0),
        };
        Self {
            head: AuditHead { sequence: 0, hash },
            known: Vec::new(),
        }
    }

    async fn walk_on(
        &mut self,
        connection: &mut Connection,
    ) -> Result<Option<ChainFault>, StoreError> {
        let mut fault = self.not_known();
        let mut after = i64::MIN;
        while fault.is_none() {
            let rows = sqlx::query(
                "SELECT id, at, actor, origin, request_id, action, target, workspace_id,
                     outcome, sequence, hash
                 FROM audit_events WHERE sequence > $1 ORDER BY sequence LIMIT 1000",
            )
            .bind(after)
            .fetch_all(&mut *connection)
            .await
            .map_err(unavailable)?;
            fault = rows.iter().find_map(|row| self.step(row));
            if rows.len() < AT_ONCE {
                break;
            }
            after = i64::try_from(self.head.sequence).unwrap_or(i64::MAX);
        }
        Ok(fault)
    }

    /// Takes the next entry, if it is as it was written.
    fn step(&mut self, row: &Row) -> Option<ChainFault> {
        let sequence = self.head.sequence + 1;
        let changed = || {
            Some(ChainFault::Changed {
                sequence,
                id: row
                    .try_get("id")
                    .unwrap_or_else(|_| "unreadable".to_owned()),
            })
        };
        let Ok(found) = row.try_get::<i64, _>("sequence") else {
            return changed();
        };
        if u64::try_from(found) != Ok(sequence) {
            let next = found;
            return Some(ChainFault::Missing { sequence, next });
        }
        let (Ok(fields), Ok(hash)) = (Fields::read(row), hash_of(row)) else {
            return changed();
        };
        if fields.hash(&self.head.hash, sequence) != hash {
            return changed();
        }
        self.head = AuditHead { sequence, hash };
        self.not_known()
    }

    /// Whether what is known of the entry just taken speaks against it.
    fn not_known(&self) -> Option<ChainFault> {
        let other = |known: &&Known| {
            known.head.sequence == self.head.sequence && known.head.hash != self.head.hash
        };
        let known = self.known.iter().find(other)?;
        Some(ChainFault::Rewritten {
            sequence: self.head.sequence,
            place: known.place.clone(),
        })
    }

    /// Whether the log ends where it was written last, and not before what is known.
    fn ends_as(&self, written: AuditHead) -> Option<ChainFault> {
        let end = self.head.sequence;
        let known = self.known.iter().map(|known| known.head.sequence);
        let last = known.chain([written.sequence]).max().unwrap_or_default();
        if last > end {
            return Some(ChainFault::CutOff {
                sequence: end + 1,
                last,
            });
        }
        if written.sequence < end {
            return Some(ChainFault::Added {
                sequence: written.sequence + 1,
            });
        }
        (written.hash != self.head.hash).then(|| ChainFault::Rewritten {
            sequence: end,
            place: "as the newest".to_owned(),
        })
    }
}

/// An entry that was put in without a place in the chain.
async fn slipped_in(connection: &mut Connection) -> Result<Option<ChainFault>, StoreError> {
    let id: Option<String> = sqlx::query_scalar(
        "SELECT CAST(id AS TEXT) FROM audit_events WHERE sequence IS NULL ORDER BY id LIMIT 1",
    )
    .fetch_optional(connection)
    .await
    .map_err(unavailable)?;
    Ok(id.map(|id| ChainFault::Inserted { id }))
}
