//! What went wrong with a call to AWS, in the domain's words.

use std::io::ErrorKind;
use std::time::Duration;

use aws_sdk_sts::config::http::HttpResponse;
use aws_sdk_sts::error::{ConnectorError, ProvideErrorMetadata, SdkError};
use commissary_core::domain::Partition;
use commissary_core::ports::CloudError;

/// The most characters of AWS's own words that are repeated.
const SHOWN: usize = 600;

/// A call that went wrong.
pub(crate) struct Call {
    /// As IAM writes it.
    pub(crate) action: &'static str,
    /// Where it was sent, without user information.
    pub(crate) endpoint: String,
    /// The partition that was asked.
    pub(crate) partition: Partition,
    /// Whether the credential has a session token.
    pub(crate) temporary: bool,
    /// How long it took to go wrong.
    pub(crate) waited: Duration,
}

/// Which kind of refusal an error code of AWS is.
#[derive(Clone, Copy)]
enum Refusal {
    UnknownKey,
    Signature,
    Token,
    Denied,
    Throttled,
    Clock,
}

/// The codes of the AWS documents "Common Errors" (STS and IAM API References) and "Error retries
/// and exponential backoff".
const CODES: [(&str, Refusal); 23] = [
    ("InvalidClientTokenId", Refusal::UnknownKey),
    ("UnrecognizedClient", Refusal::UnknownKey),
    ("UnrecognizedClientException", Refusal::UnknownKey),
    ("InvalidAccessKeyId", Refusal::UnknownKey),
    ("SignatureDoesNotMatch", Refusal::Signature),
    ("InvalidSignatureException", Refusal::Signature),
    ("ExpiredToken", Refusal::Token),
    ("ExpiredTokenException", Refusal::Token),
    ("InvalidToken", Refusal::Token),
    ("InvalidTokenException", Refusal::Token),
    ("TokenRefreshRequired", Refusal::Token),
    ("AccessDenied", Refusal::Denied),
    ("AccessDeniedException", Refusal::Denied),
    ("UnauthorizedOperation", Refusal::Denied),
    ("Throttling", Refusal::Throttled),
    ("ThrottlingException", Refusal::Throttled),
    ("ThrottledException", Refusal::Throttled),
    ("RequestThrottled", Refusal::Throttled),
    ("RequestLimitExceeded", Refusal::Throttled),
    ("TooManyRequestsException", Refusal::Throttled),
    ("SlowDown", Refusal::Throttled),
    ("RequestExpired", Refusal::Clock),
    ("RequestTimeTooSkewed", Refusal::Clock),
];

/// Sorts an error of the SDK. No secret is in the result: of a refused signature nothing is
/// repeated, because AWS shows the signed headers there, the session token among them.
pub(crate) fn cloud_error<E>(error: &SdkError<E, HttpResponse>, call: Call) -> CloudError
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
{
    match error {
        SdkError::TimeoutError(_) => timed_out(call),
        SdkError::DispatchFailure(failure) => match failure.as_connector_error() {
            Some(connector) => not_dispatched(connector, call),
            None => unreachable(call, deepest(error)),
        },
        SdkError::ServiceError(service) => match service.err().code() {
            Some(code) => refused(code, service.err().message().unwrap_or_default(), call),
            None => nonsense(call, answered_with(service.raw())),
        },
        SdkError::ResponseError(response) => nonsense(call, answered_with(response.raw())),
        other => unreachable(call, deepest(other)),
    }
}

/// Whether AWS gave no answer at all, so that the next call would only be waited for as well.
pub(crate) fn is_silence(error: &CloudError) -> bool {
    matches!(
        error,
        CloudError::Unreachable { .. } | CloudError::TimedOut { .. }
    )
}

/// An answer that has the right form and not what it should hold.
pub(crate) fn nonsense(call: Call, why: String) -> CloudError {
    CloudError::Nonsense {
        endpoint: call.endpoint,
        why,
    }
}

fn refused(code: &str, message: &str, call: Call) -> CloudError {
    let refusal = CODES.iter().find(|(known, _)| *known == code);
    match refusal.map(|(_, refusal)| *refusal) {
        // STS answers this for a session token that does not belong to the key as well.
        Some(Refusal::UnknownKey) if call.temporary => CloudError::BadSessionToken,
        Some(Refusal::UnknownKey) => CloudError::UnknownAccessKey {
            partition: call.partition.to_string(),
        },
        Some(Refusal::Clock) => wrong_clock(code),
        // "Signature expired: … is now earlier than …", "Signature not yet current: …".
        Some(Refusal::Signature)
            if message.starts_with("Signature expired")
                || message.starts_with("Signature not yet current") =>
        {
            wrong_clock(code)
        }
        Some(Refusal::Signature) => CloudError::WrongSecret,
        Some(Refusal::Token) => CloudError::BadSessionToken,
        Some(Refusal::Denied) => CloudError::Denied {
            action: call.action.to_owned(),
            message: shortened(message),
        },
        Some(Refusal::Throttled) => CloudError::Throttled {
            endpoint: call.endpoint,
        },
        None => CloudError::Refused {
            code: shortened(code),
            message: shortened(message),
        },
    }
}

