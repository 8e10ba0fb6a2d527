//! The document as a whole.

use std::sync::LazyLock;

use axum::http::Method;
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::operation::BodyShape;
use super::refusals::{self, Refusals};
use super::{Asked, Field, Operation, Tag, answers, path};
use crate::problem::ProblemBody;
use crate::repeat;
use crate::routes::{Access, RouteInfo, routes};

static TEXT: LazyLock<String> = LazyLock::new(|| format!("{:#}\n", openapi()));

/// The document as it is served.
pub fn openapi_text() -> &'static str {
    &TEXT
}

/// The API as an OpenAPI 3.1 document.
pub fn openapi() -> Value {
    let mut schemas = generator();
    schemas.subschema_for::<ProblemBody<'_>>();
    let mut refused = Refusals::default();
    let mut bodies = Map::new();
    let mut paths: Map<String, Value> = Map::new();
    for route in routes() {
        let Some(operation) = route.describe.map(|describe| describe()) else {
            continue;
        };
        if let Some(body) = &operation.body {
            bodies.insert(body.name.to_owned(), body.schema.clone().into());
        }
        let written = written(route, &operation, &mut schemas, &mut refused);
        let at = paths.entry(route.path).or_insert_with(|| json!({}));
        if let Some(at) = at.as_object_mut() {
            at.insert(route.method.as_str().to_lowercase(), written);
        }
    }
    bodies.append(&mut schemas.take_definitions(true));
    bodies.sort_keys();
    json!({
        "openapi": "3.1.1",
        "info": {
            "title": "Commissary",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Infrastructure providers for Kubernetes fleets: made, verified, kept.",
            "description": ABOUT,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/", "description": "The server that this document came from."}],
        "security": [{"token": []}, {"session": []}],
        "tags": Tag::ALL.map(|tag| {
            let (name, about) = tag.row();
            json!({"name": name, "description": about})
        }),
        "paths": paths,
        "components": {
            "schemas": bodies,
            "responses": refused.0,
            "headers": answers::all_headers(),
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A token, made with `commissary token create` or in the console.",
                },
                "session": {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": "__Host-commissary-session",
                    "description": "The console's session. Over plain HTTP the cookie is called `commissary-session`.",
                },
            },
        },
    })
}

const ABOUT: &str = "Every answer carries an `X-Request-Id`. Refusals are `application/problem+json` \
    (RFC 9457) with a stable `code`. Fields and parameters that are not known are refused. What one \
    may not see answers 404.";

/// Answers are described as they are written.
fn generator() -> SchemaGenerator {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let settings = settings.with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    settings.into_generator()
}

fn written(
    route: &RouteInfo,
    operation: &Operation,
    schemas: &mut SchemaGenerator,
    refused: &mut Refusals,
) -> Value {
    let mut parameters = path::parameters(route.path);
    parameters.extend(operation.query.iter().map(query));
    parameters.extend(
        operation
            .headers
            .iter()
            .map(|(field, required)| parameter("header", field, *required, field.text().into())),
    );
    let kept = repeat::keeps(route);
    if kept {
        let key = &repeat::FIELD;
        parameters.push(parameter("header", key, false, key.text().into()));
    }
    let mut responses = Map::new();
    for answer in &operation.answers {
        let told = answers::told(answer, kept, schemas);
        responses.insert(answer.status.as_u16().to_string(), told);
    }
    for (status, codes) in refusals::of(route, operation) {
        responses.insert(status.to_string(), refused.refer(&codes));
    }
    let (tag, _) = operation.tag.row();
    let mut written = json!({
        "operationId": operation.id,
        "tags": [tag],
        "summary": operation.summary,
        "description": about(route, operation),
        "parameters": parameters,
        "responses": responses,
    });
    if let Some(written) = written.as_object_mut() {
        if let Some(body) = &operation.body {
            written.insert("requestBody".to_owned(), request(body));
        }
        if route.access == Access::Public {
            written.insert("security".to_owned(), json!([]));
        }
    }
    written
}

/// What is said for people, and what it takes.
fn about(route: &RouteInfo, operation: &Operation) -> String {
    let mut sentences: Vec<String> = operation
        .about
        .iter()
        .map(|one| (*one).to_owned())
        .collect();
    sentences.push(match (operation.action, route.access) {
        (Some(action), _) => format!("It takes {}.", action.takes()),
        (None, Access::SignedIn) => "It takes somebody who is signed in.".to_owned(),
        (None, Access::Public) => "Anybody may ask.".to_owned(),
    });
    if route.method == Method::DELETE && operation.body.is_none() && operation.about.is_none() {
        sentences.insert(0, "It cannot be undone.".to_owned());
    }
    sentences.join(" ")
}

fn query(asked: &Asked) -> Value {
    parameter("query", &asked.field, asked.required, asked.schema(false))
}

fn parameter(place: &str, field: &Field, required: bool, schema: Value) -> Value {
    let mut written = json!({
        "name": field.name,
        "in": place,
        "required": required,
        "description": field.about(),
        "schema": schema,
    });
    if let (Some(example), Some(written)) = (field.sample(), written.as_object_mut()) {
        written.insert("example".to_owned(), json!(example));
    }
    written
}

fn request(body: &BodyShape) -> Value {
    let schema = format!("#/components/schemas/{}", body.name);
    let examples = body.examples.iter();
    let examples = examples.map(|(name, value)| ((*name).to_owned(), json!({"value": value})));
    json!({
        "required": body.required,
        "content": {"application/json": {
            "schema": {"$ref": schema},
            "examples": examples.collect::<Map<_, _>>(),
        }},
    })
}
