//! Sign-in with OpenID Connect: the port [`IdentityProvider`] of core over HTTP.
//!
//! The authorization code flow with PKCE (OpenID Connect Core 1.0, section 3.1; RFC 7636).
//! The provider describes itself (OpenID Connect Discovery 1.0); what it says about itself
//! and its keys is kept for minutes in each process, which only saves asking again.
//!
//! [`IdentityProvider`]: commissary_core::ports::IdentityProvider

mod claims;
mod discovery;
mod exchange;
mod failures;
mod http;
mod look;
mod options;
mod provider;
mod verify;

pub use look::{Described, look};
pub use options::{Issuer, NotAnIssuer, OidcOptions};
pub use provider::OidcProvider;
