//! What can go wrong with the sandbox itself.

use std::io;
use std::path::PathBuf;

/// The sandbox could not be opened or could not write its files.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SandboxError {
    /// A file or folder could not be read.
    #[error("cannot read `{}`: {source}", path.display())]
    Read {
        /// What was to be read.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// A file or folder could not be written.
    #[error("cannot write `{}`: {source}", path.display())]
    Write {
        /// What was to be written.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// The account file holds something else than an account.
    #[error(
        "`{}` is not a sandbox account (line {line}, column {column}): restore it from a backup, \
         or move it away to begin a new account",
        path.display()
    )]
    Corrupt {
        /// The account file.
        path: PathBuf,
        /// Where reading stopped, from 1.
        line: usize,
        /// Where reading stopped, from 1.
        column: usize,
    },
    /// The account file was written by a version that this one does not know.
    #[error(
        "`{}` has format {found}, and this version reads format {known}: use the version of \
         commissary that wrote it",
        path.display()
    )]
    Format {
        /// The account file.
        path: PathBuf,
        /// The format number in the file.
        found: u32,
        /// The format number that this version reads.
        known: u32,
    },
    /// Another process has the sandbox open.
    #[error("`{}` is in use by another sandbox: stop that one first", path.display())]
    InUse {
        /// The sandbox's folder.
        path: PathBuf,
    },
    /// The endpoint address cannot stand in an AWS configuration file.
    #[error("`{url}` is no endpoint URL: give one like http://127.0.0.1:8181")]
    EndpointUrl {
        /// What was given.
        url: String,
    },
    /// A service control policy cannot be read.
    #[error(
        "the service control policy {place} of level {level} cannot be used: {reason}; give one \
         list of policy documents for each level, the root's first"
    )]
    ServiceControlPolicy {
        /// The level, from 1 for the root's.
        level: usize,
        /// Its place in the level, from 1.
        place: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// The account in the folder is of another partition than was asked for.
    #[error(
        "the account in `{}` is in the partition `{found}`, not in `{asked}`: use another folder",
        path.display()
    )]
    Partition {
        /// The sandbox's folder.
        path: PathBuf,
        /// The account's partition.
        found: &'static str,
        /// The one that was asked for.
        asked: &'static str,
    },
    /// The administrator or every active key of its was deleted.
    #[error(
        "the sandbox has no active access key for `sandbox-admin`: create one, or remove the \
         sandbox's folder to begin a new account"
    )]
    NoAdministratorKey,
}
