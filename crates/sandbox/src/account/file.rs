//! The account's file.

use std::fs::{File, OpenOptions, TryLockError};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::Account;
use crate::error::SandboxError;
use crate::private_file;

/// The form in which accounts are written; a reader of another form must refuse.
const FORMAT: u32 = 1;

#[derive(Serialize)]
struct Written<'a> {
    format: u32,
    account: &'a Account,
}

#[derive(Deserialize)]
struct Header {
    format: u32,
}

#[derive(Deserialize)]
struct Read {
    account: Account,
}

/// The file `account.json` of a sandbox folder, held against other processes.
#[derive(Debug)]
pub(crate) struct AccountFile {
    path: PathBuf,
    /// Locked for as long as it is open.
    _lock: File,
}

impl AccountFile {
    /// Takes the folder for this process, making it if need be.
    pub(crate) fn open(folder: &Path) -> Result<AccountFile, SandboxError> {
        private_file::create_dir(folder)?;
        let lock_path = folder.join("lock");
        let lock = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(&lock_path)
            .map_err(|source| private_file::write_error(&lock_path, source))?;
        lock.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => SandboxError::InUse {
                path: folder.to_owned(),
            },
            TryLockError::Error(source) => private_file::write_error(&lock_path, source),
        })?;
        Ok(AccountFile {
            path: folder.join("account.json"),
            _lock: lock,
        })
    }

    /// The account in the file; `None` when there is no file yet.
    pub(crate) fn load(&self) -> Result<Option<Account>, SandboxError> {
        let Some(text) = private_file::read(&self.path)? else {
            return Ok(None);
        };
        // The reason of a JSON error can quote the text around it, and with it a secret.
        let corrupt = |error: serde_json::Error| SandboxError::Corrupt {
            path: self.path.clone(),
            line: error.line(),
            column: error.column(),
        };
        let Header { format } = serde_json::from_str(&text).map_err(corrupt)?;
        if format != FORMAT {
            return Err(SandboxError::Format {
                path: self.path.clone(),
                found: format,
                known: FORMAT,
            });
        }
        let Read { account } = serde_json::from_str(&text).map_err(corrupt)?;
        Ok(Some(account))
    }

    /// Writes the account, whole or not at all.
    pub(crate) fn save(&self, account: &Account) -> Result<(), SandboxError> {
        let written = Written {
            format: FORMAT,
            account,
        };
        let text = serde_json::to_vec_pretty(&written)
            .map_err(|error| private_file::write_error(&self.path, error.into()))?;
        private_file::write(&self.path, &text)
    }
}
