//! What AWS answers when it refuses a request.

/// An AWS error code with the status and type that go with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Code {
    AccessDenied,
    DeleteConflict,
    EntityAlreadyExists,
    ExpiredToken,
    IncompleteSignature,
    InternalFailure,
    InvalidAction,
    InvalidClientTokenId,
    InvalidInput,
    LimitExceeded,
    MalformedPolicyDocument,
    MalformedQueryString,
    MissingAction,
    MissingAuthenticationToken,
    NoSuchEntity,
    RequestEntityTooLarge,
    RequestExpired,
    Serialization,
    SignatureDoesNotMatch,
    Throttling,
    ValidationError,
    /// A code and status that only one service has.
    Own(&'static str, u16),
}

impl Code {
    /// The wire name and the HTTP status (IAM API Reference, "Common Error Types" and
    /// the "Errors" section of each action); other protocols have words of their own.
    pub(crate) fn wire(self) -> (&'static str, u16) {
        match self {
            Code::AccessDenied => ("AccessDenied", 403),
            Code::DeleteConflict => ("DeleteConflict", 409),
            Code::EntityAlreadyExists => ("EntityAlreadyExists", 409),
            Code::ExpiredToken => ("ExpiredToken", 403),
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
            Code::Serialization => ("SerializationException", 400),
            Code::SignatureDoesNotMatch => ("SignatureDoesNotMatch", 403),
            Code::Throttling => ("Throttling", 400),
            Code::ValidationError => ("ValidationError", 400),
            Code::Own(name, status) => (name, status),
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
