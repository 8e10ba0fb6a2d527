//! What a reader was seen to read, as JSON Schema.

use serde_json::{Map, Value, json};

use super::Field;

/// One thing that a reader asked for.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) field: Field,
    pub(crate) kind: Kind,
    /// Whether it must be there.
    pub(crate) required: bool,
}

/// What it was read as.
#[derive(Debug)]
pub(crate) enum Kind {
    Text,
    Texts,
    Flag,
    /// A whole number from, to, and where it is not there.
    Number(u32, u32, u32),
    /// One of these.
    Word(Vec<&'static str>),
    /// Any of these.
    Words(Vec<&'static str>),
    /// Any names, each with one of these.
    WordByName(Vec<&'static str>),
    Object(Vec<Asked>),
}

impl Asked {
    /// Its schema. What may be left out may be null in a body, which means the same.
    pub(super) fn schema(&self, may_be_null: bool) -> Value {
        let mut schema = match &self.kind {
            Kind::Text => self.field.text(),
            Kind::Texts => list(Value::Object(self.field.text())),
            Kind::Flag => typed("boolean"),
            Kind::Number(from, to, default) => {
                let mut schema = typed("integer");
                schema.insert("minimum".to_owned(), json!(from));
                schema.insert("maximum".to_owned(), json!(to));
                schema.insert("default".to_owned(), json!(default));
                schema
            }
            Kind::Word(words) => word(words),
            Kind::Words(words) => list(Value::Object(word(words))),
            Kind::WordByName(words) => {
                let mut schema = typed("object");
                schema.insert("additionalProperties".to_owned(), word(words).into());
                schema
            }
            Kind::Object(asked) => object(asked),
        };
        if may_be_null && !self.required {
            or_null(&mut schema);
        }
        schema.insert("description".to_owned(), json!(self.field.about()));
        schema.into()
    }
}

/// An object with nothing else than what was asked for.
pub(crate) fn object(asked: &[Asked]) -> Map<String, Value> {
    let properties = asked
        .iter()
        .map(|one| (one.field.name.to_owned(), one.schema(true)));
    let properties: Map<String, Value> = properties.collect();
    let required = asked.iter().filter(|one| one.required);
    let required: Vec<&str> = required.map(|one| one.field.name).collect();
    let mut schema = typed("object");
    schema.insert("properties".to_owned(), properties.into());
    schema.insert("required".to_owned(), json!(required));
    schema.insert("additionalProperties".to_owned(), json!(false));
    schema
}

fn typed(name: &str) -> Map<String, Value> {
    Map::from_iter([("type".to_owned(), json!(name))])
}

fn list(items: Value) -> Map<String, Value> {
    let mut schema = typed("array");
    schema.insert("items".to_owned(), items);
    schema
}

fn word(words: &[&str]) -> Map<String, Value> {
    let mut schema = typed("string");
    schema.insert("enum".to_owned(), json!(words));
    schema
}

fn or_null(schema: &mut Map<String, Value>) {
    if let Some(kind) = schema.get_mut("type") {
        *kind = json!([kind.take(), "null"]);
    }
    if let Some(Value::Array(ways)) = schema.get_mut("anyOf") {
        ways.push(json!({"type": "null"}));
    }
    if let Some(Value::Array(words)) = schema.get_mut("enum") {
        words.push(Value::Null);
    }
}
