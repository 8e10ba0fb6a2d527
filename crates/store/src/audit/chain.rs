//! What an entry's hash is made of.
//!
//! SHA-256 over, in this order: the purpose and version below; the hash of the
//! entry before (32 bytes; the first entry has the hash of the chain's
//! beginning); the entry's number (8 bytes, the highest first); then each field
//! as it is stored: one byte, 1 where there is a value and 0 where there is
//! none, and for a value its length (8 bytes, the highest first) and its UTF-8.

use std::borrow::Cow;

use commissary_core::domain::{AuditEvent, EntryHash};
use sha2::{Digest as _, Sha256};
use sqlx::Row as _;

use crate::rows::moment_text;
use crate::sqlite::Row;

/// What is hashed, and in which version; the last byte is the version's number.
const ENTRY: &[u8] = b"commissary audit entry\x01";
const BEGINNING: &[u8] = b"commissary audit chain\x01";

/// An entry as it is stored.
pub(super) struct Fields<'a> {
    pub(super) id: Cow<'a, str>,
    pub(super) at: Cow<'a, str>,
    pub(super) actor: &'a str,
    pub(super) origin: &'a str,
    pub(super) request_id: Option<&'a str>,
    pub(super) action: &'a str,
    pub(super) target: &'a str,
    pub(super) workspace_id: Option<Cow<'a, str>>,
    pub(super) outcome: &'a str,
}

impl<'a> Fields<'a> {
    pub(super) fn of(event: &'a AuditEvent) -> Self {
        Self {
            id: event.id.to_string().into(),
            at: moment_text(event.at).into(),
            actor: &event.actor,
            origin: &event.from,
            request_id: event.request_id.as_deref(),
            action: &event.action,
            target: &event.target,
            workspace_id: event.workspace_id.map(|id| id.0.to_string().into()),
            outcome: event.outcome.word(),
        }
    }

    /// An entry as it stands in the database, whatever is in it.
    pub(super) fn read(row: &'a Row) -> Result<Self, sqlx::Error> {
        let id: &str = row.try_get("id")?;
        let at: &str = row.try_get("at")?;
        let workspace_id: Option<&str> = row.try_get("workspace_id")?;
        Ok(Self {
            id: id.into(),
            at: at.into(),
            actor: row.try_get("actor")?,
            origin: row.try_get("origin")?,
            request_id: row.try_get("request_id")?,
            action: row.try_get("action")?,
            target: row.try_get("target")?,
            workspace_id: workspace_id.map(Cow::from),
            outcome: row.try_get("outcome")?,
        })
    }

    /// The hash of this entry in its place.
    pub(super) fn hash(&self, previous: &EntryHash, sequence: u64) -> EntryHash {
        let mut hasher = Sha256::new();
        hasher.update(ENTRY);
        hasher.update(previous.0);
        hasher.update(sequence.to_be_bytes());
        for field in [
            Some(self.id.as_ref()),
            Some(self.at.as_ref()),
            Some(self.actor),
            Some(self.origin),
            self.request_id,
            Some(self.action),
            Some(self.target),
            self.workspace_id.as_deref(),
            Some(self.outcome),
        ] {
            add(&mut hasher, field);
        }
        EntryHash(hasher.finalize().into())
    }
}

/// The hash that the first entry is chained to: it holds fast since when there
/// is a chain, and how many entries are older.
pub(super) fn beginning(begun_at: &str, earlier: i64) -> EntryHash {
    let mut hasher = Sha256::new();
    hasher.update(BEGINNING);
    add(&mut hasher, Some(begun_at));
    hasher.update(earlier.to_be_bytes());
    EntryHash(hasher.finalize().into())
}

fn add(hasher: &mut Sha256, field: Option<&str>) {
    let Some(text) = field else {
        hasher.update([0]);
        return;
    };
    hasher.update([1]);
    hasher.update((text.len() as u64).to_be_bytes());
    hasher.update(text);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields() -> Fields<'static> {
        Fields {
            id: "1".into(),
            at: "2".into(),
            actor: "ab",
            origin: "c",
            request_id: None,
            action: "d",
            target: "e",
            workspace_id: None,
            outcome: "done",
        }
    }

    #[test]
    fn hashes_do_not_change_between_versions() {
        let start = beginning("2026-03-04T05:06:07.000000000Z", 3);
        assert_eq!(
            start.to_string(),
            "00cd56cb9ba33d99cc22a957a120716ce1216f0295488d8faf5eb5e2cf5b7deb"
        );
        assert_eq!(
            fields().hash(&start, 7).to_string(),
            "77373002b656bb7b5f78ab8d4b8e46bd1e77f83bba179475a3b9e93ead49ad75"
        );
    }

    #[test]
    fn every_part_counts_and_none_can_be_taken_for_another() {
        let (zero, one) = (EntryHash([0; 32]), EntryHash([1; 32]));
        let hashes = [
            fields().hash(&zero, 1),
            fields().hash(&one, 1),
            fields().hash(&zero, 2),
            Fields {
                actor: "a",
                origin: "bc",
                ..fields()
            }
            .hash(&zero, 1),
            Fields {
                request_id: Some(""),
                ..fields()
            }
            .hash(&zero, 1),
            Fields {
                workspace_id: Some("".into()),
                ..fields()
            }
            .hash(&zero, 1),
            Fields {
                id: "".into(),
                ..fields()
            }
            .hash(&zero, 1),
            Fields {
                at: "".into(),
                ..fields()
            }
            .hash(&zero, 1),
            Fields {
                action: "",
                ..fields()
            }
            .hash(&zero, 1),
            Fields {
                target: "",
                ..fields()
            }
            .hash(&zero, 1),
            Fields {
                outcome: "",
                ..fields()
            }
            .hash(&zero, 1),
        ];
        for (number, hash) in hashes.iter().enumerate() {
            assert!(!hashes[..number].contains(hash), "{number}");
        }
    }
}
