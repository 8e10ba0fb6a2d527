//! Identifiers and secrets from the caller's source of random bytes.

use std::fmt;
use std::sync::Arc;

/// Letters and digits of AWS unique identifiers (base 32).
const ID_ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// Fills a buffer with random bytes fit for secrets.
pub type RandomSource = Arc<dyn Fn(&mut [u8]) + Send + Sync>;

/// A source of random bytes.
#[derive(Clone)]
pub(crate) struct Random(RandomSource);

impl fmt::Debug for Random {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Random")
    }
}

impl Random {
    pub(crate) fn new(source: RandomSource) -> Random {
        Random(source)
    }

    /// `length` characters of `alphabet`, whose length divides 256 so that none is favoured.
    pub(crate) fn text(&self, alphabet: &[u8], length: usize) -> String {
        let mut bytes = vec![0; length];
        (self.0)(&mut bytes);
        bytes
            .iter()
            .filter_map(|byte| alphabet.iter().cycle().nth(usize::from(*byte)))
            .map(|byte| char::from(*byte))
            .collect()
    }

    /// A unique identifier: a prefix that tells the kind, then `length` characters (IAM User
    /// Guide, "IAM identifiers", "Unique identifiers").
    pub(crate) fn id(&self, prefix: &str, length: usize) -> String {
        prefix.to_owned() + &self.text(ID_ALPHABET, length)
    }

    /// Twelve digits, the first of them not zero, so that nothing on the way drops it.
    pub(crate) fn account_id(&self) -> String {
        let mut bytes = [0; 8];
        (self.0)(&mut bytes);
        let number = u64::from_le_bytes(bytes) % 900_000_000_000 + 100_000_000_000;
        number.to_string()
    }

    /// A request id in the form of a UUID.
    pub(crate) fn request_id(&self) -> String {
        let mut bytes = [0; 16];
        (self.0)(&mut bytes);
        let number = u128::from_be_bytes(bytes);
        let number = number & !(0xf << 76) | (0x4 << 76);
        let number = number & !(0x3 << 62) | (0x2 << 62);
        let (a, b, c, d, e) = (
            number >> 96,
            number >> 80 & 0xffff,
            number >> 64 & 0xffff,
            number >> 48 & 0xffff,
            number & 0xffff_ffff_ffff,
        );
        format!("{a:08x}-{b:04x}-{c:04x}-{d:04x}-{e:012x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn constant(value: u8) -> Random {
        Random::new(Arc::new(move |bytes| bytes.fill(value)))
    }

    #[test]
    fn ids_have_their_length_and_alphabet() {
        assert_eq!(constant(0).id("AKIA", 16), "AKIAAAAAAAAAAAAAAAAA");
        assert_eq!(constant(255).id("AIDA", 3), "AIDA777");
        assert_eq!(constant(33).id("", 1), "B");
    }

    #[test]
    fn account_ids_have_twelve_digits() {
        for value in [0, 1, 127, 255] {
            let id = constant(value).account_id();
            assert_eq!(id.len(), 12);
            assert!(!id.starts_with('0'));
        }
    }

    #[test]
    fn request_ids_are_version_4() {
        assert_eq!(
            constant(255).request_id(),
            "ffffffff-ffff-4fff-bfff-ffffffffffff"
        );
    }
}
