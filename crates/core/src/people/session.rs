//! Signed-in browsers.

use jiff::Timestamp;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::label::hides;
use super::throttle::Places;
use super::{NewToken, Origin, TokenHash, TokenKind, UserId};

/// The most characters that are kept of what a browser calls itself.
const LONGEST_BROWSER: usize = 200;

/// The identity of a session, by which it can be ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionId(pub Uuid);

/// A signed-in browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The identity, which is no secret.
    pub id: SessionId,
    /// The hash of the cookie's token.
    pub hash: TokenHash,
    /// Who signed in.
    pub user_id: UserId,
    /// From where.
    pub address: String,
    /// What the browser calls itself.
    pub browser: String,
    /// When.
    pub created_at: Timestamp,
    /// When it was last used, to the minute.
    pub seen_at: Timestamp,
    /// When it ends, whatever happens.
    pub expires_at: Timestamp,
}

/// Where somebody signs in from. No `Debug`: it holds tokens.
pub struct SignInFrom {
    /// Where the request comes from.
    pub origin: Origin,
    /// What the browser calls itself.
    pub browser: String,
    /// The mark that the browser was given at an earlier sign-in.
    pub mark: Option<Zeroizing<String>>,
    /// The token of the session that the browser had, which ends.
    pub replaces: Option<Zeroizing<String>>,
}

impl SignInFrom {
    /// Somebody without a browser, or with one that was never here.
    pub fn new(origin: Origin) -> Self {
        Self {
            origin,
            browser: String::new(),
            mark: None,
            replaces: None,
        }
    }

    /// The places of it.
    pub(crate) fn places(&self) -> Places {
        let mark = self.mark.as_ref();
        let mark = mark.and_then(|mark| TokenHash::presented(TokenKind::Browser, mark));
        Places::new(&self.origin.address, mark.as_ref())
    }

    /// The beginning of what the browser calls itself.
    pub(crate) fn browser(&self) -> String {
        let shown = self.browser.chars().filter(|c| !hides(*c));
        shown.take(LONGEST_BROWSER).collect()
    }
}

/// A session that was just begun. No `Debug`: it holds tokens.
pub struct SignedIn {
    /// The session's token.
    pub session: NewToken,
    /// A mark to know the browser by at its next sign-in, if it had none.
    pub mark: Option<NewToken>,
}
