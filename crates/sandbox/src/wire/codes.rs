//! The same refusal in the words of each protocol.

use super::service::Protocol;
use crate::fault::Code;

/// The code and HTTP status of a refusal (each service's API Reference, "Common Errors"; Amazon
/// EC2 Developer Guide, "Error codes"; S3 API Reference, "Error Responses").
pub(super) fn on(protocol: Protocol, code: Code) -> (&'static str, u16) {
    match protocol {
        Protocol::Query => code.wire(),
        Protocol::Ec2 => ec2(code),
        Protocol::Json(_) => json(code, 400),
        Protocol::RestJson => json(code, 403),
        Protocol::RestXml => s3(code),
    }
}

fn ec2(code: Code) -> (&'static str, u16) {
    match code {
        Code::AccessDenied => ("UnauthorizedOperation", 403),
        Code::InvalidClientTokenId
        | Code::MissingAuthenticationToken
        | Code::SignatureDoesNotMatch => ("AuthFailure", 401),
        Code::ExpiredToken => ("RequestExpired", 400),
        Code::Throttling => ("RequestLimitExceeded", 503),
        Code::InternalFailure => ("InternalError", 500),
        _ => code.wire(),
    }
}

/// Of the JSON protocols, EKS tells what is wrong with credentials as forbidden.
fn json(code: Code, forbidden: u16) -> (&'static str, u16) {
    match code {
        Code::AccessDenied => ("AccessDeniedException", forbidden),
        Code::InvalidClientTokenId => ("UnrecognizedClientException", forbidden),
        Code::SignatureDoesNotMatch | Code::RequestExpired => {
            ("InvalidSignatureException", forbidden)
        }
        Code::ExpiredToken => ("ExpiredTokenException", forbidden),
        Code::MissingAuthenticationToken => ("MissingAuthenticationTokenException", forbidden),
        Code::IncompleteSignature => ("IncompleteSignatureException", forbidden),
        Code::InvalidAction => ("UnknownOperationException", 400),
        Code::Throttling if forbidden == 403 => ("TooManyRequestsException", 429),
        Code::Throttling => ("ThrottlingException", 400),
        Code::InternalFailure => ("InternalServerException", 500),
        Code::ValidationError => ("ValidationException", 400),
        _ => code.wire(),
    }
}

fn s3(code: Code) -> (&'static str, u16) {
    match code {
        Code::InvalidClientTokenId => ("InvalidAccessKeyId", 403),
        Code::RequestExpired => ("RequestTimeTooSkewed", 403),
        Code::ExpiredToken => ("ExpiredToken", 400),
        Code::MissingAuthenticationToken => ("AccessDenied", 403),
        Code::IncompleteSignature => ("AuthorizationHeaderMalformed", 400),
        Code::InvalidAction => ("NotImplemented", 501),
        Code::Throttling => ("SlowDown", 503),
        Code::InternalFailure => ("InternalError", 500),
        Code::RequestEntityTooLarge => ("EntityTooLarge", 400),
        _ => code.wire(),
    }
}

/// The sentence, where a service has one of its own for the refusal.
pub(super) fn sentence(protocol: Protocol, code: Code) -> Option<&'static str> {
    match (protocol, code) {
        (
            Protocol::Ec2,
            Code::InvalidClientTokenId
            | Code::MissingAuthenticationToken
            | Code::SignatureDoesNotMatch,
        ) => Some("AWS was not able to validate the provided access credentials"),
        (Protocol::Ec2, Code::ExpiredToken) => Some("Request has expired."),
        (Protocol::RestXml, Code::InvalidClientTokenId) => {
            Some("The AWS Access Key Id you provided does not exist in our records.")
        }
        (Protocol::RestXml, Code::Throttling) => Some("Please reduce your request rate."),
        (Protocol::Ec2, Code::Throttling) => Some("Request limit exceeded."),
        _ => None,
    }
}
