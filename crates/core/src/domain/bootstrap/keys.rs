//! The access keys that a user has.

use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::AccessKeyId;

/// An access key as IAM lists it; its secret is shown only when it is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KnownKey {
    /// The public half.
    pub id: AccessKeyId,
    /// Whether it works.
    pub status: KeyStatus,
    /// When it was made, if AWS says.
    pub created_at: Option<Timestamp>,
    /// When it was last used.
    pub last_used: LastUsed,
}

/// Whether an access key works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum KeyStatus {
    /// It works.
    Active,
    /// It is switched off.
    Inactive,
}

/// When an access key was last used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum LastUsed {
    /// Never, as far as AWS knows.
    Never,
    /// At this moment.
    At(Timestamp),
    /// AWS does not tell.
    Unknown,
}

impl KnownKey {
    /// The key for people: `` `AKIA…` (active, made 3 days ago, never used)``.
    pub fn described(&self, now: Timestamp) -> String {
        let status = match self.status {
            KeyStatus::Active => "active",
            KeyStatus::Inactive => "inactive",
        };
        let made = match self.created_at {
            Some(at) => format!(", made {}", ago(now.duration_since(at))),
            None => String::new(),
        };
        let used = match self.last_used {
            LastUsed::Never => ", never used".to_owned(),
            LastUsed::At(at) => format!(", last used {}", ago(now.duration_since(at))),
            LastUsed::Unknown => String::new(),
        };
        format!("`{}` ({status}{made}{used})", self.id)
    }
}

/// A time that has passed, in its largest unit.
fn ago(passed: SignedDuration) -> String {
    let seconds = passed.as_secs().max(0);
    let (count, unit) = match seconds {
        0..60 => return "just now".to_owned(),
        60..3_600 => (seconds / 60, "minute"),
        3_600..86_400 => (seconds / 3_600, "hour"),
        _ => (seconds / 86_400, "day"),
    };
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {unit}{plural} ago")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_described_by_status_age_and_use() {
        let now: Timestamp = "2026-11-20T12:00:00Z".parse().unwrap();
        let mut key = KnownKey {
            id: AccessKeyId::parse("AKIAIOSFODNN7EXAMPLE").unwrap(),
            status: KeyStatus::Active,
            created_at: Some("2026-11-17T11:00:00Z".parse().unwrap()),
            last_used: LastUsed::Never,
        };
        let described = key.described(now);
        assert_eq!(
            described,
            "`AKIAIOSFODNN7EXAMPLE` (active, made 3 days ago, never used)"
        );
        key.status = KeyStatus::Inactive;
        key.created_at = None;
        key.last_used = LastUsed::At("2026-11-20T11:00:00Z".parse().unwrap());
        assert_eq!(
            key.described(now),
            "`AKIAIOSFODNN7EXAMPLE` (inactive, last used 1 hour ago)"
        );
        key.last_used = LastUsed::At("2026-11-20T12:00:05Z".parse().unwrap());
        assert!(key.described(now).ends_with("last used just now)"));
    }
}
