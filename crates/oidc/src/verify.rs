//! Whether an identity can be believed.

use commissary_core::ports::IdentityError;
use jiff::Timestamp;
use openidconnect::core::{
    CoreGenderClaim, CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm,
};
use openidconnect::{
    ClaimsVerificationError, IdToken, IdTokenClaims, IdTokenVerifier, Nonce,
    SignatureVerificationError,
};

use crate::claims::Further;
use crate::failures;

/// How far the clocks may be apart, in seconds.
const SKEW: i64 = 60;

/// What an identity may be signed with: never nothing, and never a secret that both sides
/// know, which a public key could be taken for.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// An identity as it arrives.
pub(crate) type Token =
    IdToken<Further, CoreGenderClaim, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm>;
/// What it says.
pub(crate) type Claims = IdTokenClaims<Further, CoreGenderClaim>;

/// Why it is not believed.
pub(crate) enum Doubt {
    /// The key that it is signed with is not known, or not any more.
    Key(IdentityError),
    Other(IdentityError),
}

/// Checks signature, issuer, audience, nonce and times.
pub(crate) fn believed<'t>(
    token: &'t Token,
    verifier: IdTokenVerifier<'_, CoreJsonWebKey>,
    nonce: &Nonce,
    now: Timestamp,
) -> Result<&'t Claims, Doubt> {
    let verifier = verifier
        .set_allowed_algs(ALGORITHMS)
        // The times are judged below, where the clocks are known to differ a little.
        .set_time_fn(Default::default);
    let claims = token.claims(&verifier, nonce).map_err(|error| {
        let told = failures::of_claims(&error);
        tracing::warn!(%error, "an identity is not believed");
        match error {
            ClaimsVerificationError::SignatureVerification(
                SignatureVerificationError::NoMatchingKey
                | SignatureVerificationError::AmbiguousKeyId(_)
                | SignatureVerificationError::CryptoError(_),
            ) => Doubt::Key(told),
            _ => Doubt::Other(told),
        }
    })?;
    in_time(
        claims.issue_time().timestamp(),
        claims.expiration().timestamp(),
        claims.additional_claims().not_before(),
        now.as_second(),
    )
    .map_err(Doubt::Other)?;
    Ok(claims)
}

/// Judges the times of an identity that was made a moment ago: what lies in the future, or
/// is over, tells that the clocks differ. All in seconds of Unix time.
fn in_time(issued: i64, ends: i64, not_before: Option<i64>, now: i64) -> Result<(), IdentityError> {
    let begins = not_before.map_or(issued, |moment| moment.max(issued));
    let ahead = begins.saturating_sub(now);
    let behind = now.saturating_sub(issued);
    let over = ends.saturating_add(SKEW) <= now;
    let skew = |seconds: i64| {
        Err(IdentityError::ClockSkew {
            seconds: seconds.unsigned_abs(),
            allowed: SKEW.unsigned_abs(),
        })
    };
    match () {
        () if ahead > SKEW => skew(ahead),
        () if over && behind > SKEW => skew(behind),
        () if over => Err(IdentityError::Untrusted(
            "it was over before it came".to_owned(),
        )),
        () => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_is_allowed_and_more_is_the_clocks_fault() {
        const NOW: i64 = 1_790_000_000;
        let judged =
            |issued: i64, lives: i64| in_time(NOW + issued, NOW + issued + lives, None, NOW);
        for issued in [-60, -5, 0, 60] {
            assert_eq!(judged(issued, 3600), Ok(()), "{issued}");
        }
        // Behind by little more than a short life.
        assert_eq!(judged(-65, 30), Ok(()));
        for (issued, lives, apart) in [(61, 3600, 61), (-7200, 3600, 7200), (-91, 30, 91)] {
            let allowed = 60;
            let seconds = apart;
            let expected = IdentityError::ClockSkew { seconds, allowed };
            assert_eq!(judged(issued, lives), Err(expected), "{issued}");
        }
        assert!(matches!(judged(0, -61), Err(IdentityError::Untrusted(_))));
        let early = in_time(NOW, NOW + 60, Some(NOW + 90), NOW);
        assert!(matches!(
            early,
            Err(IdentityError::ClockSkew { seconds: 90, .. })
        ));
        assert!(in_time(i64::MIN, i64::MAX, None, NOW).is_ok());
        assert!(in_time(i64::MAX, i64::MIN, None, NOW).is_err());
    }
}
