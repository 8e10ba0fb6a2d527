//! A sealed secret as bytes.

use crate::cipher::{KEY_LEN, NONCE_LEN, TAG_LEN};
use crate::root_key::{ID_LEN, RootKeyId};
use crate::sealer::SealError;

/// The first byte: which layout follows.
const VERSION: u8 = 1;
/// Bytes of an encrypted data key.
pub(crate) const WRAPPED_LEN: usize = KEY_LEN + TAG_LEN;

/// A secret that only its root key opens, and only in its own place.
///
/// As bytes, in this order: the version (1 byte), the root key's id (8), the
/// nonce of the data key (12), the wrapped data key (48), the nonce of the
/// secret (12), the encrypted secret (16 more than it has bytes).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    pub(crate) root_key: RootKeyId,
    pub(crate) wrap_nonce: [u8; NONCE_LEN],
    pub(crate) wrapped: [u8; WRAPPED_LEN],
    pub(crate) nonce: [u8; NONCE_LEN],
    pub(crate) encrypted: Vec<u8>,
}

impl Sealed {
    /// Reads a sealed secret as it was stored. Whether it opens is not known yet.
    ///
    /// # Errors
    /// The bytes are of a newer version, or too few.
    pub fn parse(bytes: &[u8]) -> Result<Self, SealError> {
        let (version, rest) = bytes.split_first().ok_or(SealError::Truncated)?;
        if *version != VERSION {
            return Err(SealError::UnknownVersion(*version));
        }
        Self::parse_body(rest).ok_or(SealError::Truncated)
    }

    fn parse_body(bytes: &[u8]) -> Option<Self> {
        let (id, rest) = bytes.split_first_chunk::<ID_LEN>()?;
        let (wrap_nonce, rest) = rest.split_first_chunk()?;
        let (wrapped, rest) = rest.split_first_chunk()?;
        let (nonce, encrypted) = rest.split_first_chunk()?;
        (encrypted.len() >= TAG_LEN).then(|| Self {
            root_key: RootKeyId::from_bytes(*id),
            wrap_nonce: *wrap_nonce,
            wrapped: *wrapped,
            nonce: *nonce,
            encrypted: encrypted.to_vec(),
        })
    }

    /// The bytes to store.
    pub fn to_bytes(&self) -> Vec<u8> {
        let parts: [&[u8]; 6] = [
            &[VERSION],
            self.root_key.as_bytes(),
            &self.wrap_nonce,
            &self.wrapped,
            &self.nonce,
            &self.encrypted,
        ];
        parts.concat()
    }

    /// The root key that opens it.
    pub fn root_key(&self) -> RootKeyId {
        self.root_key
    }
}
