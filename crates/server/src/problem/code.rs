//! The codes that programs can rely on, with the status and title of each.

use axum::http::StatusCode;

/// What kind of problem it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Code {
    NotSignedIn,
    Forbidden,
    CrossSite,
    TooManyAttempts,
    SignInRefused,
    IdentityProviderUnavailable,
    NotFound,
    NameTaken,
    CheckRunning,
    Conflict,
    InUse,
    RequestRunning,
    RequestLost,
    IdempotencyKeyReused,
    IdempotencyKeyUnusable,
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
    TooSlow,
    MethodNotAllowed,
    TimedOut,
    NotReady,
    Internal,
}

/// All of them.
pub(crate) const ALL: [Code; 30] = [
    Code::NotSignedIn,
    Code::Forbidden,
    Code::CrossSite,
    Code::TooManyAttempts,
    Code::SignInRefused,
    Code::IdentityProviderUnavailable,
    Code::NotFound,
    Code::NameTaken,
    Code::CheckRunning,
    Code::Conflict,
    Code::InUse,
    Code::RequestRunning,
    Code::RequestLost,
    Code::IdempotencyKeyReused,
    Code::IdempotencyKeyUnusable,
    Code::PreconditionRequired,
    Code::PreconditionFailed,
    Code::InvalidInput,
    Code::InvalidCredentials,
    Code::AwsUnavailable,
    Code::AwsNonsense,
    Code::AwsRefused,
    Code::MalformedBody,
    Code::UnsupportedMediaType,
    Code::TooLarge,
    Code::TooSlow,
    Code::MethodNotAllowed,
    Code::TimedOut,
    Code::NotReady,
    Code::Internal,
];

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
            Self::SignInRefused => ("sign-in-refused", S::FORBIDDEN, "You are not signed in"),
            Self::IdentityProviderUnavailable => (
                "identity-provider-unavailable",
                S::SERVICE_UNAVAILABLE,
                "The identity provider cannot be asked",
            ),
            Self::NotFound => ("not-found", S::NOT_FOUND, "Not found"),
            Self::NameTaken => ("name-taken", S::CONFLICT, "Name taken"),
            Self::CheckRunning => ("check-running", S::CONFLICT, "A check is under way"),
            Self::Conflict => ("conflict", S::CONFLICT, "Something stands in the way"),
            Self::InUse => ("in-use", S::CONFLICT, "Something depends on it"),
            Self::RequestRunning => ("request-running", S::CONFLICT, "Request under way"),
            Self::RequestLost => ("request-lost", S::CONFLICT, "Request broke off"),
            Self::IdempotencyKeyReused => (
                "idempotency-key-reused",
                S::UNPROCESSABLE_ENTITY,
                "Key of another request",
            ),
            Self::IdempotencyKeyUnusable => (
                "idempotency-key-unusable",
                S::BAD_REQUEST,
                "Key cannot be used",
            ),
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
            Self::TooSlow => ("too-slow", S::REQUEST_TIMEOUT, "Body too slow"),
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

    /// All of them.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        ALL.into_iter()
    }

    /// The code of that name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        ALL.into_iter().find(|code| code.name() == name)
    }

    /// The stable name.
    pub(crate) fn name(self) -> &'static str {
        self.row().0
    }

    /// The HTTP status.
    pub(crate) fn status(self) -> StatusCode {
        self.row().1
    }

    /// What to do about it.
    #[cfg(test)]
    pub(crate) fn remedy(self) -> &'static str {
        match self {
            Self::NotSignedIn => {
                "Send a token of this server as `Authorization: Bearer …`, or sign in. A token that \
                 expired or was revoked needs to be made anew."
            }
            Self::Forbidden => {
                "The `detail` says what it takes. Ask an administrator of the workspace, or use a \
                 token that may do more."
            }
            Self::CrossSite => {
                "A browser sent this from a page of another site. Open the console and do it there; \
                 programs send a token."
            }
            Self::TooManyAttempts => "Wait as many seconds as `Retry-After` says.",
            Self::SignInRefused => {
                "The `detail` says why the identity provider's word was not enough. Begin the sign-in \
                 again, or do what it says."
            }
            Self::IdentityProviderUnavailable => {
                "Try again in a minute, or sign in with a password. `commissary doctor` says what the \
                 server sees of the provider."
            }
            Self::NotFound => {
                "Check the names in the address, and whether you have a role in the workspace: what \
                 one may not see is not told from what is not there."
            }
            Self::NameTaken => "Choose another name; upper and lower case are the same.",
            Self::CheckRunning => {
                "Follow the check that `Location` names, or cancel it; then start another."
            }
            Self::Conflict => "The `detail` says what stands in the way and how to remove it.",
            Self::InUse => {
                "`errors` has what depends on it. Delete or move that first, or send the same with \
                 `force` set to true."
            }
            Self::RequestRunning => {
                "Send the same again after as many seconds as `Retry-After` says: it is answered then."
            }
            Self::RequestLost => {
                "Look whether what was asked for is there. If it is still needed, send it with \
                 another `Idempotency-Key`."
            }
            Self::IdempotencyKeyReused => {
                "Make a new `Idempotency-Key`, for example a UUID, for each request, and send the \
                 same one only with the same request."
            }
            Self::IdempotencyKeyUnusable => "The `detail` says why, and what to do instead.",
            Self::PreconditionRequired => {
                "Read the resource, and send the `ETag` that it had as `If-Match`."
            }
            Self::PreconditionFailed => {
                "Somebody else changed it. Read it again, see whether your change still makes sense, \
                 and repeat it with the new `ETag`."
            }
            Self::InvalidInput => {
                "Each entry of `errors` names a field and says what it may hold. Fields and \
                 parameters that are not known are refused, not ignored."
            }
            Self::InvalidCredentials => {
                "Enter the part of the keys that `errors` names again, or make a new key. Nothing was \
                 saved."
            }
            Self::AwsUnavailable => {
                "AWS could not be reached, or not in time. Try again; to save without asking AWS send \
                 `\"verify\": \"later\"`."
            }
            Self::AwsNonsense => {
                "Something between the server and AWS answered in its place. Check the endpoint and \
                 the proxy of the server."
            }
            Self::AwsRefused => "The `detail` has the words of AWS.",
            Self::MalformedBody => {
                "The `detail` names the place. Send one JSON object, whole; in the console open the \
                 form anew."
            }
            Self::UnsupportedMediaType => "Send JSON with `Content-Type: application/json`.",
            Self::TooLarge => "Send less than 64 KiB.",
            Self::TooSlow => "Send the whole body at once; it may take 30 seconds.",
            Self::MethodNotAllowed => "Use one of the methods that `Allow` names.",
            Self::TimedOut => {
                "What was begun goes on: look again in a minute before you repeat it."
            }
            Self::NotReady => {
                "The server starts, stops or cannot read its data. Try again; the log tells why."
            }
            Self::Internal => {
                "A fault of the server's own. Look in its log for the request id that the answer \
                 carries, and report it with that."
            }
        }
    }

    /// The title for people.
    pub(crate) fn title(self) -> &'static str {
        self.row().2
    }
}
