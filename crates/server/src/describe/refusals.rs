//! The refusals of an endpoint: those that it names, and those that follow from what it reads.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{Operation, headers};
use crate::problem::Code;
use crate::repeat;
use crate::routes::{Access, RouteInfo};

/// The codes by status.
pub(super) fn of(route: &RouteInfo, operation: &Operation) -> BTreeMap<u16, Vec<&'static str>> {
    let mut codes = operation.refusals.clone();
    codes.extend([Code::Internal, Code::TimedOut]);
    if route.path.starts_with("/api/") {
        codes.push(Code::InvalidInput);
    }
    if route.access == Access::SignedIn {
        codes.push(Code::NotSignedIn);
    }
    if operation
        .action
        .is_some_and(|action| action.may_be_forbidden())
    {
        codes.push(Code::Forbidden);
    }
    if !route.method.is_safe() {
        codes.push(Code::CrossSite);
    }
    if route.path.contains('{') {
        codes.push(Code::NotFound);
    }
    if operation.body.is_some() {
        codes.extend([
            Code::MalformedBody,
            Code::TooLarge,
            Code::TooSlow,
            Code::UnsupportedMediaType,
        ]);
    }
    codes.extend_from_slice(repeat::refusals(route));
    let mut by_status: BTreeMap<u16, Vec<&'static str>> = BTreeMap::new();
    for code in Code::all().filter(|code| codes.contains(code)) {
        let status = code.status().as_u16();
        by_status.entry(status).or_default().push(code.name());
    }
    by_status
}

/// The refusals that the document has so far, by the name that operations refer to them by.
#[derive(Default)]
pub(super) struct Refusals(pub(super) Map<String, Value>);

impl Refusals {
    /// A reference to the refusal with these codes.
    pub(super) fn refer(&mut self, codes: &[&'static str]) -> Value {
        let name = codes.join(".");
        let reference = json!({"$ref": format!("#/components/responses/{name}")});
        self.0.entry(name).or_insert_with(|| response(codes));
        reference
    }
}

/// A refusal with one of these codes.
fn response(codes: &[&'static str]) -> Value {
    let titles = codes.iter().filter_map(|name| Code::named(name));
    let titles: Vec<&str> = titles.map(Code::title).collect();
    let mut told = vec![(headers::REQUEST_ID, true)];
    for code in codes.iter().filter_map(|name| Code::named(name)) {
        match code {
            Code::NotSignedIn => told.push((headers::WWW_AUTHENTICATE, true)),
            Code::TooManyAttempts => told.push((headers::RETRY_AFTER, true)),
            // Its codes share the status with others, which stand nowhere.
            Code::RequestRunning => told.push((headers::RETRY_AFTER, false)),
            Code::CheckRunning => told.push((headers::LOCATION, false)),
            _ => {}
        }
    }
    json!({
        "description": format!("{}.", titles.join("; ")),
        "headers": super::answers::headers(&told),
        "content": {"application/problem+json": {"schema": {
            "allOf": [
                {"$ref": "#/components/schemas/Problem"},
                {"properties": {"code": {"type": "string", "enum": codes}}},
            ],
        }}},
    })
}
