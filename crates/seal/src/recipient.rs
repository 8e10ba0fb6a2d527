//! Sealing for somebody else: what only the holder of an RSA private key opens.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::error::Unspecified;
use aws_lc_rs::rsa::{OAEP_SHA256_MGF1SHA256, OaepPublicEncryptingKey, PublicEncryptingKey};
use secrecy::{ExposeSecret as _, SecretString};

use crate::SealError;
use crate::cipher::NONCE_LEN;
use crate::root_key::random_key;
use crate::sealer::with_room_for_tag;

/// Whoever has the private key to this public one. Secrets are sealed for it in the way that the
/// controller of Bitnami's Sealed Secrets opens (its documentation, "Technical Overview"): each
/// under a session key of its own, which is encrypted with RSA-OAEP.
#[derive(Debug)]
pub struct Recipient(OaepPublicEncryptingKey);

/// The key is none that secrets can be sealed for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "this is no RSA public key of {} to {} bits",
    Recipient::LEAST_BITS,
    Recipient::MOST_BITS
)]
pub struct NoRecipient;

impl Recipient {
    /// The fewest bits of a key.
    pub const LEAST_BITS: usize = 2048;
    /// The most bits of a key.
    pub const MOST_BITS: usize = 8192;

    /// Reads an RSA public key, written as a `SubjectPublicKeyInfo` in DER (RFC 5280).
    ///
    /// # Errors
    /// It is none, or has too few or too many bits.
    pub fn parse(public_key: &[u8]) -> Result<Self, NoRecipient> {
        let key = PublicEncryptingKey::from_der(public_key).map_err(|_| NoRecipient)?;
        let bits = key.key_size_bits();
        if !(Self::LEAST_BITS..=Self::MOST_BITS).contains(&bits) {
            return Err(NoRecipient);
        }
        OaepPublicEncryptingKey::new(key)
            .map(Self)
            .map_err(|_| NoRecipient)
    }

    /// Seals a secret for this recipient. It opens under the same `label` only.
    ///
    /// As bytes, in this order: the length of the encrypted session key (2, the higher first), the
    /// encrypted session key, the encrypted secret with its tag.
    ///
    /// # Errors
    /// [`SealError::Cipher`], and nothing else.
    pub fn seal(&self, label: &[u8], secret: &SecretString) -> Result<Vec<u8>, SealError> {
        self.sealed(label, secret).map_err(|_| SealError::Cipher)
    }

    fn sealed(&self, label: &[u8], secret: &SecretString) -> Result<Vec<u8>, Unspecified> {
        let session_key = random_key()?;
        let mut wrapped = vec![0; self.0.ciphertext_size()];
        let wrapped = self.0.encrypt(
            &OAEP_SHA256_MGF1SHA256,
            session_key.as_slice(),
            &mut wrapped,
            Some(label),
        )?;
        let length = u16::try_from(wrapped.len()).map_err(|_| Unspecified)?;

        let mut encrypted = with_room_for_tag(secret.expose_secret().as_bytes());
        let cipher = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, session_key.as_slice())?);
        // The session key encrypts this and nothing else, so that no nonce comes twice.
        let nonce = Nonce::assume_unique_for_key([0; NONCE_LEN]);
        cipher.seal_in_place_append_tag(nonce, Aad::empty(), &mut *encrypted)?;
        Ok([&length.to_be_bytes(), &*wrapped, encrypted.as_slice()].concat())
    }
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::encoding::AsDer as _;
    use aws_lc_rs::rsa::{KeySize, OaepPrivateDecryptingKey, PrivateDecryptingKey};
    use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _};

    use super::*;

    const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    /// Opens by hand, as the recipient does.
    fn opened(key: &PrivateDecryptingKey, label: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let (length, rest) = sealed.split_first_chunk::<2>()?;
        let (wrapped, encrypted) = rest.split_at_checked(u16::from_be_bytes(*length).into())?;
        let key = OaepPrivateDecryptingKey::new(key.clone()).unwrap();
        let mut session_key = vec![0; key.min_output_size()];
        let session_key = key
            .decrypt(
                &OAEP_SHA256_MGF1SHA256,
                wrapped,
                &mut session_key,
                Some(label),
            )
            .ok()?;
        assert_eq!(session_key.len(), 32);
        let cipher = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, session_key).unwrap());
        let mut plain = encrypted.to_vec();
        let nonce = Nonce::assume_unique_for_key([0; 12]);
        let plain = cipher.open_in_place(nonce, Aad::empty(), &mut plain).ok()?;
        Some(plain.to_vec())
    }

    fn public(key: &PrivateDecryptingKey) -> Vec<u8> {
        key.public_key().as_der().unwrap().as_ref().to_vec()
    }

    #[test]
    fn the_holder_of_the_private_key_opens_it_under_its_label_and_nobody_else() {
        let key = PrivateDecryptingKey::generate(KeySize::Rsa2048).unwrap();
        let other = PrivateDecryptingKey::generate(KeySize::Rsa2048).unwrap();
        let recipient = Recipient::parse(&public(&key)).unwrap();
        let sealed = recipient.seal(b"capa/prod", &SECRET.into()).unwrap();
        assert_eq!(sealed.len(), 2 + 256 + SECRET.len() + 16);
        assert_eq!(
            opened(&key, b"capa/prod", &sealed).unwrap(),
            SECRET.as_bytes()
        );
        assert_eq!(opened(&key, b"capa/other", &sealed), None);
        assert_eq!(opened(&other, b"capa/prod", &sealed), None);
        let mut altered = sealed.clone();
        *altered.last_mut().unwrap() ^= 1;
        assert_eq!(opened(&key, b"capa/prod", &altered), None);
    }

    #[test]
    fn the_same_secret_is_never_sealed_to_the_same_bytes() {
        let key = PrivateDecryptingKey::generate(KeySize::Rsa2048).unwrap();
        let recipient = Recipient::parse(&public(&key)).unwrap();
        let seal = || recipient.seal(b"capa/prod", &SECRET.into()).unwrap();
        let (one, other) = (seal(), seal());
        // After the length nothing is alike: neither the session key nor what it encrypts.
        assert_ne!(one[2..258], other[2..258]);
        assert_ne!(one[258..], other[258..]);
    }

    #[test]
    fn only_an_rsa_key_that_is_large_enough_is_a_recipient() {
        let curve = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap();
        let curve = curve.public_key().as_der().unwrap();
        for key in [&[][..], b"garbage", curve.as_ref(), SMALL] {
            assert_eq!(Recipient::parse(key).unwrap_err(), NoRecipient);
        }
    }

    /// An RSA key of 1024 bits.
    const SMALL: &[u8] = include_bytes!("../tests/rsa-1024.der");
}
