//! Whole answers: the envelopes of results and of errors.

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};

use crate::fault::Fault;
use crate::wire::xml::{Xml, escape_into};

/// A service the sandbox answers for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Service {
    Iam,
    Sts,
}

impl Service {
    /// The name in credential scopes and actions.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Service::Iam => "iam",
            Service::Sts => "sts",
        }
    }

    /// The API version that requests name.
    pub(crate) fn version(self) -> &'static str {
        match self {
            Service::Iam => "2010-05-08",
            Service::Sts => "2011-06-15",
        }
    }

    fn namespace(self) -> &'static str {
        match self {
            Service::Iam => "https://iam.amazonaws.com/doc/2010-05-08/",
            Service::Sts => "https://sts.amazonaws.com/doc/2011-06-15/",
        }
    }
}

/// The form in which a client can read an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// The query protocol of IAM, STS and their like.
    Query(Service),
    /// JSON, for services that are not here.
    Json,
}

/// The answer of an operation: its result element, left out when the operation has none.
pub(crate) fn success(
    service: Service,
    action: &str,
    result: Xml,
    request_id: &str,
) -> Response<Body> {
    let namespace = service.namespace();
    let result = if result.is_empty() {
        String::new()
    } else {
        format!("<{action}Result>{}</{action}Result>", result.into_string())
    };
    let text = format!(
        "<{action}Response xmlns=\"{namespace}\">{result}<ResponseMetadata>\
         <RequestId>{request_id}</RequestId></ResponseMetadata></{action}Response>"
    );
    respond(200, "text/xml", text, request_id)
}

/// The answer to a refused request.
pub(crate) fn failure(dialect: Dialect, fault: &Fault, request_id: &str) -> Response<Body> {
    let (code, status) = fault.code.wire();
    let kind = if status < 500 { "Sender" } else { "Receiver" };
    let mut message = String::new();
    escape_into(&mut message, &fault.message);
    match dialect {
        Dialect::Query(service) => {
            let namespace = service.namespace();
            let text = format!(
                "<ErrorResponse xmlns=\"{namespace}\"><Error><Type>{kind}</Type>\
                 <Code>{code}</Code><Message>{message}</Message></Error>\
                 <RequestId>{request_id}</RequestId></ErrorResponse>"
            );
            respond(status, "text/xml", text, request_id)
        }
        Dialect::Json => {
            let text = serde_json::json!({"__type": code, "message": fault.message}).to_string();
            let mut response = respond(status, "application/json", text, request_id);
            response
                .headers_mut()
                .insert("x-amzn-errortype", HeaderValue::from_static(code));
            response
        }
    }
}

pub(crate) fn respond(
    status: u16,
    content_type: &'static str,
    text: String,
    request_id: &str,
) -> Response<Body> {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    if let Ok(value) = HeaderValue::from_str(request_id) {
        headers.insert("x-amzn-requestid", value);
    }
    response
}
