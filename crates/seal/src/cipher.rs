//! AES-256-GCM, as this crate uses it.

use aws_lc_rs::aead::{AES_256_GCM, Aad, Nonce, RandomizedNonceKey};
use aws_lc_rs::error::Unspecified;

/// Bytes of a key.
pub(crate) const KEY_LEN: usize = 32;
/// Bytes of a nonce.
pub(crate) const NONCE_LEN: usize = 12;
/// Bytes that encryption adds: the authentication tag.
pub(crate) const TAG_LEN: usize = 16;

/// A key that is ready for use. The library wipes its memory when it is dropped.
///
/// Nonces are 96 random bits of the library's own generator, so that one key
/// may encrypt 2^32 times (NIST SP 800-38D, section 8.3): a data key is used
/// once, a root key once per secret that is saved.
pub(crate) struct Cipher(RandomizedNonceKey);

impl Cipher {
    pub(crate) fn new(key: &[u8; KEY_LEN]) -> Result<Self, Unspecified> {
        RandomizedNonceKey::new(&AES_256_GCM, key).map(Self)
    }

    /// Encrypts `buffer` where it lies and appends the tag. The buffer should
    /// have room for it: growing would leave a copy of the plain text behind.
    pub(crate) fn encrypt(
        &self,
        bound: &[u8],
        buffer: &mut Vec<u8>,
    ) -> Result<[u8; NONCE_LEN], Unspecified> {
        let nonce = self.0.seal_in_place_append_tag(Aad::from(bound), buffer)?;
        Ok(*nonce.as_ref())
    }

    /// Decrypts `buffer` where it lies, if neither it nor `bound` was altered.
    pub(crate) fn decrypt<'a>(
        &self,
        nonce: [u8; NONCE_LEN],
        bound: &[u8],
        buffer: &'a mut [u8],
    ) -> Result<&'a [u8], Unspecified> {
        let nonce = Nonce::assume_unique_for_key(nonce);
        let plain = self.0.open_in_place(nonce, Aad::from(bound), buffer)?;
        Ok(plain)
    }
}
