//! Files that only their owner may read, written whole or not at all.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use crate::error::SandboxError;

/// Makes a folder (and those above it) that only its owner may enter; one that is there stays.
pub(crate) fn create_dir(path: &Path) -> Result<(), SandboxError> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .map_err(|source| write_error(path, source))
}

/// Reads a file, first closing it to others; `None` when there is none.
pub(crate) fn read(path: &Path) -> Result<Option<String>, SandboxError> {
    let error = |source| SandboxError::Read {
        path: path.to_owned(),
        source,
    };
    match fs::read_to_string(path) {
        Ok(text) => {
            fs::set_permissions(path, Permissions::from_mode(0o600)).map_err(error)?;
            Ok(Some(text))
        }
        Err(source) if source.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(error(source)),
    }
}

/// Replaces a file: a new one is written beside it, brought to disk, and renamed over it.
pub(crate) fn write(path: &Path, contents: &[u8]) -> Result<(), SandboxError> {
    replace(path, contents).map_err(|source| write_error(path, source))
}

fn replace(path: &Path, contents: &[u8]) -> io::Result<()> {
    let temporary = path.with_added_extension("new");
    // One left by a process that was killed may be open to others: begin anew.
    match fs::remove_file(&temporary) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&temporary)?;
    file.write_all(contents)?;
    file.sync_all()?;
    fs::rename(&temporary, path)?;
    match path.parent() {
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

pub(crate) fn write_error(path: &Path, source: io::Error) -> SandboxError {
    SandboxError::Write {
        path: path.to_owned(),
        source,
    }
}
