//! What AWS answers when it refuses a request.

/// An AWS error code with the status and type that go with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Code {
    AccessDenied,
    AccessDeniedException,
    AuthFailure,
    DeleteConflict,
    DryRunOperation,
    EntityAlreadyExists,
    IncompleteSignature,
    InternalFailure,
    InvalidAction,
    InvalidClientTokenId,
    InvalidInput,
    InvalidSignatureException,
    LimitExceeded,
    LoadBalancerNotFound,
    MalformedPolicyDocument,
    MalformedQueryString,
    MissingAction,
    MissingAuthenticationToken,
    MissingParameter,
    NoSuchEntity,
    /// That a resource of EC2 does not exist; each kind has a code of its own.
    NotFound(&'static str),
    NotFoundException,
    ParameterNotFound,
    RequestEntityTooLarge,
    RequestExpired,
    ResourceNotFoundException,
    SignatureDoesNotMatch,
    TargetGroupNotFound,
    UnauthorizedOperation,
    UnrecognizedClientException,
    UnsupportedOperation,
    ValidationError,
    ValidationException,
}

impl Code {
    /// The wire name and the HTTP status (IAM API Reference, "Common Error Types" and
    /// the "Errors" section of each action; EC2 API Reference, "Error codes").
    pub(crate) fn wire(self) -> (&'static str, u16) {
        match self {
            Code::AccessDenied => ("AccessDenied", 403),
            Code::DeleteConflict => ("DeleteConflict", 409),
            Code::EntityAlreadyExists => ("EntityAlreadyExists", 409),
            Code::IncompleteSignature => ("IncompleteSignature", 400),
            Code::InternalFailure => ("InternalFailure", 500),
            Code::InvalidAction => ("InvalidAction", 400),
            Code::InvalidClientTokenId => ("InvalidClientTokenId", 403),
            Code::InvalidInput => ("InvalidInput", 400),
            Code::LimitExceeded => ("LimitExceeded", 409),
            Code::MalformedPolicyDocument => ("MalformedPolicyDocument", 400),
            Code::MalformedQueryString => ("MalformedQueryString", 404),
            Code::MissingAction => ("MissingAction", 400),
            Code::MissingAuthenticationToken => ("MissingAuthenticationToken", 403),
            Code::NoSuchEntity => ("NoSuchEntity", 404),
            Code::RequestEntityTooLarge => ("RequestEntityTooLarge", 413),
            Code::RequestExpired => ("RequestExpired", 400),
            Code::SignatureDoesNotMatch => ("SignatureDoesNotMatch", 403),
            Code::AccessDeniedException => ("AccessDeniedException", 403),
            Code::DryRunOperation => ("DryRunOperation", 412),
            Code::LoadBalancerNotFound => ("LoadBalancerNotFound", 400),
            Code::MissingParameter => ("MissingParameter", 400),
            Code::NotFoundException => ("NotFoundException", 404),
            Code::ParameterNotFound => ("ParameterNotFound", 400),
            Code::ResourceNotFoundException => ("ResourceNotFoundException", 404),
            Code::TargetGroupNotFound => ("TargetGroupNotFound", 400),
            Code::UnauthorizedOperation => ("UnauthorizedOperation", 403),
            Code::UnsupportedOperation => ("UnsupportedOperation", 400),
            Code::ValidationException => ("ValidationException", 400),
            Code::AuthFailure => ("AuthFailure", 401),
            Code::InvalidSignatureException => ("InvalidSignatureException", 403),
            Code::UnrecognizedClientException => ("UnrecognizedClientException", 403),
            Code::NotFound(code) => (code, 400),
            Code::ValidationError => ("ValidationError", 400),
        }
    }
}

/// A refusal: the code and one sentence for people. It never carries a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) code: Code,
    pub(crate) message: String,
}

impl Fault {
    pub(crate) fn new(code: Code, message: impl Into<String>) -> Fault {
        Fault {
            code,
            message: message.into(),
        }
    }

    pub(crate) fn no_such(message: impl Into<String>) -> Fault {
        Fault::new(Code::NoSuchEntity, message)
    }

    pub(crate) fn conflict(message: impl Into<String>) -> Fault {
        Fault::new(Code::DeleteConflict, message)
    }

    pub(crate) fn limit(message: impl Into<String>) -> Fault {
        Fault::new(Code::LimitExceeded, message)
    }

    pub(crate) fn invalid_input(message: impl Into<String>) -> Fault {
        Fault::new(Code::InvalidInput, message)
    }

    pub(crate) fn validation(message: impl Into<String>) -> Fault {
        Fault::new(Code::ValidationError, message)
    }
}
