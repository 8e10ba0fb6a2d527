//! `GET /api/openapi.json`: this API as a document.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value};

use crate::describe::{Operation, Tag, openapi_text};

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new("openapi", Tag::Server, "This document")
        .answers::<Map<String, Value>>(StatusCode::OK, "The document.")
}

pub(crate) async fn document() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], openapi_text()).into_response()
}
