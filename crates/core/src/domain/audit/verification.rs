//! What a look at the whole audit log found.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use serde::ser::Serializer;

use super::{AuditHead, ChainFault};

/// What a look at the whole chain found.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema)]
#[schemars(with = "Written")]
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

/// What a look at the whole audit log found.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AuditVerification")]
#[serde(rename_all = "camelCase")]
struct Written {
    /// Whether nothing is wrong.
    intact: bool,
    /// How many entries were found to be as they were written.
    entries: u64,
    /// The newest of these.
    head: String,
    /// Since when there is a chain.
    begun_at: Option<Timestamp>,
    /// How many entries are older than the chain.
    earlier_entries: u64,
    /// The newest entry that is noted outside the database.
    noted_head: Option<String>,
    /// The first thing that is wrong.
    fault: Option<WrittenFault>,
}

/// What is wrong with the audit log.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AuditFault")]
struct WrittenFault {
    /// What kind of fault it is.
    kind: &'static str,
    /// The number of the entry at fault, if one is.
    sequence: Option<u64>,
    /// One sentence for people.
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
