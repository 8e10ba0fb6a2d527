//! Tokens: handed over once, kept as hashes.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::UserId;
use crate::ports::Random;

/// What a token is for; its prefix tells people and secret scanners.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// The one-time setup link.
    Setup,
    /// A console session.
    Session,
    /// The REST API.
    Api,
}

impl TokenKind {
    fn prefix(self) -> &'static str {
        match self {
            Self::Setup => "cmst_",
            Self::Session => "cmss_",
            Self::Api => "cmsa_",
        }
    }
}

/// The SHA-256 of a token. Tokens have 256 random bits, so that a plain hash
/// cannot be turned back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenHash([u8; 32]);

impl TokenHash {
    /// The hash of a token as it was presented.
    pub fn of(token: &str) -> Self {
        Self(Sha256::digest(token.as_bytes()).into())
    }

    /// A hash as it was stored; none if it is not one.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// The bytes to store.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// A token that was just made. It has no `Debug`; it is handed over once.
pub struct NewToken(Zeroizing<String>);

impl NewToken {
    /// Makes a token.
    pub fn generate(kind: TokenKind, random: &dyn Random) -> Self {
        let mut bytes = Zeroizing::new([0_u8; 32]);
        random.fill(bytes.as_mut());
        let encoded = Zeroizing::new(URL_SAFE_NO_PAD.encode(bytes.as_ref()));
        Self(Zeroizing::new(format!("{}{}", kind.prefix(), *encoded)))
    }

    /// What is kept of it.
    pub fn hash(&self) -> TokenHash {
        TokenHash::of(&self.0)
    }

    /// The token itself, for its owner.
    pub fn hand_over(self) -> Zeroizing<String> {
        self.0
    }
}

/// A signed-in browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The hash of the cookie's token.
    pub hash: TokenHash,
    /// Who signed in.
    pub user_id: UserId,
    /// When.
    pub created_at: Timestamp,
    /// When it ends, whatever happens.
    pub expires_at: Timestamp,
}

/// A token for the REST API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiToken {
    /// The hash of the token.
    pub hash: TokenHash,
    /// What it is called; unique.
    pub name: String,
    /// When it was made.
    pub created_at: Timestamp,
}
