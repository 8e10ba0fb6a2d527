//! Answers in the form of each service.

use axum::body::Body;
use axum::http::{HeaderValue, Response};

use super::existing::KINDS;
use super::{Asked, Protocol, ServiceRow};
use crate::account::Account;
use crate::fault::{Code, Fault};
use crate::wire::reply::respond;
use crate::wire::xml::{Xml, escape_into};

const EC2_NAMESPACE: &str = "http://ec2.amazonaws.com/doc/2016-11-15/";

/// What a call that only reads finds.
pub(super) fn found(account: &Account, asked: &Asked<'_>) -> String {
    match asked.service.protocol {
        Protocol::Ec2 => listed(account, asked),
        Protocol::Query => format!(
            "<{name}Response><{name}Result></{name}Result></{name}Response>",
            name = asked.operation
        ),
        Protocol::Json | Protocol::Rest => match asked.operation {
            "GetResources" => r#"{"PaginationToken":"","ResourceTagMappingList":[]}"#,
            "ListClusters" => r#"{"clusters":[]}"#,
            "GetParameter" => r#"{"Parameter":{}}"#,
            "DescribeAddonVersions" => r#"{"addons":[]}"#,
            _ => "{}",
        }
        .to_owned(),
    }
}

/// The resources of the kind that the operation lists.
fn listed(account: &Account, asked: &Asked<'_>) -> String {
    let mut xml = Xml::default();
    let kind = KINDS.iter().find(|kind| kind.listed.0 == asked.operation);
    if let Some(kind) = kind {
        let (_, set, id) = kind.listed;
        xml.element(set, |xml| {
            if kind.existing.is_empty() {
                return;
            }
            xml.element("item", |xml| match set {
                "reservationSet" => {
                    xml.text("ownerId", &account.id);
                    xml.element("instancesSet", |xml| {
                        xml.element("item", |xml| xml.text(id, kind.existing));
                    });
                }
                _ => xml.text(id, kind.existing),
            });
        });
    }
    let name = asked.operation;
    format!(
        "<{name}Response xmlns=\"{EC2_NAMESPACE}\">{}</{name}Response>",
        xml.into_string()
    )
}

/// The answer of a call that did what it was to do.
pub(crate) fn success(service: &ServiceRow, body: String, request_id: &str) -> Response<Body> {
    let kind = match service.protocol {
        Protocol::Ec2 | Protocol::Query => "text/xml",
        Protocol::Json => "application/x-amz-json-1.1",
        Protocol::Rest => "application/json",
    };
    respond(200, kind, body, request_id)
}

/// The answer to a refused call.
pub(crate) fn failure(service: &ServiceRow, fault: &Fault, request_id: &str) -> Response<Body> {
    let (code, status) = in_words_of(service.protocol, fault.code).wire();
    let mut message = String::new();
    escape_into(&mut message, &fault.message);
    match service.protocol {
        Protocol::Ec2 => {
            let text = format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response><Errors><Error>\
                 <Code>{code}</Code><Message>{message}</Message></Error></Errors>\
                 <RequestID>{request_id}</RequestID></Response>"
            );
            respond(status, "text/xml", text, request_id)
        }
        Protocol::Query => {
            let text = format!(
                "<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code>\
                 <Message>{message}</Message></Error><RequestId>{request_id}</RequestId>\
                 </ErrorResponse>"
            );
            respond(status, "text/xml", text, request_id)
        }
        Protocol::Json | Protocol::Rest => {
            let text = serde_json::json!({"__type": code, "message": fault.message}).to_string();
            // The JSON protocols answer 400 where the others answer 403 or 404.
            let is_fault_of_caller = service.protocol == Protocol::Json && status < 500;
            let status = if is_fault_of_caller { 400 } else { status };
            let mut response = respond(status, "application/json", text, request_id);
            response
                .headers_mut()
                .insert("x-amzn-errortype", HeaderValue::from_static(code));
            response
        }
    }
}

/// Services have words of their own for keys and signatures ("Common Errors" of their API
/// References).
fn in_words_of(protocol: Protocol, code: Code) -> Code {
    match (protocol, code) {
        (Protocol::Ec2, Code::InvalidClientTokenId | Code::SignatureDoesNotMatch) => {
            Code::AuthFailure
        }
        (Protocol::Json | Protocol::Rest, Code::InvalidClientTokenId) => {
            Code::UnrecognizedClientException
        }
        (Protocol::Json | Protocol::Rest, Code::SignatureDoesNotMatch) => {
            Code::InvalidSignatureException
        }
        (_, code) => code,
    }
}
