//! What a look at the whole audit log found.

use jiff::Timestamp;
use serde::Serialize;
use serde::ser::Serializer;

use super::{AuditHead, ChainFault};

/// What a look at the whole chain found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditVerification {
    /// How many entries were found to be as they were written.
    pub entries: u64,
    /// The newest of these.
    pub head: AuditHead,
    /// Since when there is a chain.
    pub begun_at: Option<Timestamp>,
    /// How many entries are older: they are chained, and nobody can tell what
    /// happened to them before.
    pub earlier: u64,
    /// The newest entry that is noted outside the database.
    pub noted: Option<AuditHead>,
    /// The first thing that is wrong.
    pub fault: Option<ChainFault>,
}

/// How it is written in JSON.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Written {
    intact: bool,
    entries: u64,
    head: String,
    begun_at: Option<Timestamp>,
    earlier_entries: u64,
    noted_head: Option<String>,
    fault: Option<WrittenFault>,
}

#[derive(Serialize)]
struct WrittenFault {
    kind: &'static str,
    sequence: Option<u64>,
    message: String,
}

impl Serialize for AuditVerification {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let written = Written {
            intact: self.fault.is_none(),
            entries: self.entries,
            head: self.head.to_string(),
            begun_at: self.begun_at,
            earlier_entries: self.earlier,
            noted_head: self.noted.as_ref().map(AuditHead::to_string),
            fault: self.fault.as_ref().map(|fault| WrittenFault {
                kind: fault.word(),
                sequence: fault.sequence(),
                message: fault.to_string(),
            }),
        };
        written.serialize(serializer)
    }
}
