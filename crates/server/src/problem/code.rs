//! The codes that programs can rely on, with the status and title of each.

use axum::http::StatusCode;

/// What kind of problem it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Code {
    NotSignedIn,
    Forbidden,
    CrossSite,
    TooManyAttempts,
    NotFound,
    NameTaken,
    CheckRunning,
    Conflict,
    PreconditionRequired,
    PreconditionFailed,
    InvalidInput,
    InvalidCredentials,
    AwsUnavailable,
    AwsNonsense,
    AwsRefused,
    MalformedBody,
    UnsupportedMediaType,
    TooLarge,
    MethodNotAllowed,
    TimedOut,
    NotReady,
    Internal,
}

type Row = (&'static str, StatusCode, &'static str);

impl Code {
    /// The table: name, status, title.
    fn row(self) -> Row {
        use StatusCode as S;
        match self {
            Self::NotSignedIn => ("not-signed-in", S::UNAUTHORIZED, "Not signed in"),
            Self::Forbidden => ("forbidden", S::FORBIDDEN, "Not allowed"),
            Self::CrossSite => ("cross-site", S::FORBIDDEN, "Request from another site"),
            Self::TooManyAttempts => (
                "too-many-attempts",
                S::TOO_MANY_REQUESTS,
                "Too many attempts",
            ),
            Self::NotFound => ("not-found", S::NOT_FOUND, "Not found"),
            Self::NameTaken => ("name-taken", S::CONFLICT, "Name taken"),
            Self::CheckRunning => ("check-running", S::CONFLICT, "A check is under way"),
            Self::Conflict => ("conflict", S::CONFLICT, "Something stands in the way"),
            Self::PreconditionRequired => (
                "precondition-required",
                S::PRECONDITION_REQUIRED,
                "Entity tag needed",
            ),
            Self::PreconditionFailed => (
                "precondition-failed",
                S::PRECONDITION_FAILED,
                "Changed meanwhile",
            ),
            Self::InvalidInput => ("invalid-input", S::UNPROCESSABLE_ENTITY, "Invalid input"),
            Self::InvalidCredentials => (
                "invalid-credentials",
                S::UNPROCESSABLE_ENTITY,
                "AWS refuses the credentials",
            ),
            Self::AwsUnavailable => (
                "aws-unavailable",
                S::SERVICE_UNAVAILABLE,
                "AWS cannot be asked",
            ),
            Self::AwsNonsense => ("aws-nonsense", S::BAD_GATEWAY, "What answered is not AWS"),
            Self::AwsRefused => ("aws-refused", S::BAD_GATEWAY, "AWS refused the question"),
            Self::MalformedBody => ("malformed-body", S::BAD_REQUEST, "Malformed body"),
            Self::UnsupportedMediaType => (
                "unsupported-media-type",
                S::UNSUPPORTED_MEDIA_TYPE,
                "Unsupported media type",
            ),
            Self::TooLarge => ("too-large", S::PAYLOAD_TOO_LARGE, "Body too large"),
            Self::MethodNotAllowed => (
                "method-not-allowed",
                S::METHOD_NOT_ALLOWED,
                "Method not allowed",
            ),
            Self::TimedOut => ("timed-out", S::GATEWAY_TIMEOUT, "Took too long"),
            Self::NotReady => ("not-ready", S::SERVICE_UNAVAILABLE, "Not ready"),
            Self::Internal => ("internal", S::INTERNAL_SERVER_ERROR, "Internal error"),
        }
    }

    /// The stable name.
    pub(crate) fn name(self) -> &'static str {
        self.row().0
    }

    /// The HTTP status.
    pub(crate) fn status(self) -> StatusCode {
        self.row().1
    }

    /// The title for people.
    pub(crate) fn title(self) -> &'static str {
        self.row().2
    }
}
