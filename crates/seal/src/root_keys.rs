//! All the root keys of a file: the one in use, and older ones that something
//! may still be wrapped by.
//!
//! The file has a line for each, the key in use first. A rotation puts a new
//! line before the others; when nothing needs the older keys any more, each
//! moves to a file of its own beside it. At every moment the file holds every
//! key that is needed, whole: it is only ever replaced by another one.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::key_file::{RootKeyFileError, lines, replace, write_new};
use crate::root_key::{RootKey, RootKeyId};

/// The keys of a root key file.
#[derive(Debug)]
pub struct RootKeys {
    pub(crate) current: RootKey,
    pub(crate) older: Vec<RootKey>,
}

impl RootKeys {
    /// Reads the keys of a file, which must be closed to other users.
    ///
    /// # Errors
    /// The file is missing, cannot be read, is open to other users, or does not
    /// hold whole root keys.
    pub fn load(path: &Path) -> Result<Self, RootKeyFileError> {
        let mut keys = lines(path)?
            .iter()
            .map(|line| crate::key_file::parse(line, path))
            .collect::<Result<Vec<_>, _>>()?;
        let ids: HashSet<RootKeyId> = keys.iter().map(RootKey::id).collect();
        if keys.is_empty() || ids.len() < keys.len() {
            return Err(RootKeyFileError::Malformed {
                path: path.to_owned(),
            });
        }
        let current = keys.remove(0);
        Ok(Self {
            current,
            older: keys,
        })
    }

    /// Makes a new key, keeps it in the file before the others, and returns all.
    ///
    /// # Errors
    /// The file cannot be read or replaced; it stays as it is then.
    pub fn add_new(path: &Path) -> Result<Self, RootKeyFileError> {
        Self::load(path)?;
        let held = lines(path)?;
        let (_, new) = RootKey::generate().map_err(|_| RootKeyFileError::NoRandomness)?;
        let room = new.len() + held.iter().map(|line| line.len() + 1).sum::<usize>();
        let mut text = Zeroizing::new(String::with_capacity(room));
        text.push_str(&new);
        for line in &held {
            text.push_str(line);
            text.push('\n');
        }
        replaced(path, &text)?;
        Self::load(path)
    }

    /// Moves each key but the one in use to a file of its own, and returns these
    /// files. Whoever has backups that were taken under such a key needs it still.
    ///
    /// # Errors
    /// A file cannot be written; every key is still somewhere then.
    pub fn retire_older(path: &Path) -> Result<(Self, Vec<PathBuf>), RootKeyFileError> {
        Self::load(path)?;
        let held = lines(path)?;
        let mut files = Vec::new();
        let mut held = held.iter();
        let current = held.next().ok_or_else(|| RootKeyFileError::Malformed {
            path: path.to_owned(),
        })?;
        for line in held {
            let id = crate::key_file::parse(line, path)?.id();
            let file = retired_file(path, id);
            let text = Zeroizing::new(format!("{}\n", line.as_str()));
            match write_new(&file, text.as_bytes()) {
                Ok(()) => {}
                // Killed after this step the last time.
                Err(why) if why.kind() == io::ErrorKind::AlreadyExists => {}
                Err(why) => return Err(RootKeyFileError::NotCreated { path: file, why }),
            }
            files.push(file);
        }
        if !files.is_empty() {
            let text = Zeroizing::new(format!("{}\n", current.as_str()));
            replaced(path, &text)?;
        }
        Ok((Self::load(path)?, files))
    }

    /// The key in use.
    pub fn current(&self) -> RootKeyId {
        self.current.id()
    }

    /// Every key, the one in use first.
    pub fn ids(&self) -> impl Iterator<Item = RootKeyId> {
        std::iter::once(&self.current)
            .chain(&self.older)
            .map(RootKey::id)
    }
}

impl From<RootKey> for RootKeys {
    fn from(current: RootKey) -> Self {
        Self {
            current,
            older: Vec::new(),
        }
    }
}

/// Where a key goes that is no longer in use.
fn retired_file(path: &Path, id: RootKeyId) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".retired-{id}"));
    PathBuf::from(name)
}

/// Replaces the file that a path leads to, whole or not at all.
fn replaced(path: &Path, text: &Zeroizing<String>) -> Result<(), RootKeyFileError> {
    // A link stays one: what it leads to is replaced.
    let target = fs::canonicalize(path);
    let done = target.and_then(|target| replace(&target, text.as_bytes()));
    done.map_err(|why| RootKeyFileError::NotCreated {
        path: path.to_owned(),
        why,
    })
}
