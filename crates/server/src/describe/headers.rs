//! The headers that requests and answers carry.

use super::Field;

/// On every answer.
pub(crate) static REQUEST_ID: Field = Field::new(
    "X-Request-Id",
    "The id of the request, as the log and the audit log have it.",
)
.pattern("^[A-Za-z0-9_.:-]+$", 64);

/// On what was made, and on what stands in the way.
pub(crate) static LOCATION: Field = Field::new("Location", "The address of it.");

/// On a provider that was changed.
pub(crate) static CONTENT_LOCATION: Field = Field::new(
    "Content-Location",
    "The address of it, which is another one where it was renamed.",
);

/// On what can be changed.
pub(crate) static ETAG: Field = Field::new(
    "ETag",
    "The entity tag of the present state; a change names it as `If-Match`.",
);

/// On a file.
pub(crate) static CONTENT_DISPOSITION: Field = Field::new(
    "Content-Disposition",
    "The name that a browser saves it under.",
);

/// On a change.
pub(crate) static IF_MATCH: Field = Field::new(
    "If-Match",
    "The `ETag` that the resource was read with; `*` for any.",
)
.example("*");

/// On a request for events.
pub(crate) static LAST_EVENT_ID: Field = Field::new(
    "Last-Event-ID",
    "The id of the newest event that was heard; those after it are told.",
);

/// Where nobody is signed in.
pub(crate) static WWW_AUTHENTICATE: Field = Field::new("WWW-Authenticate", "`Bearer`.");

/// Where waiting helps.
pub(crate) static RETRY_AFTER: Field = Field::new(
    "Retry-After",
    "After how many seconds it is worth trying again.",
);

/// On an answer that was kept.
pub(crate) static REPLAYED: Field = Field::new(
    "Idempotency-Replayed",
    "`true` where this is the answer to an earlier request with the same key.",
);

/// Those of answers.
pub(super) static OF_ANSWERS: [&Field; 7] = [
    &REQUEST_ID,
    &LOCATION,
    &CONTENT_LOCATION,
    &CONTENT_DISPOSITION,
    &ETAG,
    &WWW_AUTHENTICATE,
    &RETRY_AFTER,
];
