//! A look at a provider, for who checks a deployment.

use commissary_core::ports::IdentityError;

use crate::discovery;
use crate::failures;
use crate::http::Http;
use crate::options::Issuer;

/// What was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Described {
    /// How many keys it signs with, or may.
    pub keys: usize,
}

/// Asks a provider to describe itself.
///
/// # Errors
/// It cannot be asked, or is another one.
pub async fn look(issuer: &Issuer) -> Result<Described, IdentityError> {
    let http = Http::new(issuer).map_err(|error| failures::unavailable(issuer, error))?;
    let description = discovery::ask(issuer, &http).await?;
    let keys = description.jwks().keys().len();
    Ok(Described { keys })
}