fn wrong_clock(code: &str) -> CloudError {
    CloudError::Refused {
        code: code.to_owned(),
        message: "the clock of this machine differs from that of AWS by more than a few minutes; set it, then try again".to_owned(),
    }
}

fn not_dispatched(error: &ConnectorError, call: Call) -> CloudError {
    if error.is_timeout() {
        return timed_out(call);
    }
    unreachable(call, connection_fault(error))
}

/// What kept the connection from being made, in the shortest words there are.
fn connection_fault(error: &(dyn std::error::Error + 'static)) -> String {
    let mut cause = Some(error);
    while let Some(current) = cause {
        if let Some(io) = current.downcast_ref::<std::io::Error>() {
            match io.kind() {
                ErrorKind::ConnectionRefused => return "the connection was refused".to_owned(),
                ErrorKind::ConnectionReset | ErrorKind::BrokenPipe => {
                    return "the connection was broken off".to_owned();
                }
                ErrorKind::UnexpectedEof => {
                    return "the connection was closed too early".to_owned();
                }
                _ => {}
            }
        }
        cause = current.source();
    }
    deepest(error)
}

fn unreachable(call: Call, why: String) -> CloudError {
    CloudError::Unreachable {
        endpoint: call.endpoint,
        why: shortened(&why),
    }
}

fn timed_out(call: Call) -> CloudError {
    CloudError::TimedOut {
        endpoint: call.endpoint,
        seconds: call.waited.as_secs().max(1),
    }
}

fn answered_with(raw: &HttpResponse) -> String {
    let status = raw.status().as_u16();
    match raw.headers().get("content-type") {
        Some(kind) => format!(
            "it answered HTTP {status} with `{}` that holds no answer of AWS",
            shortened(kind)
        ),
        None => format!("it answered HTTP {status} without an answer of AWS"),
    }
}

/// The last cause of an error: what went wrong, without what it went wrong in.
pub(crate) fn deepest(error: &(dyn std::error::Error + 'static)) -> String {
    let mut cause = error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    cause.to_string()
}

/// AWS's words, on one line and not without end.
fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(code: &str, message: &str, temporary: bool) -> CloudError {
        let call = Call {
            action: "iam:GetUser",
            endpoint: "https://iam.amazonaws.com".into(),
            partition: Partition::new("aws"),
            temporary,
            waited: Duration::from_secs(3),
        };
        refused(code, message, call)
    }

    #[test]
    fn codes_of_aws_become_the_fields_at_fault() {
        let field = |code, temporary| sorted(code, "", temporary).credential_field();
        assert_eq!(field("InvalidClientTokenId", false), Some("accessKeyId"));
        assert_eq!(field("InvalidClientTokenId", true), Some("sessionToken"));
        assert_eq!(
            field("SignatureDoesNotMatch", false),
            Some("secretAccessKey")
        );
        assert_eq!(field("ExpiredToken", true), Some("sessionToken"));
        assert_eq!(field("AccessDenied", false), None);
        assert_eq!(field("NoSuchEntity", false), None);
    }

    #[test]
    fn a_wrong_clock_is_not_a_wrong_secret() {
        for (code, message) in [
            (
                "SignatureDoesNotMatch",
                "Signature expired: 20260101T000000Z is now earlier than …",
            ),
            (
                "SignatureDoesNotMatch",
                "Signature not yet current: 20260101T000000Z is still later",
            ),
            ("RequestExpired", "Request has expired."),
        ] {
            let error = sorted(code, message, false);
            assert_eq!(error.credential_field(), None);
            assert!(error.to_string().contains("clock"), "{error}");
        }
    }

    #[test]
    fn a_refused_signature_repeats_nothing_of_what_was_signed() {
        let message =
            "The request signature we calculated does not match … x-amz-security-token:IQoSECRET";
        assert!(
            !sorted("SignatureDoesNotMatch", message, true)
                .to_string()
                .contains("IQoSECRET")
        );
    }

    #[test]
    fn words_of_aws_stay_short_and_on_one_line() {
        let error = sorted(
            "NoSuchEntity",
            &format!("a\nb {}", "é".repeat(5_000)),
            false,
        );
        let text = error.to_string();
        assert!(!text.contains('\n') && text.chars().count() < 700);
    }
}
