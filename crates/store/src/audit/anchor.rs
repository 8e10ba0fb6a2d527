//! The newest entry, noted in a file beside the database: who cuts the log off
//! together with its record in the database is found by it.
//!
//! The file is written after the transaction, so that after a kill in between
//! it lags behind the log, which is no fault; it is never ahead of it. What it
//! says must stand in the log for ever. Where it does not, the file is left as
//! it is for people to look at, and not written any more.

use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use commissary_core::domain::{AuditHead, ChainFault};

use crate::data_dir::open_private;

const NAME: &str = "audit-head";
const PREFIX: &str = "commissary-audit-head:v1:";
/// The most bytes that are read: the file is one line of about 120.
const MAX_FILE: u64 = 1024;

/// The file of a data directory.
#[derive(Debug)]
pub(crate) struct Anchor {
    path: PathBuf,
    /// Nothing where the file does not fit the log.
    file: Mutex<Option<Noted>>,
}

#[derive(Debug)]
struct Noted {
    file: File,
    sequence: u64,
}

/// What is noted in a data directory.
///
/// # Errors
/// The file is there and cannot be read.
pub(crate) fn noted(dir: &Path) -> Result<Option<AuditHead>, ChainFault> {
    let path = path(dir);
    let no_head = |why: String| ChainFault::NoHead {
        place: place(&path),
        why,
    };
    let mut text = String::new();
    let read = File::open(&path).and_then(|file| file.take(MAX_FILE).read_to_string(&mut text));
    match read {
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(no_head(error.to_string())),
    }
    let head = text.trim_end().strip_prefix(PREFIX);
    head.and_then(|head| head.parse().ok())
        .map(Some)
        .ok_or_else(|| no_head("it does not hold one".to_owned()))
}

/// The file of a data directory.
pub(crate) fn path(dir: &Path) -> PathBuf {
    dir.join(NAME)
}

/// The fault of a data directory without the file.
pub(crate) fn gone(dir: &Path) -> ChainFault {
    ChainFault::NoHead {
        place: place(&path(dir)),
        why: "there is no such file".to_owned(),
    }
}

/// The file, as a sentence names it.
pub(crate) fn place(path: &Path) -> String {
    format!("in the file `{}`", path.display())
}

impl Anchor {
    /// Takes the file of a data directory; `fits` says whether what it notes
    /// stands in the log.
    pub(crate) fn take(dir: &Path, fits: bool, head: AuditHead) -> std::io::Result<Self> {
        let path = path(dir);
        if !fits {
            return Ok(Self {
                path,
                file: Mutex::new(None),
            });
        }
        let file = open_private(&path)?;
        let noted = Noted { file, sequence: 0 };
        noted.write(head)?;
        noted.file.sync_all()?;
        Ok(Self {
            path,
            file: Mutex::new(Some(Noted {
                sequence: head.sequence,
                ..noted
            })),
        })
    }

    /// Notes a new head. Of two at once the later entry stays, whoever comes first.
    pub(crate) fn advance(&self, head: AuditHead) {
        let mut guard = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(noted) = guard.as_mut() else { return };
        if head.sequence <= noted.sequence {
            return;
        }
        match noted.write(head) {
            Ok(()) => noted.sequence = head.sequence,
            // The entry is safe; only the note of it lags.
            Err(error) => {
                tracing::warn!(file = %self.path.display(), %error, "the audit log's newest entry could not be noted");
            }
        }
    }
}

impl Noted {
    /// Always the same number of bytes, in one piece: a kill leaves the old or
    /// the new line.
    fn write(&self, head: AuditHead) -> std::io::Result<()> {
        let line = format!("{PREFIX}{:020}:{}\n", head.sequence, head.hash);
        self.file.write_all_at(line.as_bytes(), 0)
    }
}
