//! Remembering what is installed: a stamp holds the hash of the lock file that
//! an installation was made from.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use sha2::{Digest as _, Sha256};

/// Whether an installation is the one that its lock file asks for.
pub(super) struct Stamp {
    file: PathBuf,
    wanted: String,
}

impl Stamp {
    /// The stamp of the installation in `folder` made from `lock`.
    pub(super) fn of(folder: &Path, lock: &Path) -> Result<Self> {
        let text =
            fs::read(lock).with_context(|| format!("`{}` cannot be read", lock.display()))?;
        let digest = Sha256::digest(&text);
        let wanted = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Self {
            file: folder.join("installed-from"),
            wanted,
        })
    }

    /// Whether nothing is to be done.
    pub(super) fn is_fresh(&self) -> bool {
        fs::read_to_string(&self.file).is_ok_and(|found| found == self.wanted)
    }

    /// Notes that the installation is whole.
    pub(super) fn write(&self) -> Result<()> {
        Ok(fs::write(&self.file, &self.wanted)?)
    }
}
