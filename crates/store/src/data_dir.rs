//! The data directory: made private, used by one process at a time.

use std::fs::{self, DirBuilder, File, Permissions, TryLockError};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use crate::open::OpenError;

/// Read, write and enter for the owner, nothing for anybody else.
const PRIVATE_DIR: u32 = 0o700;
/// Read and write for the owner, nothing for anybody else.
const PRIVATE_FILE: u32 = 0o600;
/// The longest process id that is read back from a lock file, in characters.
const MAX_PID: u64 = 20;

/// A data directory that is this process's alone until the value is dropped.
#[derive(Debug)]
pub(crate) struct DataDir {
    dir: PathBuf,
    // The lock goes when the file is closed, also if the process is killed.
    _lock: File,
}

impl DataDir {
    /// Makes the directory if it is missing, and takes it.
    pub(crate) fn take(dir: &Path) -> Result<Self, OpenError> {
        make_dir(dir)?;
        let lock = take_lock(dir)?;
        Ok(Self {
            dir: dir.to_owned(),
            _lock: lock,
        })
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.dir
    }

    /// The database file, made empty if it is missing. SQLite gives the files
    /// beside it (`-wal`, `-shm`) the permissions of this one.
    pub(crate) fn database_file(&self) -> Result<PathBuf, OpenError> {
        let path = self.dir.join("commissary.db");
        let not_writable = |why| not_writable(&path, why);
        let file = open_private(&path).map_err(not_writable)?;
        let private = Permissions::from_mode(PRIVATE_FILE);
        file.set_permissions(private).map_err(not_writable)?;
        Ok(path)
    }
}

fn make_dir(dir: &Path) -> Result<(), OpenError> {
    let not_a_directory = || OpenError::NotADirectory {
        dir: dir.to_owned(),
    };
    match fs::metadata(dir) {
        Ok(found) if found.is_dir() => return Ok(()),
        Ok(_) => return Err(not_a_directory()),
        Err(why) if why.kind() == ErrorKind::NotFound => {}
        Err(why) if why.kind() == ErrorKind::NotADirectory => return Err(not_a_directory()),
        Err(why) => return Err(not_writable(dir, why)),
    }
    DirBuilder::new()
        .recursive(true)
        .mode(PRIVATE_DIR)
        .create(dir)
        .map_err(|why| match why.kind() {
            ErrorKind::NotADirectory => not_a_directory(),
            _ => not_writable(dir, why),
        })
}

fn take_lock(dir: &Path) -> Result<File, OpenError> {
    let path = dir.join("lock");
    let not_writable = |why| not_writable(&path, why);
    let mut file = open_private(&path).map_err(not_writable)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            return Err(OpenError::InUse {
                dir: dir.to_owned(),
                by: holder(&file),
            });
        }
        Err(TryLockError::Error(why)) => return Err(not_writable(why)),
    }
    file.set_len(0).map_err(not_writable)?;
    file.write_all(std::process::id().to_string().as_bytes())
        .map_err(not_writable)?;
    Ok(file)
}

/// What the process that holds the lock wrote about itself.
fn holder(lock: &File) -> String {
    let mut text = String::new();
    let read = lock.take(MAX_PID).read_to_string(&mut text);
    match (read, text.trim().parse::<u32>()) {
        (Ok(_), Ok(pid)) => format!("pid {pid}"),
        // It took the lock a moment ago and has not written yet.
        _ => "pid unknown".to_owned(),
    }
}

pub(crate) fn open_private(path: &Path) -> io::Result<File> {
    fs::OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(PRIVATE_FILE)
        .open(path)
}

pub(crate) fn not_writable(path: &Path, why: io::Error) -> OpenError {
    OpenError::NotWritable {
        path: path.to_owned(),
        why,
    }
}
