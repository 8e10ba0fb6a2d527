//! Whole answers: the envelopes of results and of errors.

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};

use super::codes;
use super::service::{Protocol, Service};
use crate::fault::{Code, Fault};
use crate::wire::xml::escape_into;

/// The answer of an operation, around the elements or members that it has to tell.
pub(crate) fn success(
    service: Service,
    action: &str,
    result: &str,
    request_id: &str,
) -> Response<Body> {
    let namespace = service.namespace();
    let text = match service.protocol() {
        Protocol::Query => {
            // An operation without results has no element for them.
            let result = match result {
                "" => String::new(),
                _ => format!("<{action}Result>{result}</{action}Result>"),
            };
            format!(
                "<{action}Response xmlns=\"{namespace}\">{result}<ResponseMetadata>\
                 <RequestId>{request_id}</RequestId></ResponseMetadata></{action}Response>"
            )
        }
        Protocol::Ec2 => format!(
            "{DECLARATION}<{action}Response xmlns=\"{namespace}\">\
             <requestId>{request_id}</requestId>{result}</{action}Response>"
        ),
        Protocol::Json(_) | Protocol::RestJson => format!("{{{result}}}"),
        Protocol::RestXml => format!("{DECLARATION}{result}"),
    };
    respond(service, 200, text, request_id)
}

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// The code and HTTP status of a refusal, as the service words it.
pub(crate) fn wire_code(service: Service, fault: &Fault) -> (&'static str, u16) {
    codes::on(service.protocol(), fault.code)
}

/// The answer to a refused request.
pub(crate) fn failure(service: Service, fault: &Fault, request_id: &str) -> Response<Body> {
    let protocol = service.protocol();
    let (code, status) = wire_code(service, fault);
    let said = codes::sentence(protocol, fault.code).unwrap_or(&fault.message);
    let mut message = String::new();
    escape_into(&mut message, said);
    let text = match protocol {
        Protocol::Query => {
            let namespace = service.namespace();
            let kind = if status < 500 { "Sender" } else { "Receiver" };
            format!(
                "<ErrorResponse xmlns=\"{namespace}\"><Error><Type>{kind}</Type>\
                 <Code>{code}</Code><Message>{message}</Message></Error>\
                 <RequestId>{request_id}</RequestId></ErrorResponse>"
            )
        }
        Protocol::Ec2 => format!(
            "{DECLARATION}<Response><Errors><Error><Code>{code}</Code>\
             <Message>{message}</Message></Error></Errors>\
             <RequestID>{request_id}</RequestID></Response>"
        ),
        // The member is spelled either way; refusals of a right have the capital letter.
        Protocol::Json(_) if fault.code == Code::AccessDenied => {
            serde_json::json!({"__type": code, "Message": said}).to_string()
        }
        Protocol::Json(_) => serde_json::json!({"__type": code, "message": said}).to_string(),
        Protocol::RestJson => serde_json::json!({"message": said}).to_string(),
        Protocol::RestXml => format!(
            "{DECLARATION}<Error><Code>{code}</Code><Message>{message}</Message>\
             <RequestId>{request_id}</RequestId><HostId>{request_id}</HostId></Error>"
        ),
    };
    let mut response = respond(service, status, text, request_id);
    let header = match (service, protocol) {
        (_, Protocol::RestJson) => Some(("x-amzn-errortype", code.to_owned())),
        // Clients that know the queues by the query protocol look for its codes here.
        (Service::Sqs, _) => Some(("x-amzn-query-error", format!("{};Sender", of_queues(code)))),
        _ => None,
    };
    if let Some((name, value)) = header
        && let Ok(value) = HeaderValue::from_str(&value)
    {
        response.headers_mut().insert(name, value);
    }
    response
}

/// What the query protocol of SQS calls an error.
fn of_queues(code: &str) -> &str {
    match code {
        "AccessDeniedException" => "AccessDenied",
        "QueueDoesNotExist" => "AWS.SimpleQueueService.NonExistentQueue",
        other => other,
    }
}

fn content_type(protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::Query => "text/xml",
        Protocol::Ec2 => "text/xml;charset=UTF-8",
        Protocol::Json("1.0") => "application/x-amz-json-1.0",
        Protocol::Json(_) => "application/x-amz-json-1.1",
        Protocol::RestJson => "application/json",
        Protocol::RestXml => "application/xml",
    }
}

fn respond(service: Service, status: u16, text: String, request_id: &str) -> Response<Body> {
    let protocol = service.protocol();
    let mut response = Response::new(Body::from(text));
    *response.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(content_type(protocol)),
    );
    let name = match protocol {
        Protocol::RestXml => "x-amz-request-id",
        _ => "x-amzn-requestid",
    };
    if let Ok(value) = HeaderValue::from_str(request_id) {
        headers.insert(name, value);
    }
    response
}
