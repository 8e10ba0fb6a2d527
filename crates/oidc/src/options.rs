//! What the provider is, and what this server is to it.

use std::path::PathBuf;
use std::str::FromStr;

use openidconnect::IssuerUrl;

/// The address that a provider is known by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issuer(IssuerUrl);

/// A text that cannot be a provider's address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAnIssuer {
    /// It is no address at all.
    #[error(
        "`{0}` is no address; write the issuer as the provider does, for example https://sso.example.com/realms/main"
    )]
    NoAddress(String),
    /// Whoever is on the way could say who people are.
    #[error(
        "`{0}` is reached in clear text, and whoever is on the way could sign in as anybody; use its https:// address (http:// is taken for this machine only)"
    )]
    ClearText(String),
    /// An issuer has no such parts.
    #[error("`{0}` has a query, a fragment or a user in it, which an issuer never has")]
    Parts(String),
}

impl FromStr for Issuer {
    type Err = NotAnIssuer;

    fn from_str(text: &str) -> Result<Self, NotAnIssuer> {
        let issuer =
            IssuerUrl::new(text.to_owned()).map_err(|_| NotAnIssuer::NoAddress(text.to_owned()))?;
        let url = issuer.url();
        if !url.has_host() || !matches!(url.scheme(), "http" | "https") {
            return Err(NotAnIssuer::NoAddress(text.to_owned()));
        }
        if url.scheme() == "http" && !is_this_machine(&issuer) {
            return Err(NotAnIssuer::ClearText(text.to_owned()));
        }
        let plain = url.username().is_empty() && url.password().is_none();
        if !plain || url.query().is_some() || url.fragment().is_some() {
            return Err(NotAnIssuer::Parts(text.to_owned()));
        }
        Ok(Self(issuer))
    }
}

impl Issuer {
    /// The address, to the letter as it was given: that is how the provider writes it.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The host, which is what people know a provider by.
    pub fn host(&self) -> String {
        let host = self.0.url().host_str().map(str::to_owned);
        host.unwrap_or_default()
    }

    pub(crate) fn url(&self) -> &IssuerUrl {
        &self.0
    }

    /// Whether everything that belongs to it must be reached over TLS.
    pub(crate) fn is_tls(&self) -> bool {
        self.0.url().scheme() == "https"
    }
}

fn is_this_machine(issuer: &IssuerUrl) -> bool {
    use openidconnect::url::Host;
    match issuer.url().host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// What the provider is, and what this server is to it.
#[derive(Debug, Clone)]
pub struct OidcOptions {
    /// The provider.
    pub issuer: Issuer,
    /// What people call it.
    pub name: String,
    /// How the provider knows this server.
    pub client_id: String,
    /// The file of the secret that proves it; read at each sign-in, so that it can be
    /// replaced. None for a public client.
    pub client_secret_file: Option<PathBuf>,
    /// Where browsers come back to.
    pub redirect_url: String,
    /// What is asked for, beside `openid`.
    pub scopes: Vec<String>,
    /// The claim that names a person's groups.
    pub groups_claim: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_issuer_is_kept_to_the_letter() {
        for text in [
            "https://sso.example.com",
            "https://sso.example.com/",
            "https://login.example.com/tenant/v2.0",
            "http://127.0.0.1:4000",
            "http://localhost:4000/realms/main",
        ] {
            assert_eq!(text.parse::<Issuer>().unwrap().as_str(), text);
        }
    }

    #[test]
    fn what_cannot_be_believed_is_no_issuer() {
        for (text, told) in [
            ("sso.example.com", "no address"),
            ("mailto:somebody@example.com", "no address"),
            ("http://sso.example.com", "clear text"),
            ("https://user:word@sso.example.com", "a user"),
            ("https://sso.example.com/?tenant=a", "a query"),
        ] {
            let error = text.parse::<Issuer>().unwrap_err().to_string();
            assert!(error.contains(told), "{text}: {error}");
        }
    }
}
