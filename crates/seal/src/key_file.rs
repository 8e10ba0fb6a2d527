//! Root keys in files.

use std::fs::{self, File, Permissions};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::root_key::{ANY_PREFIX, PREFIX, RootKey};
use crate::root_keys::RootKeys;

/// The most bytes that are read: a key is a line of less than 100, and a file has
/// more than two only where rotations were begun and not ended.
const MAX_FILE: u64 = 4096;
/// Read and write for the owner, nothing for anybody else.
const PRIVATE: u32 = 0o600;
/// The permissions that nobody but the owner may have.
const OTHERS: u32 = 0o077;

/// Why a root key file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RootKeyFileError {
    /// There is no such file.
    #[error("the root key file `{}` does not exist; restore it, or correct the path", .path.display())]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The path leads to something that is no file.
    #[error("`{}` is not a regular file; give the path of the root key file", .path.display())]
    NotAFile {
        /// The path that was given.
        path: PathBuf,
    },
    /// The file cannot be read.
    #[error("the root key file `{}` cannot be read: {why}", .path.display())]
    Unreadable {
        /// The path that was given.
        path: PathBuf,
        /// What the system said.
        why: io::Error,
    },
    /// Others than the owner may read or write the file.
    #[error(
        "the root key file `{}` is open to other users (mode {mode:04o}); run `chmod 600 {}`",
        .path.display(), .path.display()
    )]
    Exposed {
        /// The path that was given.
        path: PathBuf,
        /// The permission bits that the file has.
        mode: u32,
    },
    /// The file is of a version that this one does not know.
    #[error("the root key file `{}` was written by a newer version; upgrade to use it", .path.display())]
    Newer {
        /// The path that was given.
        path: PathBuf,
    },
    /// The file holds no root key, or half of one.
    #[error(
        "the file `{}` does not hold a whole root key (lines that begin with `{PREFIX}`); restore it from a copy",
        .path.display()
    )]
    Malformed {
        /// The path that was given.
        path: PathBuf,
    },
    /// There is a file already, and a key is never overwritten.
    #[error(
        "the file `{}` exists already and a root key is never overwritten; choose another path, or move the file away",
        .path.display()
    )]
    Exists {
        /// The path that was given.
        path: PathBuf,
    },
    /// The file cannot be written.
    #[error("the root key file `{}` cannot be written: {why}", .path.display())]
    NotCreated {
        /// The path that was given.
        path: PathBuf,
        /// What the system said.
        why: io::Error,
    },
    /// No key could be made.
    #[error("the random number generator gave nothing, so no root key was made; try again")]
    NoRandomness,
}

impl RootKey {
    /// Reads the root key of a file, which must be closed to other users.
    ///
    /// # Errors
    /// The file is missing, cannot be read, is open to other users, or does not
    /// hold a whole root key.
    ///
    /// Where it holds several, this is the one in use.
    pub fn load(path: &Path) -> Result<Self, RootKeyFileError> {
        Ok(RootKeys::load(path)?.current)
    }

    /// Makes a root key and keeps it in a new file that only its owner can read.
    ///
    /// The file appears whole or not at all: it is written under another name in
    /// the same folder, flushed, and renamed.
    ///
    /// # Errors
    /// There is a file already (it stays as it is), or none can be written.
    pub fn create(path: &Path) -> Result<Self, RootKeyFileError> {
        let (key, line) = Self::generate().map_err(|_| RootKeyFileError::NoRandomness)?;
        match write_new(path, line.as_bytes()) {
            Ok(()) => Ok(key),
            Err(why) if why.kind() == ErrorKind::AlreadyExists => Err(RootKeyFileError::Exists {
                path: path.to_owned(),
            }),
            Err(why) => Err(RootKeyFileError::NotCreated {
                path: path.to_owned(),
                why,
            }),
        }
    }
}

/// The lines of a key file, which must be closed to other users.
pub(crate) fn lines(path: &Path) -> Result<Vec<Zeroizing<String>>, RootKeyFileError> {
    let path_of = || path.to_owned();
    let unreadable = |why: io::Error| match why.kind() {
        ErrorKind::NotFound => RootKeyFileError::Missing { path: path_of() },
        _ => RootKeyFileError::Unreadable {
            path: path_of(),
            why,
        },
    };
    // Asked before opening: a named pipe would keep the opening waiting.
    if !fs::metadata(path).map_err(unreadable)?.is_file() {
        return Err(RootKeyFileError::NotAFile { path: path_of() });
    }
    let file = File::open(path).map_err(unreadable)?;
    let mode = file.metadata().map_err(unreadable)?.permissions().mode() & 0o7777;
    if mode & OTHERS != 0 {
        return Err(RootKeyFileError::Exposed {
            path: path_of(),
            mode,
        });
    }
    let text = read_text(file).map_err(unreadable)?;
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    Ok(lines.map(|line| Zeroizing::new(line.to_owned())).collect())
}

/// The file's text; what is no text or too long reads as empty, which is no key.
fn read_text(file: File) -> io::Result<Zeroizing<String>> {
    // Room for all: growing would leave a copy behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(MAX_FILE as usize + 1));
    file.take(MAX_FILE + 1).read_to_end(&mut bytes)?;
    let text = match std::str::from_utf8(&bytes) {
        Ok(text) if bytes.len() as u64 <= MAX_FILE => text.to_owned(),
        _ => String::new(),
    };
    Ok(Zeroizing::new(text))
}

/// The key of a line.
pub(crate) fn parse(line: &str, path: &Path) -> Result<RootKey, RootKeyFileError> {
    let path_of = || path.to_owned();
    match line.strip_prefix(PREFIX) {
        Some(encoded) => {
            RootKey::decode(encoded).ok_or_else(|| RootKeyFileError::Malformed { path: path_of() })
        }
        None if is_newer(line) => Err(RootKeyFileError::Newer { path: path_of() }),
        None => Err(RootKeyFileError::Malformed { path: path_of() }),
    }
}

/// Whether the line is a root key of some other version (`…:v2:…`).
fn is_newer(line: &str) -> bool {
    let version = line
        .strip_prefix(ANY_PREFIX)
        .and_then(|rest| rest.strip_prefix('v'))
        .and_then(|rest| rest.split_once(':'));
    version.is_some_and(|(number, _)| number.parse::<u32>().is_ok_and(|number| number > 1))
}

/// Writes a new file that only its owner can read, whole or not at all.
pub(crate) fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let (file, folder) = written_beside(path, bytes)?;
    file.persist_noclobber(path).map_err(|error| error.error)?;
    // Without this the name could be lost in a power cut though the bytes are safe.
    File::open(folder)?.sync_all()
}

/// The same in place of a file that is there.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let (file, folder) = written_beside(path, bytes)?;
    file.persist(path).map_err(|error| error.error)?;
    File::open(folder)?.sync_all()
}

/// A file under another name in the same folder, on the disk.
fn written_beside<'a>(
    path: &'a Path,
    bytes: &[u8],
) -> io::Result<(tempfile::NamedTempFile, &'a Path)> {
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let mut file = tempfile::Builder::new()
        .prefix(".commissary-root-key-")
        .permissions(Permissions::from_mode(PRIVATE))
        .tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok((file, folder))
}
