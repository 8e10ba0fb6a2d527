//! A new access key on its way to where it goes. AWS shows its secret once, so
//! that a key is about to be made is noted, its secret is written down before
//! anything else is tried, and a run that was killed or failed is taken up by the
//! next one.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::PathBuf;

use commissary_aws::reveal;
use commissary_core::domain::{AccessKey, AccessKeyId, Interrupted, KnownKey, SecretInput};
use zeroize::Zeroizing;

use crate::failure::{CONFLICT, Failure};
use crate::paths;

/// A key that is written down (mode 0600) until it is handed over.
pub(super) struct Pending(PathBuf);

impl Pending {
    /// Makes sure that a key could be written down.
    pub(super) fn prepare() -> Result<(), Failure> {
        let folder = paths::pending_keys()?;
        let made = fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&folder);
        made.map_err(|error| {
            Failure::failed(format!("`{}` cannot be made: {error}", folder.display()))
        })
    }

    /// Writes a key down: whole, or not at all.
    pub(super) fn keep(key: &AccessKey) -> Result<(), Failure> {
        let path = paths::pending_keys()?.join(key.id.as_str());
        let begun = path.with_extension("part");
        let written = fs::OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&begun)
            .and_then(|mut file| {
                reveal(key, &mut file)?;
                file.flush()?;
                file.sync_all()
            })
            .and_then(|()| fs::rename(&begun, &path));
        match written {
            Ok(()) => Ok(()),
            Err(error) => Err(Failure::failed(format!(
                "`{}` cannot be written: {error}",
                path.display()
            ))),
        }
    }

    /// What is written down of a key.
    pub(super) fn of(id: &AccessKeyId) -> Result<Self, Failure> {
        Ok(Self(paths::pending_keys()?.join(id.as_str())))
    }

    /// The key of an earlier run that was not handed over, if the user has one.
    pub(super) fn of_user(known: &[KnownKey]) -> Option<AccessKey> {
        let folder = paths::pending_keys().ok()?;
        known.iter().find_map(|key| {
            let text = fs::read_to_string(folder.join(key.id.as_str())).ok()?;
            read(&Zeroizing::new(text))
        })
    }

    /// The ids of the keys that are written down.
    pub(super) fn ids() -> Vec<String> {
        let folder = paths::pending_keys().ok();
        let entries = folder.and_then(|folder| fs::read_dir(folder).ok());
        let names = entries.into_iter().flatten().filter_map(|entry| {
            let name = entry.ok()?.file_name().into_string().ok()?;
            // Ids have no dot; notes and what is half written have one.
            (!name.contains('.')).then_some(name)
        });
        names.collect()
    }

    /// Forgets keys that are deleted.
    pub(super) fn forget<'a>(ids: impl Iterator<Item = &'a str>) {
        let Ok(folder) = paths::pending_keys() else {
            return;
        };
        for id in ids {
            let path = folder.join(id);
            if path.exists() {
                Self(path).arrived();
            }
        }
    }

    /// The key has arrived: what was written down goes.
    pub(super) fn arrived(self) {
        if let Err(error) = fs::remove_file(&self.0) {
            crate::output::say(&format!(
                "`{}` cannot be removed: {error}; remove it yourself",
                self.0.display()
            ));
        }
    }
}

/// The note that a key is about to be made for a user; it holds no secret.
pub(super) struct Note(PathBuf);

impl Note {
    /// The note for a user of an account.
    pub(super) fn of(account: &str, user: &str) -> Result<Self, Failure> {
        Ok(Self(
            paths::pending_keys()?.join(format!("{account}-{user}.begun")),
        ))
    }

    /// Makes sure that no other run of this machine is about the same user; until it is dropped.
    pub(super) fn alone(&self) -> Result<fs::File, Failure> {
        Pending::prepare()?;
        let folder = paths::pending_keys()?.with_file_name("locks");
        let path = folder.join(self.0.file_name().unwrap_or_default());
        let opened = fs::create_dir_all(&folder)
            .and_then(|()| fs::OpenOptions::new().append(true).create(true).open(&path));
        let file = opened.map_err(|error| {
            Failure::failed(format!("`{}` cannot be written: {error}", path.display()))
        })?;
        match file.try_lock() {
            Err(fs::TryLockError::WouldBlock) => Err(Failure::new(
                CONFLICT,
                "another bootstrap of this user is running on this machine",
            )
            .with_hint("wait until it has ended, then run again")),
            // Some file systems have no locks; they help two people at one machine only.
            Ok(()) | Err(fs::TryLockError::Error(_)) => Ok(file),
        }
    }

    /// What a run noted that did not come to its end.
    pub(super) fn interrupted(&self) -> Option<Interrupted> {
        let text = fs::read_to_string(&self.0).ok()?;
        serde_json::from_str(&text).ok()
    }

    /// Notes that a key is about to be made.
    pub(super) fn write(&self, noted: &Interrupted) -> Result<(), String> {
        let path = self.0.display();
        let text = serde_json::to_string(noted).map_err(|error| error.to_string())?;
        fs::write(&self.0, text).map_err(|error| format!("`{path}` cannot be written: {error}"))
    }

    /// AWS refused to make the key. That another one was deleted for it stays noted, and nothing
    /// that appears later is taken for the key.
    pub(super) fn refused(&self, noted: Interrupted) {
        match noted.refused() {
            None => self.remove(),
            Some(noted) => {
                if let Err(why) = self.write(&noted) {
                    crate::output::say(&why);
                }
            }
        }
    }

    /// The key is accounted for.
    pub(super) fn remove(&self) {
        // Where it stays it only makes the next run look twice.
        let _ = fs::remove_file(&self.0);
    }
}

/// Reads what [`reveal`] wrote.
fn read(text: &str) -> Option<AccessKey> {
    let value = |name: &str| {
        let mut lines = text.lines().filter_map(|line| line.split_once(": "));
        lines
            .find(|(found, _)| *found == name)
            .map(|(_, value)| value)
    };
    let secret = SecretInput::new(value("Secret Key")?.to_owned());
    AccessKey::parse(value("Access Key")?, secret, None)
        .ok()
        .map(|(key, _)| key)
}
