//! What went wrong, in the words of core. What a provider says is shortened and made plain
//! before anybody sees it.

use commissary_core::ports::IdentityError;
use openidconnect::core::CoreErrorResponseType;
use openidconnect::{
    ClaimsVerificationError, DiscoveryError, RequestTokenError, StandardErrorResponse,
    UserInfoError,
};

use crate::http::HttpError;
use crate::options::Issuer;

/// The most characters of a provider's word.
const LONGEST: usize = 100;

/// The error of a question about who somebody is.
pub(crate) type ExchangeError =
    RequestTokenError<HttpError, StandardErrorResponse<CoreErrorResponseType>>;

pub(crate) fn plain(text: &str) -> String {
    let shown = text.chars().filter(|c| !c.is_control() && *c != '`');
    shown.take(LONGEST).collect()
}

pub(crate) fn unavailable(issuer: &Issuer, why: impl std::fmt::Display) -> IdentityError {
    IdentityError::Unavailable {
        issuer: issuer.as_str().to_owned(),
        why: why.to_string(),
    }
}

pub(crate) fn of_discovery(issuer: &Issuer, error: DiscoveryError<HttpError>) -> IdentityError {
    let mistaken = |why: String| IdentityError::Mistaken {
        issuer: issuer.as_str().to_owned(),
        why,
    };
    match error {
        DiscoveryError::Request(error) => unavailable(issuer, error),
        DiscoveryError::Response(status, ..) if status.is_server_error() => {
            unavailable(issuer, format_args!("it answers {status}"))
        }
        DiscoveryError::Response(status, ..) => mistaken(format!(
            "it does not describe itself or its keys there as OpenID Connect Discovery asks, but answers {status}"
        )),
        DiscoveryError::Validation(said) => mistaken(format!(
            "it calls itself by another name, so write the issuer to the letter as it does: {}",
            said.replace('`', "").chars().take(300).collect::<String>()
        )),
        _ => mistaken("its description of itself cannot be read".to_owned()),
    }
}

pub(crate) fn of_exchange(issuer: &Issuer, error: ExchangeError) -> IdentityError {
    match error {
        RequestTokenError::ServerResponse(said) => IdentityError::Refused {
            code: plain(said.error().as_ref()),
        },
        RequestTokenError::Request(error) => unavailable(issuer, error),
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => {
            unavailable(issuer, "its answer about the sign-in cannot be read")
        }
    }
}

pub(crate) fn of_user_info(issuer: &Issuer, error: &UserInfoError<HttpError>) -> IdentityError {
    match error {
        UserInfoError::Request(error) => unavailable(issuer, error),
        UserInfoError::ClaimsVerification(_) => {
            IdentityError::Untrusted("it speaks of somebody else".to_owned())
        }
        _ => unavailable(issuer, "it does not tell more about you"),
    }
}

/// Why claims are not believed. The library's own words name claims and keys, which are of
/// use to whoever runs the server.
pub(crate) fn of_claims(error: &ClaimsVerificationError) -> IdentityError {
    let why = match error {
        ClaimsVerificationError::InvalidIssuer(_) => "it is from another provider",
        ClaimsVerificationError::InvalidAudience(_) => "it is meant for another application",
        ClaimsVerificationError::InvalidNonce(_) => "it is of another sign-in",
        ClaimsVerificationError::SignatureVerification(_) => {
            "it is not signed with a key of the provider"
        }
        _ => "it is not in the form that was asked for",
    };
    IdentityError::Untrusted(why.to_owned())
}
