//! Which operation of which service a request is for.

use axum::body::Bytes;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};

use crate::fault::{Code, Fault};
use crate::operations::{self, Operation};
use crate::services;
use crate::services::row::Row;
use crate::wire::inputs::Inputs;
use crate::wire::params::Params;
use crate::wire::percent;
use crate::wire::service::{Protocol, Service};

/// An operation and what the request says to it.
pub(crate) enum Routed {
    /// IAM and STS, which have state.
    Operation(&'static Operation, Params),
    /// All others, which are decided and otherwise know of nothing.
    Row(&'static Row, Inputs),
}

impl Routed {
    pub(crate) fn service(&self) -> Service {
        match self {
            Routed::Operation(operation, _) => operation.service,
            Routed::Row(row, _) => row.service,
        }
    }

    /// The operation's name as policies have it.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Routed::Operation(operation, _) => operation.name,
            Routed::Row(row, _) => row.name,
        }
    }
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// The service in the scope of the signature.
fn scope(headers: &HeaderMap) -> Option<Service> {
    let authorization = header(headers, "authorization")?;
    let (before, _) = authorization.split_once("/aws4_request")?;
    Service::of_scope(before.rsplit('/').next()?)
}

fn is_json(headers: &HeaderMap) -> bool {
    headers.contains_key("x-amz-target")
        || header(headers, "content-type").is_some_and(|kind| kind.contains("json"))
}

/// The service that a request seems to be for: a refusal goes back in a form that its client can
/// read, also where it cannot be read further.
pub(crate) fn seemingly(parts: &Parts) -> Service {
    let target = header(&parts.headers, "x-amz-target").and_then(Service::of_target);
    let scope = scope(&parts.headers);
    match (target, scope) {
        (Some((service, _)), _) => service,
        (None, Some(Service::S3)) => Service::S3,
        _ if parts.uri.path() != "/" => Service::Eks,
        _ if is_json(&parts.headers) => scope
            .filter(|service| matches!(service.protocol(), Protocol::Json(_)))
            .unwrap_or(Service::Tagging),
        (None, Some(service)) => service,
        (None, None) => Service::Iam,
    }
}

/// Finds the operation.
pub(crate) fn find(parts: &Parts, body: &Bytes) -> Result<Routed, Fault> {
    let service = seemingly(parts);
    match service.protocol() {
        Protocol::RestJson | Protocol::RestXml => rest(service, parts, body),
        Protocol::Json(_) => json(parts, body),
        Protocol::Query | Protocol::Ec2 => query(service, parts, body),
    }
}

fn query(seems: Service, parts: &Parts, body: &Bytes) -> Result<Routed, Fault> {
    let query = parts.uri.query().unwrap_or("");
    let params = match parts.method {
        Method::GET if body.is_empty() => Params::parse(query, b"")?,
        Method::POST => Params::parse(query, body)?,
        _ => return Err(foreign()),
    };
    let name = params.get("Action").ok_or_else(|| {
        Fault::new(
            Code::MissingAction,
            "The request names no Action parameter.",
        )
    })?;
    let version = params.get("Version");
    let service = version.and_then(Service::of_version).unwrap_or(seems);
    if let Some(row) = services::named(service, name)
        && version.is_none_or(|version| version == service.version())
    {
        return Ok(Routed::Row(row, Inputs::of_params(&params)));
    }
    let operation = operations::find(name, version)?;
    Ok(Routed::Operation(operation, params))
}

fn json(parts: &Parts, body: &Bytes) -> Result<Routed, Fault> {
    let target = header(&parts.headers, "x-amz-target").unwrap_or_default();
    let found = Service::of_target(target).filter(|_| parts.method == Method::POST);
    let (service, name) = found.ok_or_else(foreign)?;
    let row = services::named(service, name).ok_or_else(|| operations::unknown(name, target))?;
    Ok(Routed::Row(row, Inputs::of_json(body)?))
}

fn rest(service: Service, parts: &Parts, body: &Bytes) -> Result<Routed, Fault> {
    let path = parts.uri.path();
    let query = pairs(parts.uri.query().unwrap_or(""))?;
    let call = services::rest::Call {
        method: parts.method.as_str(),
        path,
        query: &query,
    };
    let (row, of_path) = services::rest::find(service, &call)?.ok_or_else(foreign)?;
    let mut inputs = match service.protocol() {
        Protocol::RestJson => Inputs::of_json(body)?,
        _ => Inputs::default(),
    };
    for (name, value) in of_path.iter().chain(&query) {
        inputs.add(name, value);
    }
    Ok(Routed::Row(row, inputs))
}

/// The parameters of a path; one may be there several times.
fn pairs(query: &str) -> Result<Vec<(String, String)>, Fault> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        percent::decode_form(name).zip(percent::decode_form(value))
    });
    pairs.collect::<Option<_>>().ok_or_else(|| {
        Fault::new(
            Code::MalformedQueryString,
            "The query string has a broken percent-escape.",
        )
    })
}

fn foreign() -> Fault {
    Fault::new(
        Code::InvalidAction,
        format!(
            "The sandbox does not have this operation or service. {}",
            operations::inventory()
        ),
    )
}
