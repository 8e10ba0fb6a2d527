//! Sealing and opening.

use secrecy::{ExposeSecret as _, SecretString};
use zeroize::Zeroizing;

use crate::cipher::{Cipher, KEY_LEN, NONCE_LEN, TAG_LEN};
use crate::place::Place;
use crate::root_key::{RootKey, RootKeyId, random_key};
use crate::root_keys::RootKeys;
use crate::sealed::{Sealed, WRAPPED_LEN};

/// Why a secret was not sealed or does not open.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The bytes are of a layout that this version does not know.
    #[error("it was sealed by a newer version (layout {0}); upgrade to open it")]
    UnknownVersion(u8),
    /// The bytes are too few for a sealed secret.
    #[error("it is cut off; restore it from a backup, or enter the secret again")]
    Truncated,
    /// The root key that it was sealed under is not at hand.
    #[error("it was sealed under the root key `{0}`, which is not loaded; restore that root key")]
    UnknownRootKey(RootKeyId),
    /// The bytes were altered, or belong to another place.
    #[error(
        "it was altered, or it belongs to another record; restore it from a backup, or enter the secret again"
    )]
    Altered,
    /// Nothing could be encrypted.
    #[error("the cipher or its random number generator failed; try again")]
    Cipher,
}

/// Seals secrets under one root key, and opens those of that key and of older ones.
#[derive(Debug)]
pub struct Sealer {
    current: RootKey,
    older: Vec<RootKey>,
}

impl Sealer {
    /// Seals under `current`.
    pub fn new(current: RootKey) -> Self {
        Self {
            current,
            older: Vec::new(),
        }
    }

    /// Opens what was sealed under `key`, too.
    #[must_use]
    pub fn with_older(mut self, key: RootKey) -> Self {
        self.older.push(key);
        self
    }

    /// Seals under the key in use, and opens what was sealed under any of them.
    pub fn with_keys(keys: RootKeys) -> Self {
        let sealer = Self::new(keys.current);
        keys.older.into_iter().fold(sealer, Self::with_older)
    }

    /// The root key that new secrets are sealed under.
    pub fn root_key(&self) -> RootKeyId {
        self.current.id()
    }

    /// Seals a secret for its place, under a data key of its own.
    ///
    /// # Errors
    /// [`SealError::Cipher`], and nothing else.
    pub fn seal(&self, place: &Place<'_>, secret: &SecretString) -> Result<Sealed, SealError> {
        let data_key = random_key().map_err(|_| SealError::Cipher)?;
        let bound = place.bound_to_secret();
        let plain = secret.expose_secret().as_bytes();
        let mut encrypted = with_room_for_tag(plain);
        let nonce = Cipher::new(&data_key)
            .and_then(|cipher| cipher.encrypt(&bound, &mut encrypted))
            .map_err(|_| SealError::Cipher)?;
        let root_key = self.current.id();
        let mut wrapped = with_room_for_tag(data_key.as_slice());
        let wrap_nonce = self.wrap(place, &mut wrapped)?;
        Ok(Sealed {
            root_key,
            wrap_nonce,
            wrapped: *wrapped.first_chunk().ok_or(SealError::Cipher)?,
            nonce,
            encrypted: std::mem::take(&mut *encrypted),
        })
    }

    /// Opens a secret in its place.
    ///
    /// # Errors
    /// It is sealed under a root key that is not at hand, or it was altered or
    /// moved.
    pub fn open(&self, place: &Place<'_>, sealed: &Sealed) -> Result<SecretString, SealError> {
        let root_key = self
            .root_key_of(sealed.root_key)
            .ok_or(SealError::UnknownRootKey(sealed.root_key))?;
        let cipher = unwrapped(root_key, place, sealed)?;
        let mut buffer = Zeroizing::new(sealed.encrypted.clone());
        let plain = cipher
            .decrypt(sealed.nonce, &place.bound_to_secret(), &mut buffer)
            .map_err(|_| SealError::Altered)?;
        let text = std::str::from_utf8(plain).map_err(|_| SealError::Altered)?;
        Ok(SecretString::from(text))
    }

    /// Wraps the data key of a secret by the key in use; the secret itself is not
    /// opened. None where it is wrapped by that key already.
    ///
    /// # Errors
    /// It is sealed under a root key that is not at hand, or it was altered or
    /// moved.
    pub fn rewrap(&self, place: &Place<'_>, sealed: &Sealed) -> Result<Option<Sealed>, SealError> {
        if sealed.root_key == self.current.id() {
            return Ok(None);
        }
        let old = self
            .root_key_of(sealed.root_key)
            .ok_or(SealError::UnknownRootKey(sealed.root_key))?;
        let mut wrapped = data_key_of(old, place, sealed)?;
        let wrap_nonce = self.wrap(place, &mut wrapped)?;
        Ok(Some(Sealed {
            root_key: self.current.id(),
            wrap_nonce,
            wrapped: *wrapped.first_chunk().ok_or(SealError::Cipher)?,
            nonce: sealed.nonce,
            encrypted: sealed.encrypted.clone(),
        }))
    }

    /// Wraps a data key by the key in use, where it lies.
    fn wrap(
        &self,
        place: &Place<'_>,
        data_key: &mut Vec<u8>,
    ) -> Result<[u8; NONCE_LEN], SealError> {
        let bound = place.bound_to_data_key(self.current.id());
        let cipher = self.current.cipher();
        cipher
            .encrypt(&bound, data_key)
            .map_err(|_| SealError::Cipher)
    }

    fn root_key_of(&self, id: RootKeyId) -> Option<&RootKey> {
        std::iter::once(&self.current)
            .chain(&self.older)
            .find(|key| key.id() == id)
    }
}

/// The secret's own cipher, from its wrapped data key.
fn unwrapped(root_key: &RootKey, place: &Place<'_>, sealed: &Sealed) -> Result<Cipher, SealError> {
    let data_key = data_key_of(root_key, place, sealed)?;
    let data_key: &[u8; KEY_LEN] = data_key.first_chunk().ok_or(SealError::Altered)?;
    Cipher::new(data_key).map_err(|_| SealError::Cipher)
}

/// The data key of a secret, with room to be wrapped again.
fn data_key_of(
    root_key: &RootKey,
    place: &Place<'_>,
    sealed: &Sealed,
) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let mut buffer: Zeroizing<[u8; WRAPPED_LEN]> = Zeroizing::new(sealed.wrapped);
    let bound = place.bound_to_data_key(root_key.id());
    let data_key = root_key
        .cipher()
        .decrypt(sealed.wrap_nonce, &bound, buffer.as_mut_slice())
        .map_err(|_| SealError::Altered)?;
    Ok(with_room_for_tag(data_key))
}

/// Wiped if encryption fails half way: it holds the plain text until then.
pub(crate) fn with_room_for_tag(plain: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut buffer = Vec::with_capacity(plain.len() + TAG_LEN);
    buffer.extend_from_slice(plain);
    Zeroizing::new(buffer)
}
