//! The key that wraps the data keys.

use std::fmt;

use aws_lc_rs::error::Unspecified;
use aws_lc_rs::{hmac, rand};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use crate::cipher::{Cipher, KEY_LEN};

/// What a root key file begins with; people and secret scanners recognise it.
pub(crate) const PREFIX: &str = "commissary-root-key:v1:";
/// What the files of any version begin with.
pub(crate) const ANY_PREFIX: &str = "commissary-root-key:";
/// Bytes of a root key's id.
pub(crate) const ID_LEN: usize = 8;
/// Characters of a root key in base64.
const ENCODED_LEN: usize = KEY_LEN.div_ceil(3) * 4;

/// The public fingerprint of a root key: it tells keys apart, and tells nothing
/// about the key. Shown as sixteen hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RootKeyId([u8; ID_LEN]);

impl RootKeyId {
    /// The id of these bytes, as a sealed secret carries it.
    pub fn from_bytes(bytes: [u8; ID_LEN]) -> Self {
        Self(bytes)
    }

    /// The id as bytes.
    pub fn as_bytes(&self) -> &[u8; ID_LEN] {
        &self.0
    }
}

impl fmt::Display for RootKeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// A key that wraps data keys. Its bytes are wiped when it is dropped; its
/// `Debug` shows the id only.
pub struct RootKey {
    id: RootKeyId,
    cipher: Cipher,
}

impl RootKey {
    /// The key's public fingerprint.
    pub fn id(&self) -> RootKeyId {
        self.id
    }

    pub(crate) fn cipher(&self) -> &Cipher {
        &self.cipher
    }

    /// A new key and the line that its file holds.
    pub(crate) fn generate() -> Result<(Self, Zeroizing<String>), Unspecified> {
        let bytes = random_key()?;
        // Room for the whole line: growing would leave a copy behind.
        let room = PREFIX.len() + ENCODED_LEN + 1;
        let mut line = Zeroizing::new(String::with_capacity(room));
        line.push_str(PREFIX);
        STANDARD.encode_string(bytes.as_ref(), &mut line);
        line.push('\n');
        Ok((Self::from_bytes(&bytes)?, line))
    }

    /// The key that follows the prefix in a file; none if it is not one.
    pub(crate) fn decode(encoded: &str) -> Option<Self> {
        // The decoder wants room for what the text could hold at most.
        let mut buffer = Zeroizing::new([0_u8; KEY_LEN + 3]);
        let written = STANDARD.decode_slice(encoded, buffer.as_mut_slice()).ok()?;
        if written != KEY_LEN {
            return None;
        }
        Self::from_bytes(buffer.first_chunk()?).ok()
    }

    fn from_bytes(bytes: &[u8; KEY_LEN]) -> Result<Self, Unspecified> {
        let tag = hmac::sign(
            &hmac::Key::new(hmac::HMAC_SHA256, bytes),
            b"commissary root key id v1",
        );
        let id = tag.as_ref().first_chunk().copied().ok_or(Unspecified)?;
        Ok(Self {
            id: RootKeyId(id),
            cipher: Cipher::new(bytes)?,
        })
    }
}

impl fmt::Debug for RootKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RootKey({})", self.id)
    }
}

/// A fresh key from the library's own generator.
pub(crate) fn random_key() -> Result<Zeroizing<[u8; KEY_LEN]>, Unspecified> {
    let mut bytes = Zeroizing::new([0_u8; KEY_LEN]);
    rand::fill(bytes.as_mut_slice())?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_comes_back_from_its_line_with_the_same_id() {
        let (key, line) = RootKey::generate().unwrap();
        let encoded = line.strip_prefix(PREFIX).unwrap().trim_end();
        assert_eq!(encoded.len(), ENCODED_LEN);
        assert_eq!(RootKey::decode(encoded).unwrap().id(), key.id());
        let (other, _) = RootKey::generate().unwrap();
        assert_ne!(other.id(), key.id());
    }

    #[test]
    fn ids_do_not_change_between_versions() {
        let key = RootKey::from_bytes(&[7; KEY_LEN]).unwrap();
        assert_eq!(key.id().to_string(), "644b9abf8f66120a");
        assert_eq!(format!("{key:?}"), format!("RootKey({})", key.id()));
    }

    #[test]
    fn what_is_no_key_is_none() {
        for text in [
            "",
            "AAAA",
            &"A".repeat(43),
            &"A".repeat(44),
            &"A".repeat(48),
            "é",
        ] {
            assert!(RootKey::decode(text).is_none(), "{text}");
        }
    }
}
