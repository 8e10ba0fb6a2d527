//! Tokens: handed over once, kept as hashes.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::ports::Random;

/// The random bytes of a token.
const RANDOM: usize = 32;
/// The characters at the end of a token that its beginning determines.
const CHECK: usize = 6;

/// What a token is for; its prefix tells people and secret scanners.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// The one-time setup link.
    Setup,
    /// The one-time link of an invitation.
    Invitation,
    /// A console session.
    Session,
    /// The mark by which a browser is known again.
    Browser,
    /// A sign-in with an identity provider that is under way.
    SignIn,
    /// The REST API.
    Api,
}

impl TokenKind {
    fn prefix(self) -> &'static str {
        match self {
            Self::Setup => "cmst_",
            Self::Invitation => "cmsi_",
            Self::Session => "cmss_",
            Self::Browser => "cmsb_",
            Self::SignIn => "cmso_",
            Self::Api => "cmsa_",
        }
    }
}

/// The SHA-256 of a token. Tokens have 256 random bits, so that a plain hash
/// cannot be turned back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenHash([u8; 32]);

impl TokenHash {
    /// The hash of a text.
    pub fn of(token: &str) -> Self {
        Self(Sha256::digest(token.as_bytes()).into())
    }

    /// The hash of a token as it was presented; none if it cannot be a token of
    /// that kind, mistyped ones included.
    pub fn presented(kind: TokenKind, token: &str) -> Option<Self> {
        let at = token.len().checked_sub(CHECK)?;
        let (body, check) = token.split_at_checked(at)?;
        let fits = body.starts_with(kind.prefix()) && check == check_of(body).as_str();
        fits.then(|| Self::of(token))
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

/// What a token ends with, so that scanners tell tokens from what looks like
/// one, without asking any server.
fn check_of(body: &str) -> Zeroizing<String> {
    let digest = URL_SAFE_NO_PAD.encode(Sha256::digest(body.as_bytes()));
    Zeroizing::new(digest.chars().take(CHECK).collect())
}

/// A token that was just made. It has no `Debug`; it is handed over once.
pub struct NewToken(Zeroizing<String>);

impl NewToken {
    /// Makes a token.
    pub fn generate(kind: TokenKind, random: &dyn Random) -> Self {
        let mut bytes = Zeroizing::new([0_u8; RANDOM]);
        random.fill(bytes.as_mut());
        let encoded = Zeroizing::new(URL_SAFE_NO_PAD.encode(bytes.as_ref()));
        let body = Zeroizing::new(format!("{}{}", kind.prefix(), *encoded));
        let check = check_of(&body);
        Self(Zeroizing::new(format!("{}{}", *body, *check)))
    }

    /// What is kept of it.
    pub fn hash(&self) -> TokenHash {
        TokenHash::of(&self.0)
    }

    /// The token, for who makes something of it before it is handed over.
    pub(crate) fn shown(&self) -> Zeroizing<String> {
        self.0.clone()
    }

    /// The token itself, for its owner.
    pub fn hand_over(self) -> Zeroizing<String> {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed;
    impl Random for Fixed {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(7);
        }
    }

    #[test]
    fn a_token_is_known_by_its_kind_and_its_end() {
        let made = NewToken::generate(TokenKind::Api, &Fixed);
        let hash = made.hash();
        let token = made.hand_over();
        assert!(token.starts_with("cmsa_") && token.len() == 5 + 43 + 6);
        assert_eq!(TokenHash::presented(TokenKind::Api, &token), Some(hash));
        assert_eq!(TokenHash::presented(TokenKind::Session, &token), None);
        let cut = token.get(..50).unwrap();
        let mistyped = token.replacen('B', "C", 1);
        for wrong in [mistyped.as_str(), "", "cmsa_", "é", cut] {
            assert_eq!(TokenHash::presented(TokenKind::Api, wrong), None, "{wrong}");
        }
    }
}
