//! Policy documents, ready to hand to IAM.

mod granting;
mod pretty;

use std::borrow::Cow;
use std::collections::BTreeSet;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use crate::requirement::Condition;

/// JSON in the layout of the Kommander page.
pub(crate) fn pretty(value: &Value) -> String {
    pretty::print(value)
}

/// One `Allow` statement to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) actions: Vec<String>,
    pub(crate) resources: Vec<String>,
    pub(crate) conditions: Vec<Condition>,
}

/// An IAM policy document with the release's order of statements and actions.
#[derive(Clone, Debug, PartialEq)]
pub struct PolicyDocument {
    json: Value,
    statements: usize,
    entries: usize,
    unique_actions: usize,
}

/// IAM's grammar of policies is not repeated here (IAM User Guide, "Grammar of the IAM JSON policy
/// language").
impl JsonSchema for PolicyDocument {
    fn schema_name() -> Cow<'static, str> {
        "PolicyDocument".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "An IAM policy document.",
            "type": "object",
            "properties": {
                "Version": {"type": "string"},
                "Statement": {"type": "array", "items": {"type": "object"}},
            },
            "required": ["Version", "Statement"],
        })
    }
}

impl PolicyDocument {
    pub(crate) fn new(version: &str, blocks: &[Block]) -> Self {
        let actions = || blocks.iter().flat_map(|block| &block.actions);
        let unique: BTreeSet<&String> = actions().collect();
        let json: Vec<Value> = blocks.iter().map(statement_json).collect();
        Self {
            json: json!({"Version": version, "Statement": json}),
            statements: blocks.len(),
            entries: actions().count(),
            unique_actions: unique.len(),
        }
    }

    /// The document in the layout of the Kommander page: two spaces, short lists on one line.
    /// Ends without a line break.
    #[must_use]
    pub fn to_pretty(&self) -> String {
        pretty::print(&self.json)
    }

    /// The document on one line, without white space.
    #[must_use]
    pub fn to_compact(&self) -> String {
        self.json.to_string()
    }

    /// The document as JSON.
    #[must_use]
    pub fn as_json(&self) -> &Value {
        &self.json
    }

    /// How many statements it has.
    #[must_use]
    pub fn statements(&self) -> usize {
        self.statements
    }

    /// How many actions all statements list together, repetitions counted.
    #[must_use]
    pub fn entries(&self) -> usize {
        self.entries
    }

    /// How many different actions it lists.
    #[must_use]
    pub fn unique_actions(&self) -> usize {
        self.unique_actions
    }

    /// Its size in characters as IAM counts it: white space is free. A managed policy may have
    /// 6,144, a user's inline policies 2,048 together ("IAM and AWS STS quotas").
    #[must_use]
    pub fn size(&self) -> usize {
        size_of(&self.json)
    }
}

impl Block {
    /// Its size as part of a document, without the comma between it and another one.
    pub(crate) fn size(&self) -> usize {
        size_of(&statement_json(self))
    }
}

fn size_of(json: &Value) -> usize {
    let text = json.to_string();
    text.chars().filter(|c| !c.is_whitespace()).count()
}

fn statement_json(block: &Block) -> Value {
    let mut json = Map::new();
    json.insert("Effect".to_owned(), json!("Allow"));
    json.insert("Action".to_owned(), json!(block.actions));
    json.insert("Resource".to_owned(), json!(block.resources));
    if !block.conditions.is_empty() {
        json.insert("Condition".to_owned(), conditions_json(&block.conditions));
    }
    Value::Object(json)
}

/// By operator, then by key.
fn conditions_json(conditions: &[Condition]) -> Value {
    let mut operators = Map::new();
    for condition in conditions {
        let keys = operators.entry(&condition.operator);
        if let Value::Object(keys) = keys.or_insert_with(|| json!({})) {
            keys.insert(condition.key.clone(), json!(condition.value));
        }
    }
    Value::Object(operators)
}
