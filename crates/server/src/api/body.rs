//! JSON bodies, read into a tree that forgets its texts.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse as _;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use zeroize::Zeroizing;

use super::fields::Fields;
use crate::describe::Asked;
use crate::limits::Limits;
use crate::problem::{Code, Problem};

/// The most bytes of a body.
pub(crate) const BODY_LIMIT: usize = 64 * 1024;

/// A JSON value as it was sent. Its texts are wiped when it is dropped, it has
/// no `Debug`, and no error repeats what it holds: any of them may be a secret.
pub(super) enum Json {
    Null,
    Bool(bool),
    Number,
    Text(Zeroizing<String>),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

/// What is read from a body.
pub(crate) trait Input: Sized {
    /// What the document calls it.
    const NAME: &'static str;

    /// Reads it. None where a fault was told at its field; what a field may hold beyond its type is
    /// the domain's business.
    fn read(fields: &mut Fields) -> Option<Self>;

    /// Says in the document what is not seen by looking at single fields.
    fn narrow(_schema: &mut serde_json::Map<String, serde_json::Value>) {}

    /// What is asked for.
    fn asked() -> Vec<Asked> {
        let mut fields = Fields::to_note();
        let _ = Self::read(&mut fields);
        fields.asked()
    }
}

/// What came as the body of a request: a JSON object, read strictly.
pub(crate) struct Body<T>(pub(crate) T);

/// The same where nothing needs to be said: no body is an empty object.
pub(crate) struct OptionalBody<T>(pub(crate) T);

impl<T: Input, S: Sync> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        // What is not JSON is not waited for.
        if !is_json(request.headers()) {
            return Err(no_json());
        }
        input(parsed(&collect(request).await?)?).map(Self)
    }
}

impl<T: Input, S: Sync> FromRequest<S> for OptionalBody<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let is_json = is_json(request.headers());
        let bytes = collect(request).await?;
        let fields = match (bytes.is_empty(), is_json) {
            (true, _) => Fields::new(Vec::new()),
            (false, true) => parsed(&bytes)?,
            (false, false) => return Err(no_json()),
        };
        input(fields).map(Self)
    }
}

fn input<T: Input>(mut fields: Fields) -> Result<T, Problem> {
    let read = T::read(&mut fields);
    fields.finish()?;
    read.ok_or_else(|| Problem::internal(&"a fault of the body was not told at its field"))
}

fn no_json() -> Problem {
    Problem::new(
        Code::UnsupportedMediaType,
        "send the body as JSON with `Content-Type: application/json`",
    )
}

fn parsed(bytes: &Bytes) -> Result<Fields, Problem> {
    let value = serde_json::from_slice(bytes).map_err(|error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        Problem::new(
            Code::MalformedBody,
            format!("the body is not JSON: see {place}"),
        )
    })?;
    match value {
        Json::Object(fields) => Ok(Fields::new(fields)),
        _ => Err(Problem::new(
            Code::MalformedBody,
            "the body is JSON but not an object; send `{…}`",
        )),
    }
}

/// Takes the whole body of a request, within [`BODY_LIMIT`].
pub(crate) async fn collect(request: Request) -> Result<Bytes, Problem> {
    Limits::of(&request)
        .in_time(Bytes::from_request(request, &()))
        .await?
        .map_err(|rejection| match rejection.into_response().status() {
            StatusCode::PAYLOAD_TOO_LARGE => Problem::new(
                Code::TooLarge,
                format!(
                    "the body is larger than {} KiB, the most that is taken",
                    BODY_LIMIT / 1024
                ),
            ),
            _ => Problem::new(
                Code::MalformedBody,
                "the body did not arrive whole; send it again",
            ),
        })
}

fn is_json(headers: &HeaderMap) -> bool {
    let value = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let essence = value
        .and_then(|value| value.split(';').next())
        .unwrap_or_default();
    essence.trim().eq_ignore_ascii_case("application/json")
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Json, E> {
        Ok(Json::Number)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Json, E> {
        Ok(Json::Number)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Json, E> {
        Ok(Json::Number)
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::Text(Zeroizing::new(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json, A::Error> {
        let mut object = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            object.push(entry);
        }
        Ok(Json::Object(object))
    }
}
