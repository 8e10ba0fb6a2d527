//! Restoring a backup.

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use commissary_core::domain::{AuditEvent, AuditVerification};
use commissary_core::ports::Store as _;
use commissary_seal::RootKeys;

use super::file::Reading;
use super::{BackupError, Manifest};
use crate::data_dir::{DataDir, not_writable, open_private};
use crate::offline::known_steps;
use crate::open::{OpenError, OpenOptions, SqlStore};

/// The database and the note of the audit log's end, the database last: with it
/// the restoring is done.
const FILES: [&str; 2] = ["audit-head", "commissary.db"];
const SCRATCH: &str = ".commissary-restore-";

/// What was restored.
#[derive(Debug)]
pub struct Restored {
    /// What the backup says of itself.
    pub manifest: Manifest,
    /// Whether its audit log is whole.
    pub audit: AuditVerification,
}

/// Restores a backup into an empty data directory. The root key file must hold
/// every key that the backup needs; it stays where it is, and may lie in the
/// directory. Killed half-way, it can be done again.
///
/// # Errors
/// The directory is not empty, the root key is missing or another one, or the
/// backup is damaged, newer or something else. Nothing is restored then.
pub async fn restore(
    backup: &Path,
    options: OpenOptions,
    event: &AuditEvent,
) -> Result<Restored, BackupError> {
    let reading = Reading::open(backup)?;
    let manifest = reading.manifest.clone();
    let known = known_steps();
    if manifest.steps.iter().any(|step| !known.contains(step)) {
        return Err(BackupError::Newer {
            path: backup.to_owned(),
            version: manifest.version,
        });
    }
    holds_what_is_needed(&options.root_key, &manifest)?;
    must_be_empty(&options.dir, &options.root_key)?;
    let dir = DataDir::take(&options.dir)?;
    let not_written = |why: io::Error| BackupError::Open(not_writable(dir.path(), why));
    let scratch = tempfile::Builder::new()
        .prefix(SCRATCH)
        .permissions(Permissions::from_mode(0o700))
        .tempdir_in(dir.path())
        .map_err(not_written)?;
    let copy = scratch.path().join("commissary.db");
    let mut out = open_private(&copy).map_err(not_written)?;
    reading.copy_to(&mut out)?;
    out.sync_all().map_err(not_written)?;
    // Opening it is the proof: sound, of a known version, sealed under this key.
    let store = SqlStore::open(OpenOptions {
        dir: scratch.path().to_owned(),
        root_key: options.root_key,
    })
    .await?;
    let audit = store.verify_audit(&[]).await?;
    store.append_audit(event).await?;
    store.close().await;
    drop(store);
    for file in FILES {
        fs::rename(scratch.path().join(file), dir.path().join(file)).map_err(not_written)?;
    }
    let kept = fs::File::open(dir.path()).and_then(|dir| dir.sync_all());
    kept.map_err(not_written)?;
    Ok(Restored { manifest, audit })
}

fn holds_what_is_needed(path: &Path, manifest: &Manifest) -> Result<(), BackupError> {
    let refused = |needed: &String, why: String| BackupError::RootKey {
        path: path.to_owned(),
        needed: needed.clone(),
        why,
    };
    let keys = RootKeys::load(path);
    for needed in &manifest.root_keys {
        match &keys {
            Err(error) => return Err(refused(needed, error.to_string())),
            Ok(keys) if keys.ids().any(|id| id.to_string() == *needed) => {}
            Ok(keys) => {
                let why = format!("it holds `{}`", keys.current());
                return Err(refused(needed, why));
            }
        }
    }
    Ok(())
}

/// Nothing may be there but the root key, and what a restoring that was killed left.
fn must_be_empty(dir: &Path, root_key: &Path) -> Result<(), BackupError> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            return Err(OpenError::NotADirectory {
                dir: dir.to_owned(),
            }
            .into());
        }
        Err(why) => return Err(not_writable(dir, why).into()),
    };
    for entry in entries {
        let path = entry.map_err(|why| not_writable(dir, why))?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let same = |other: &Path| fs::canonicalize(&path).ok() == fs::canonicalize(other).ok();
        if name.starts_with(SCRATCH) {
            fs::remove_dir_all(&path).map_err(|why| not_writable(&path, why))?;
        } else if !(name == "lock" || name == "audit-head" || same(root_key)) {
            return Err(BackupError::NotEmpty {
                dir: dir.to_owned(),
                found: name,
            });
        }
    }
    Ok(())
}
