//! People whom an identity provider knows, and sign-ins with it that are under way.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::{NewToken, Role, TokenHash};
use crate::domain::WorkspaceId;

/// How an identity provider knows a user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elsewhere {
    /// The provider.
    pub issuer: String,
    /// What the groups gave at the last sign-in.
    pub rights: GroupRights,
    /// Until when, unless the user signs in again.
    pub until: Timestamp,
}

/// Rights that come from the groups of an identity provider, beside those given by hand.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GroupRights {
    /// Whether they make a global administrator.
    pub administrator: bool,
    /// The roles in single workspaces.
    pub roles: BTreeMap<WorkspaceId, Role>,
}

impl GroupRights {
    /// Whether they give nothing.
    pub fn is_nothing(&self) -> bool {
        !self.administrator && self.roles.is_empty()
    }
}

/// A sign-in that was begun here and goes on at the provider. What it takes to end it
/// lies in the browser: here is only what tells that browser from another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInUnderWay {
    /// The hash of the state that comes back with the browser.
    pub state: TokenHash,
    /// The hash of the browser's cookie.
    pub browser: TokenHash,
    /// Where the person wanted to go.
    pub next: String,
    /// The session that the browser had, which ends with the sign-in.
    pub replaces: Option<TokenHash>,
    /// When it is too late.
    pub expires_at: Timestamp,
}

/// What a browser is sent to the provider with, and what is shown there afterwards. No
/// `Debug`: it holds secrets.
pub struct Challenge {
    /// What comes back with the browser.
    pub state: Zeroizing<String>,
    /// What the provider binds the identity to (OpenID Connect Core 1.0, "nonce").
    pub nonce: Zeroizing<String>,
    /// What proves that the code is traded by who asked for it (RFC 7636, "code verifier").
    pub verifier: Zeroizing<String>,
}

impl Challenge {
    /// The challenge of a browser. Its secrets come from the browser's cookie, so that
    /// none is kept here and no other browser can end the sign-in.
    pub(crate) fn of(state: &str, browser: &str) -> Self {
        let derived = |purpose: &str| {
            let mut hash = Sha256::new();
            hash.update(purpose.as_bytes());
            hash.update([0]);
            hash.update(browser.as_bytes());
            Zeroizing::new(URL_SAFE_NO_PAD.encode(hash.finalize()))
        };
        Self {
            state: Zeroizing::new(state.to_owned()),
            nonce: derived("nonce"),
            verifier: derived("code verifier"),
        }
    }
}

/// Where a browser is sent to sign in. No `Debug`: it holds a token.
pub struct SentAway {
    /// The address at the provider.
    pub address: String,
    /// What the browser must come back with.
    pub browser: NewToken,
}

/// What a browser comes back with from the provider. No `Debug`: it holds secrets.
pub struct CameBack {
    /// The state that it was sent away with.
    pub state: Zeroizing<String>,
    /// Its cookie.
    pub browser: Zeroizing<String>,
    /// The provider that it says to come from, if it says so (RFC 9207).
    pub issuer: Option<String>,
    /// How it went there.
    pub answer: ProviderAnswer,
}

/// What the provider lets a browser say. No `Debug`: it holds a secret.
pub enum ProviderAnswer {
    /// The code that is traded for an identity.
    Code(Zeroizing<String>),
    /// It went wrong.
    Error {
        /// The provider's word for it.
        code: String,
        /// More words, if there are any.
        description: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_challenge_is_the_browsers_own() {
        let one = Challenge::of("state", "cookie");
        let other = Challenge::of("state", "another cookie");
        assert_eq!(*one.nonce, *Challenge::of("x", "cookie").nonce);
        assert_ne!(*one.nonce, *other.nonce);
        assert_ne!(*one.verifier, *other.verifier);
        assert_ne!(*one.nonce, *one.verifier);
        // RFC 7636, section 4.1: 43 to 128 unreserved characters.
        assert_eq!(one.verifier.len(), 43);
    }
}
