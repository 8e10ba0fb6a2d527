//! Passwords: taken in, hashed with argon2id, never kept.

use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _, phc};
use argon2::{Argon2, Params};
use zeroize::Zeroizing;

use crate::error::FieldError;
use crate::ports::Random;

/// The fewest characters of a password (NIST SP 800-63B asks for 15 where it is
/// the only factor, and for no rules about which characters).
pub const MIN_PASSWORD: usize = 15;
/// The most bytes: enough for any pass phrase, too few to keep a server busy.
pub const MAX_PASSWORD: usize = 1024;
/// Hashed in place of a password where there is no such user, so that the time
/// taken does not tell whether there is.
const DECOY_SALT: &[u8; 16] = b"no such user...!";

/// A password as typed; no `Debug`, no `Serialize`.
pub struct PasswordInput(Zeroizing<String>);

impl PasswordInput {
    /// Takes what was typed.
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// Hashes a new password with argon2id at its recommended cost (RFC 9106).
    ///
    /// # Errors
    /// A fault of the field `password`: too short or too long.
    pub fn into_hash(self, random: &dyn Random) -> Result<PasswordHash, FieldError> {
        if self.0.chars().count() < MIN_PASSWORD {
            let message = format!(
                "choose a password of at least {MIN_PASSWORD} characters; a few words make a good one"
            );
            return Err(FieldError::new("password", message));
        }
        if self.0.len() > MAX_PASSWORD {
            let message = format!("choose a password of at most {MAX_PASSWORD} bytes");
            return Err(FieldError::new("password", message));
        }
        let mut salt = [0_u8; 16];
        random.fill(&mut salt);
        self.hashed(&salt).ok_or_else(|| {
            FieldError::new("password", "this password cannot be used; choose another")
        })
    }

    fn hashed(&self, salt: &[u8]) -> Option<PasswordHash> {
        let hash: phc::PasswordHash = Argon2::default()
            .hash_password_with_salt(self.0.as_bytes(), salt)
            .ok()?;
        Some(PasswordHash(hash.to_string()))
    }

    /// Whether this is the password that was hashed. Without a hash the answer
    /// is no, after the same work.
    pub fn matches(&self, hash: Option<&PasswordHash>) -> bool {
        if self.0.len() > MAX_PASSWORD {
            return false;
        }
        match hash {
            Some(hash) => Argon2::default()
                .verify_password(self.0.as_bytes(), hash.as_str())
                .is_ok(),
            None => {
                // The result is of no use; the work is.
                let _ = self.hashed(DECOY_SALT);
                false
            }
        }
    }
}

/// A password's hash in PHC form (`$argon2id$v=19$…`).
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// A hash as it was stored.
    pub fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// The text to store.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}

const _: () = assert!(
    Params::DEFAULT_M_COST >= 19 * 1024,
    "OWASP's least memory for argon2id"
);

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed;
    impl Random for Fixed {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(7);
        }
    }

    fn password(text: &str) -> PasswordInput {
        PasswordInput::new(text.to_owned())
    }

    #[test]
    fn only_the_same_password_matches() {
        let hash = password("correct horse battery").into_hash(&Fixed).unwrap();
        assert!(hash.as_str().starts_with("$argon2id$"));
        assert!(password("correct horse battery").matches(Some(&hash)));
        assert!(!password("correct horse batterz").matches(Some(&hash)));
        assert!(!password("correct horse battery").matches(None));
    }

    #[test]
    fn short_and_endless_passwords_are_refused() {
        for text in ["", "fourteen chars", &"x".repeat(2000)] {
            assert_eq!(
                password(text).into_hash(&Fixed).unwrap_err().field,
                "password"
            );
        }
    }
}
