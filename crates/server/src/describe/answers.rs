//! The answers of an endpoint that are no refusals.

use schemars::SchemaGenerator;
use serde_json::{Map, Value, json};

use super::operation::Answer;
use super::{Field, headers as known};

/// The headers that answers refer to.
pub(super) fn all_headers() -> Value {
    let written = known::OF_ANSWERS.iter().map(|field| {
        let header = json!({
            "description": field.about(),
            "required": true,
            "schema": field.text(),
        });
        (field.name.to_owned(), header)
    });
    Value::Object(written.collect())
}

/// An answer; one that is kept says so when it is given again.
pub(super) fn told(answer: &Answer, kept: bool, schemas: &mut SchemaGenerator) -> Value {
    let mut fields = answer.headers.clone();
    fields.push((known::REQUEST_ID, true));
    if kept {
        fields.push((known::REPLAYED, false));
    }
    let content = answer.content.iter();
    let content: Map<String, Value> = content
        .map(|(media_type, schema)| ((*media_type).to_owned(), json!({"schema": schema(schemas)})))
        .collect();
    let mut written = json!({
        "description": answer.about,
        "headers": headers(&fields),
    });
    if let (false, Some(written)) = (content.is_empty(), written.as_object_mut()) {
        written.insert("content".to_owned(), content.into());
    }
    written
}

/// The headers of an answer, each with whether it is always there.
pub(super) fn headers(fields: &[(Field, bool)]) -> Value {
    let written = fields.iter().map(|(field, always)| {
        let header = match always {
            true => json!({"$ref": format!("#/components/headers/{}", field.name)}),
            false => json!({
                "description": field.about(),
                "required": false,
                "schema": field.text(),
            }),
        };
        (field.name.to_owned(), header)
    });
    Value::Object(written.collect())
}
