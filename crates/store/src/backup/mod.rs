//! Backups: the whole database in one file, taken while others read and write.
//!
//! The file has a line that says what it is, a line of JSON that says what it
//! holds and which root keys it needs, the database, and a checksum over all of
//! it. The root key is never in it: without that the secrets do not open.

mod file;
mod make;
mod restore;

use std::io;
use std::path::PathBuf;

use commissary_core::ports::StoreError;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use restore::{Restored, restore};

use crate::open::OpenError;

/// What a backup says about itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Manifest {
    /// The version of commissary that took it.
    pub version: String,
    /// When it was taken.
    pub taken_at: Timestamp,
    /// The public fingerprints of the root keys that its secrets need.
    pub root_keys: Vec<String>,
    /// The steps that made its tables.
    pub steps: Vec<i64>,
    /// The newest entry of its audit log, as `NUMBER:HASH`.
    pub audit_head: String,
    /// The bytes of the database.
    pub bytes: u64,
}

/// Why a backup was not taken or not restored. Each says what to do.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// There is a file already.
    #[error("the file `{}` exists already and a backup is never written over; choose another name", .0.display())]
    Exists(PathBuf),
    /// The file cannot be written.
    #[error("the backup `{}` cannot be written: {why}", .path.display())]
    NotWritten {
        /// The file that was given.
        path: PathBuf,
        /// What the system said.
        why: io::Error,
    },
    /// The file cannot be read.
    #[error("the backup `{}` cannot be read: {why}", .path.display())]
    NotRead {
        /// The file that was given.
        path: PathBuf,
        /// What the system said.
        why: io::Error,
    },
    /// The file is something else.
    #[error("the file `{}` is not a backup of commissary", .0.display())]
    NotABackup(PathBuf),
    /// The file is of a version that this one does not know.
    #[error("the backup `{}` was taken by a newer version ({version}); upgrade to restore it", .path.display())]
    Newer {
        /// The file that was given.
        path: PathBuf,
        /// The version that took it.
        version: String,
    },
    /// The file is not as it was written.
    #[error("the backup `{}` is damaged ({what}); restore another one", .path.display())]
    Damaged {
        /// The file that was given.
        path: PathBuf,
        /// What is wrong with it.
        what: &'static str,
    },
    /// There is something in the folder already.
    #[error(
        "the data folder `{}` is not empty (it has `{found}`); a backup is restored into an empty one only",
        .dir.display()
    )]
    NotEmpty {
        /// The folder that was given.
        dir: PathBuf,
        /// Something that is in it.
        found: String,
    },
    /// The root key file does not hold what the backup needs.
    #[error(
        "the backup needs the root key `{needed}`, and the file `{}` does not hold it: {why}",
        .path.display()
    )]
    RootKey {
        /// The root key file.
        path: PathBuf,
        /// The key that is needed.
        needed: String,
        /// What is there instead.
        why: String,
    },
    /// The data folder cannot be used.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The data cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}
