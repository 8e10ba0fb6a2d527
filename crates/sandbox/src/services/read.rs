//! From a request to an operation and its parameters.

use axum::body::Bytes;
use axum::http::Method;
use axum::http::request::Parts;
use serde_json::Value;

use super::{Parameters, Protocol, ServiceRow, rest};
use crate::fault::{Code, Fault};
use crate::wire::params::Params;

/// Reads a request in the protocol of its service.
pub(crate) fn read(
    service: &ServiceRow,
    parts: &Parts,
    body: &Bytes,
) -> Result<(String, Parameters), Fault> {
    let query = parts.uri.query().unwrap_or("");
    match service.protocol {
        Protocol::Ec2 | Protocol::Query => {
            let body: &[u8] = match parts.method {
                Method::POST => body,
                _ => b"",
            };
            let params = Params::parse(query, body)?;
            let name = params.get("Action").ok_or_else(|| {
                Fault::new(
                    Code::MissingAction,
                    "The request names no Action parameter.",
                )
            })?;
            Ok((name.to_owned(), Parameters::of_query(params)))
        }
        Protocol::Json => Ok((target(parts)?, Parameters::of_json(&json(body)?))),
        Protocol::Rest => {
            let mut parameters = Parameters::of_json(&json(body)?);
            for (name, value) in Params::parse(query, b"")?.into_pairs() {
                parameters.add(&name, value);
            }
            let path = parts.uri.path();
            let name = rest::operation(&parts.method, path, &mut parameters).ok_or_else(|| {
                Fault::new(
                    Code::InvalidAction,
                    format!("The sandbox has no operation at {} {path}.", parts.method),
                )
            })?;
            Ok((name.to_owned(), parameters))
        }
    }
}

/// The operation in `X-Amz-Target`, after the last dot.
fn target(parts: &Parts) -> Result<String, Fault> {
    let target = parts.headers.get("x-amz-target");
    target
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.rsplit('.').next())
        .map(str::to_owned)
        .ok_or_else(|| {
            Fault::new(
                Code::MissingAction,
                "The request names no operation in X-Amz-Target.",
            )
        })
}

fn json(body: &Bytes) -> Result<Value, Fault> {
    if body.is_empty() {
        return Ok(Value::Null);
    }
    serde_json::from_slice(body)
        .map_err(|_| Fault::new(Code::ValidationException, "The request body is not JSON."))
}
