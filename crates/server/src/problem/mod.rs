//! What the server answers instead of a result: one type for API and console
//! (RFC 9457, "Problem Details for HTTP APIs").

mod code;
mod from_core;
#[cfg(test)]
mod reference;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use commissary_core::FieldError;
use schemars::JsonSchema;
use serde::Serialize;

use crate::layers::RequestId;

pub(crate) use code::Code;

/// Why a request was not done.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    pub(crate) code: Code,
    /// One sentence for people, with no secret and no internals.
    pub(crate) detail: String,
    /// The fields at fault; empty when no field is.
    pub(crate) errors: Vec<FieldError>,
    /// After how many seconds it is worth trying again, if that is known.
    pub(crate) retry_after: Option<u64>,
    /// Where what stands in the way is, if it has an address.
    pub(crate) location: Option<String>,
}

/// Why a request was not done (RFC 9457).
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Problem")]
#[serde(rename_all = "camelCase")]
pub(crate) struct ProblemBody<'a> {
    /// `urn:commissary:problem:` with the code.
    r#type: String,
    /// What kind of problem it is, for people.
    title: &'static str,
    /// The status of the answer.
    status: u16,
    /// One sentence for people.
    detail: &'a str,
    /// What kind of problem it is, for programs.
    code: &'static str,
    /// The fields at fault, where there are any.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [FieldError],
    /// The id of the request, as the log and the audit log have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<String>,
}

impl Problem {
    pub(crate) fn new(code: Code, detail: impl Into<String>) -> Self {
        Self {
            code,
            detail: detail.into(),
            errors: Vec::new(),
            retry_after: None,
            location: None,
        }
    }

    /// Faults of the input; the detail joins their sentences.
    pub(crate) fn invalid(errors: Vec<FieldError>) -> Self {
        let sentences: Vec<&str> = errors.iter().map(|fault| fault.message.as_str()).collect();
        Self {
            code: Code::InvalidInput,
            detail: sentences.join("; "),
            errors,
            retry_after: None,
            location: None,
        }
    }

    /// A fault of one field.
    pub(crate) fn at(field: &str, message: impl Into<String>) -> Self {
        Self::invalid(vec![FieldError::new(field, message)])
    }

    /// A failure of the server's own. Its cause goes to the log, within the
    /// request's span, and never to the client.
    pub(crate) fn internal(cause: &dyn std::fmt::Display) -> Self {
        tracing::error!(%cause, "the request failed");
        Self::new(
            Code::Internal,
            "something went wrong on the server; its log tells more under this request's x-request-id",
        )
    }

    pub(crate) fn status(&self) -> StatusCode {
        self.code.status()
    }

    /// The document that answers the request with this id.
    pub(crate) fn body(&self, request: Option<RequestId>) -> ProblemBody<'_> {
        ProblemBody {
            r#type: format!("urn:commissary:problem:{}", self.code.name()),
            title: self.code.title(),
            status: self.status().as_u16(),
            detail: &self.detail,
            code: self.code.name(),
            errors: &self.errors,
            request_id: request.map(|RequestId(id)| id),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = (self.status(), Json(self.body(RequestId::current()))).into_response();
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        if self.code == Code::NotSignedIn {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        let location = self.location.as_deref().map(HeaderValue::from_str);
        if let Some(Ok(location)) = location {
            headers.insert(header::LOCATION, location);
        }
        // For the layer that makes pages of the console's problems.
        response.extensions_mut().insert(self);
        response
    }
}
