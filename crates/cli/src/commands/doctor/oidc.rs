//! The identity provider.

use commissary_core::ports::IdentityError;
use commissary_oidc::{Issuer, look as ask};

use super::Finding;

const CHECK: &str = "identity provider";

/// Asks the provider to describe itself, if there is one.
pub(super) async fn look(issuer: Option<Issuer>) -> Option<Finding> {
    let issuer = issuer?;
    let shown = issuer.as_str();
    Some(match ask(&issuer).await {
        Ok(described) if described.keys == 0 => Finding::broken(
            CHECK,
            format!("`{shown}` tells no key that its identities are signed with"),
            "see that it signs with RS256, ES256 or another kind of public key",
        ),
        Ok(described) => Finding::ok(
            CHECK,
            format!("`{shown}` describes itself, with keys: {}", described.keys),
        ),
        Err(IdentityError::Mistaken { why, .. }) => Finding::broken(
            CHECK,
            format!("what answers at `{shown}` is not that provider: {why}"),
            "give --oidc-issuer to the letter as the provider calls itself",
        ),
        Err(IdentityError::Unavailable { why, .. }) => Finding::broken(
            CHECK,
            format!("`{shown}` cannot be asked: {why}"),
            "let this machine reach it; until then people sign in with passwords only",
        ),
        Err(error) => Finding::broken(CHECK, error.to_string(), "mend it at the provider"),
    })
}
