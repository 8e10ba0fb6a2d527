//! The cookies that tell who is there, and what they are called.
//!
//! Over TLS their names begin with `__Host-`: a browser takes such a cookie only
//! from this host itself, over TLS and for the whole of it (RFC 6265bis, "Cookie
//! Name Prefixes"), so that no other host of the domain and nobody on the way can
//! plant one. In clear text they have plain names, since not every browser takes
//! the prefix there: Chromium does from a loopback address and Safari from none.
//! A server that is reached in clear text listens on loopback, or was told
//! otherwise by whoever started it. Each transport knows its own name only.

use axum::http::{Extensions, HeaderMap, HeaderValue};
use commissary_core::people::SignedIn;

use super::cookie::{SameSite, cookie, set_for};
use crate::problem::Problem;

/// How a request reached the server, or the proxy in front that is trusted to say
/// so. Whatever accepts connections puts it into the request's extensions; a
/// request without one came in clear text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Transport {
    /// Encrypted: nobody on the way reads or changes it.
    Tls,
    /// In clear text.
    #[default]
    Clear,
}

impl Transport {
    pub(crate) fn of(extensions: &Extensions) -> Self {
        extensions.get().copied().unwrap_or_default()
    }
}

/// One of the cookies.
#[derive(Debug)]
pub(crate) struct Cookie {
    clear: &'static str,
    tls: &'static str,
    /// How many seconds it lasts; none for as long as the browser runs.
    life: Option<u32>,
    same_site: SameSite,
}

/// Carries the session's token.
pub(crate) const SESSION: Cookie = Cookie {
    clear: "commissary-session",
    tls: "__Host-commissary-session",
    life: None,
    same_site: SameSite::Strict,
};

/// Carries the mark by which a browser is known again at its next sign-in.
pub(crate) const BROWSER: Cookie = Cookie {
    clear: "commissary-browser",
    tls: "__Host-commissary-browser",
    life: Some(90 * 24 * 60 * 60),
    same_site: SameSite::Strict,
};

/// Carries what a sign-in with the identity provider is ended with. The browser comes back
/// from another site, and must bring it along.
pub(crate) const SIGN_IN: Cookie = Cookie {
    clear: "commissary-sign-in",
    tls: "__Host-commissary-sign-in",
    life: Some(10 * 60),
    same_site: SameSite::Lax,
};

impl Cookie {
    fn name(&self, transport: Transport) -> &'static str {
        match transport {
            Transport::Tls => self.tls,
            Transport::Clear => self.clear,
        }
    }

    /// Its value in a request.
    pub(crate) fn of<'a>(&self, headers: &'a HeaderMap, transport: Transport) -> Option<&'a str> {
        cookie(headers, self.name(transport))
    }

    /// Whether a request has it, by whichever name.
    pub(crate) fn is_in(&self, headers: &HeaderMap) -> bool {
        [self.clear, self.tls]
            .iter()
            .any(|name| cookie(headers, name).is_some())
    }

    /// A `Set-Cookie` value that sets it.
    pub(crate) fn set(&self, value: &str, transport: Transport) -> Result<HeaderValue, Problem> {
        let tls = transport == Transport::Tls;
        set_for(self.name(transport), value, self.same_site, self.life, tls)
    }

    /// A `Set-Cookie` value that removes it.
    pub(crate) fn cleared(&self, transport: Transport) -> Result<HeaderValue, Problem> {
        let tls = transport == Transport::Tls;
        set_for(self.name(transport), "", self.same_site, Some(0), tls)
    }
}

/// The `Set-Cookie` values of a browser that was just signed in.
pub(crate) fn signed_in(
    begun: SignedIn,
    transport: Transport,
) -> Result<Vec<HeaderValue>, Problem> {
    let mut lines = vec![SESSION.set(&begun.session.hand_over(), transport)?];
    if let Some(mark) = begun.mark {
        lines.push(BROWSER.set(&mark.hand_over(), transport)?);
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_transport_knows_its_own_name_only() {
        let mut headers = HeaderMap::new();
        let plain = HeaderValue::from_static("commissary-session=planted");
        headers.insert("cookie", plain);
        assert_eq!(SESSION.of(&headers, Transport::Tls), None);
        assert_eq!(SESSION.of(&headers, Transport::Clear), Some("planted"));
        assert!(SESSION.is_in(&headers));
        let line = SESSION.set("t", Transport::Tls).unwrap();
        assert_eq!(
            line.to_str().unwrap(),
            "__Host-commissary-session=t; HttpOnly; SameSite=Strict; Path=/; Secure"
        );
        let gone = SESSION.cleared(Transport::Clear).unwrap();
        assert_eq!(
            gone.to_str().unwrap(),
            "commissary-session=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0"
        );
    }
}
