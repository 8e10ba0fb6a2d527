//! A new access key on its way to where it goes. AWS shows its secret once, so
//! that a key is about to be made is noted, its secret is written down before
//! anything else is tried, and a run that was killed or failed is taken up by the
//! next one.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::PathBuf;

use commissary_aws::{Interrupted, KnownKey, reveal};
use commissary_core::domain::{AccessKey, SecretInput};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::failure::Failure;
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

    /// Writes a key down.
    pub(super) fn keep(key: &AccessKey) -> Result<Self, Failure> {
        let path = paths::pending_keys()?.join(key.id.as_str());
        let written = fs::OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&path)
            .and_then(|mut file| {
                reveal(key, &mut file)?;
                file.flush()?;
                file.sync_all()
            });
        match written {
            Ok(()) => Ok(Self(path)),
            Err(error) => Err(Failure::failed(format!(
                "the new access key {} cannot be written to `{}`: {error}; delete that key in AWS",
                key.id,
                path.display()
            ))),
        }
    }

    /// The key of an earlier run that was not handed over, if the user has one.
    pub(super) fn of_user(known: &[KnownKey]) -> Option<AccessKey> {
        let folder = paths::pending_keys().ok()?;
        known.iter().find_map(|key| {
            let text = fs::read_to_string(folder.join(key.id.as_str())).ok()?;
            read(&Zeroizing::new(text))
        })
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

#[derive(Serialize, Deserialize)]
struct Noted {
    /// The access keys that the user had.
    known: Vec<String>,
    at: jiff::Timestamp,
}

impl Note {
    /// The note for a user of an account.
    pub(super) fn of(account: &str, user: &str) -> Result<Self, Failure> {
        Ok(Self(
            paths::pending_keys()?.join(format!("{account}-{user}.begun")),
        ))
    }

    /// What a run noted that did not come to its end.
    pub(super) fn interrupted(&self) -> Option<Interrupted> {
        let text = fs::read_to_string(&self.0).ok()?;
        let Noted { known, at } = serde_json::from_str(&text).ok()?;
        let folder = self.0.parent()?;
        let kept = fs::read_dir(folder).ok()?.filter_map(|entry| {
            let name = entry.ok()?.file_name().into_string().ok()?;
            (!name.ends_with(".begun")).then_some(name)
        });
        Some(Interrupted {
            known,
            at,
            kept: kept.collect(),
        })
    }

    /// Notes that a key is about to be made.
    pub(super) fn write(&self, known: &[String], at: jiff::Timestamp) -> Result<(), String> {
        let noted = Noted {
            known: known.to_vec(),
            at,
        };
        let path = self.0.display();
        let text = serde_json::to_string(&noted).map_err(|error| error.to_string())?;
        fs::write(&self.0, text).map_err(|error| format!("`{path}` cannot be written: {error}"))
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
