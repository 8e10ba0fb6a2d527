//! The form of the file.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::{BackupError, Manifest};

const HEAD: &str = "commissary-backup:v1\n";
/// What the files of any version begin with.
const ANY_HEAD: &str = "commissary-backup:";
/// The most bytes of each of the first two lines.
const MAX_LINE: u64 = 64 * 1024;
const CHECKSUM: &str = "\nsha256:";
/// Bytes that are read at once.
const PIECE: usize = 64 * 1024;

/// Writes a backup: what it says of itself, the database, the checksum.
pub(super) fn write(out: &mut impl Write, manifest: &Manifest, database: &Path) -> io::Result<()> {
    let mut out = Hashing {
        inner: out,
        hasher: Sha256::new(),
    };
    out.write_all(HEAD.as_bytes())?;
    out.write_all(&serde_json::to_vec(manifest)?)?;
    out.write_all(b"\n")?;
    let copied = io::copy(&mut File::open(database)?, &mut out)?;
    if copied != manifest.bytes {
        return Err(io::Error::other("the copy changed while it was written"));
    }
    let checksum = hex(out.hasher);
    let line = format!("{CHECKSUM}{checksum}\n");
    out.inner.write_all(line.as_bytes())
}

/// A backup that is being read.
pub(super) struct Reading {
    path: PathBuf,
    file: BufReader<File>,
    hasher: Sha256,
    pub(super) manifest: Manifest,
}

impl Reading {
    /// Reads what a backup says of itself.
    pub(super) fn open(path: &Path) -> Result<Self, BackupError> {
        let not_read = |why| not_read(path, why);
        let mut file = BufReader::new(File::open(path).map_err(not_read)?);
        let mut hasher = Sha256::new();
        let mut line = |file: &mut BufReader<File>| {
            let mut line = Vec::new();
            file.take(MAX_LINE).read_until(b'\n', &mut line)?;
            hasher.update(&line);
            Ok(line)
        };
        let head = line(&mut file).map_err(not_read)?;
        if head != HEAD.as_bytes() {
            return Err(match head.starts_with(ANY_HEAD.as_bytes()) {
                true => BackupError::Newer {
                    path: path.to_owned(),
                    version: String::from_utf8_lossy(&head).trim().to_owned(),
                },
                false => BackupError::NotABackup(path.to_owned()),
            });
        }
        let json = line(&mut file).map_err(not_read)?;
        let manifest = serde_json::from_slice(&json).map_err(|_| BackupError::Damaged {
            path: path.to_owned(),
            what: "what it says of itself cannot be read",
        })?;
        Ok(Self {
            path: path.to_owned(),
            file,
            hasher,
            manifest,
        })
    }

    /// Copies the database, and sees that the file is as it was written.
    pub(super) fn copy_to(mut self, out: &mut impl Write) -> Result<(), BackupError> {
        let damaged = |what| BackupError::Damaged {
            path: self.path.clone(),
            what,
        };
        let mut left = self.manifest.bytes;
        let mut piece = vec![0; PIECE];
        while left > 0 {
            let most = usize::try_from(left).map_or(PIECE, |left| left.min(PIECE));
            let room = piece.get_mut(..most).unwrap_or_default();
            let read = self
                .file
                .read(room)
                .map_err(|why| not_read(&self.path, why))?;
            let bytes = room.get(..read).unwrap_or_default();
            if bytes.is_empty() {
                return Err(damaged("it is cut off"));
            }
            self.hasher.update(bytes);
            out.write_all(bytes)
                .map_err(|why| not_read(&self.path, why))?;
            left = left.saturating_sub(read as u64);
        }
        let mut rest = Vec::new();
        let most = MAX_LINE;
        let end = self.file.take(most).read_to_end(&mut rest);
        end.map_err(|why| not_read(&self.path, why))?;
        let expected = format!("{CHECKSUM}{}\n", hex(self.hasher));
        match rest == expected.as_bytes() {
            true => Ok(()),
            false if rest.len() < expected.len() => Err(damaged("it is cut off")),
            false => Err(damaged("its checksum is another one")),
        }
    }
}

struct Hashing<'a, W> {
    inner: &'a mut W,
    hasher: Sha256,
}

impl<W: Write> Write for Hashing<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.hasher.update(bytes.get(..written).unwrap_or_default());
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

fn hex(hasher: Sha256) -> String {
    let hash: [u8; 32] = hasher.finalize().into();
    commissary_core::domain::EntryHash(hash).to_string()
}

fn not_read(path: &Path, why: io::Error) -> BackupError {
    BackupError::NotRead {
        path: path.to_owned(),
        why,
    }
}
