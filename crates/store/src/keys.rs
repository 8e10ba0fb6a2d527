//! The root keys in use, which a rotation changes while others seal and open.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use commissary_seal::{Place, RootKeys, SealError, Sealed, Sealer};
use secrecy::SecretString;
use zeroize::Zeroizing;

/// The root keys of a file.
#[derive(Debug)]
pub(crate) struct Keys {
    path: PathBuf,
    sealer: RwLock<Arc<Sealer>>,
}

impl Keys {
    pub(crate) fn new(path: PathBuf, sealer: Sealer) -> Self {
        Self {
            path,
            sealer: RwLock::new(Arc::new(sealer)),
        }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// What seals under the key in use. Asked for after a transaction has begun
    /// to write, so that nothing is sealed under a key that was just retired.
    pub(crate) fn sealer(&self) -> Arc<Sealer> {
        let guard = self.sealer.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&guard)
    }

    pub(crate) fn replace(&self, keys: RootKeys) -> Arc<Sealer> {
        let sealer = Arc::new(Sealer::with_keys(keys));
        let mut guard = self.sealer.write().unwrap_or_else(PoisonError::into_inner);
        *guard = Arc::clone(&sealer);
        sealer
    }

    /// Opens a secret.
    pub(crate) fn open(
        &self,
        place: &Place<'_>,
        sealed: &Sealed,
    ) -> Result<SecretString, SealError> {
        self.opened(|sealer| sealer.open(place, sealed))
    }

    /// Opens a text.
    pub(crate) fn open_text(
        &self,
        record: &str,
        sealed: &Sealed,
    ) -> Result<Zeroizing<String>, SealError> {
        self.opened(|sealer| sealer.open_text(record, sealed))
    }

    /// What was wrapped by a key that is not known here was so by another process: the file has
    /// that key then.
    fn opened<T>(&self, open: impl Fn(&Sealer) -> Result<T, SealError>) -> Result<T, SealError> {
        match open(&self.sealer()) {
            Err(SealError::UnknownRootKey(id)) => match RootKeys::load(&self.path) {
                Ok(keys) => open(&self.replace(keys)),
                Err(_) => Err(SealError::UnknownRootKey(id)),
            },
            opened => opened,
        }
    }
}
