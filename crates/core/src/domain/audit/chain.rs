//! The chain that the audit log's entries make, and what a look at it found.

use std::fmt;
use std::str::FromStr;

/// The hash of an entry: SHA-256 over everything in it and the hash before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EntryHash(pub [u8; 32]);

impl fmt::Display for EntryHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for EntryHash {
    type Err = NotAHead;

    fn from_str(text: &str) -> Result<Self, NotAHead> {
        let mut bytes = [0; 32];
        if text.len() != 2 * bytes.len() || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(NotAHead);
        }
        for (byte, digits) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
            let digits = std::str::from_utf8(digits).map_err(|_| NotAHead)?;
            *byte = u8::from_str_radix(digits, 16).map_err(|_| NotAHead)?;
        }
        Ok(Self(bytes))
    }
}

/// The end of the chain as it was at some time. Kept elsewhere, it shows later
/// that nothing up to it was changed or cut off. Written as `NUMBER:HASH`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditHead {
    /// The number of the newest entry; 0 where there is none.
    pub sequence: u64,
    /// Its hash.
    pub hash: EntryHash,
}

impl AuditHead {
    /// What a head looks like (ECMA-262).
    pub const PATTERN: &str = "^[0-9]{1,19}:[0-9A-Fa-f]{64}$";
    /// The most characters of a head.
    pub const MOST: usize = 19 + 1 + 64;
}

impl fmt::Display for AuditHead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.sequence, self.hash)
    }
}

/// What cannot be read as a head.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "it is not a head of the audit log; write it as `audit verify` printed it, like `42:9f86d0…`"
)]
pub struct NotAHead;

impl FromStr for AuditHead {
    type Err = NotAHead;

    fn from_str(text: &str) -> Result<Self, NotAHead> {
        let (sequence, hash) = text.trim().split_once(':').ok_or(NotAHead)?;
        Ok(Self {
            sequence: sequence.parse().map_err(|_| NotAHead)?,
            hash: hash.parse()?,
        })
    }
}

/// The first thing that is wrong with the chain. Each names the entry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChainFault {
    /// The entry does not have the hash that it would have had if nothing had
    /// been changed: its content, its place or its hash was.
    #[error("entry {sequence} ({id}) was changed, or is not where it was written")]
    Changed {
        /// The entry's number.
        sequence: u64,
        /// Its id, as it stands there now.
        id: String,
    },
    /// An entry is not there, and later ones are.
    #[error("entry {sequence} is missing; the next one that is there is {next}")]
    Missing {
        /// The number of the entry that is missing.
        sequence: u64,
        /// The number that was found in its place.
        next: i64,
    },
    /// An entry without a number was slipped in past the product.
    #[error("the entry {id} has no place in the chain: it was not written by commissary")]
    Inserted {
        /// Its id.
        id: String,
    },
    /// The newest entries are not there any more.
    #[error("entry {sequence} is missing, and so is every entry up to {last}")]
    CutOff {
        /// The number of the first entry that is missing.
        sequence: u64,
        /// The number of the newest entry that is known to have been there.
        last: u64,
    },
    /// There are entries after the one that was written last.
    #[error("entry {sequence} was added after the last one that commissary wrote")]
    Added {
        /// The number of the first such entry.
        sequence: u64,
    },
    /// An entry is whole, and not the one that was noted at its time.
    #[error(
        "entry {sequence} is not the one that was noted {place}: it or one before it was written anew"
    )]
    Rewritten {
        /// The entry's number.
        sequence: u64,
        /// Where it was noted, for example `in the file …`.
        place: String,
    },
    /// What was noted outside the database cannot be read, or is gone.
    #[error("the newest entry cannot be compared with the one that was noted {place}: {why}")]
    NoHead {
        /// Where it should have been.
        place: String,
        /// What is wrong with it.
        why: String,
    },
    /// The record of the chain's beginning or end cannot be read.
    #[error("the record of the chain itself was changed")]
    Record,
}

impl ChainFault {
    /// The fault in a word, for programs.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Changed { .. } => "changed",
            Self::Missing { .. } => "missing",
            Self::Inserted { .. } => "inserted",
            Self::CutOff { .. } => "cut-off",
            Self::Added { .. } => "added",
            Self::Rewritten { .. } => "rewritten",
            Self::NoHead { .. } => "no-head",
            Self::Record => "record",
        }
    }

    /// The number of the first bad entry, where it has one.
    pub fn sequence(&self) -> Option<u64> {
        match self {
            Self::Changed { sequence, .. }
            | Self::Missing { sequence, .. }
            | Self::CutOff { sequence, .. }
            | Self::Added { sequence }
            | Self::Rewritten { sequence, .. } => Some(*sequence),
            Self::Inserted { .. } | Self::NoHead { .. } | Self::Record => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_comes_back_from_what_is_printed() {
        let head = AuditHead {
            sequence: 42,
            hash: EntryHash([0xa7; 32]),
        };
        assert_eq!(head.to_string().parse(), Ok(head));
        for text in [
            "",
            "42",
            "42:",
            "x:00",
            "42:zz",
            &format!("-1:{}", head.hash),
        ] {
            assert_eq!(text.parse::<AuditHead>(), Err(NotAHead), "{text}");
        }
    }
}
