//! The server's refusals (RFC 9457, "Problem Details for HTTP APIs").

use commissary_core::FieldError;
use serde::Deserialize;

use crate::failure::{CONFLICT, FAILED, Failure, NOT_ALLOWED, NOT_FOUND};

/// A refusal as the server tells it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Problem {
    status: u16,
    title: String,
    detail: Option<String>,
    #[serde(default)]
    errors: Vec<FieldError>,
    request_id: Option<String>,
}

impl Problem {
    pub(super) fn into_failure(self) -> Failure {
        let code = match self.status {
            401 | 403 => NOT_ALLOWED,
            404 => NOT_FOUND,
            409 | 412 => CONFLICT,
            _ => FAILED,
        };
        let failure =
            Failure::new(code, self.detail.unwrap_or(self.title)).with_fields(self.errors);
        match self.status {
            401 => failure.with_hint(
                "the token is not one of this server, or is over; sign in with `commissary login`, or give a token with --token-file or COMMISSARY_TOKEN",
            ),
            500.. => match self.request_id {
                Some(id) => failure.with_hint(format!("the server's log tells more under the request id {id}")),
                None => failure,
            },
            _ => failure,
        }
    }
}
