//! Policy documents, ready to hand to IAM.

mod pretty;

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::release::Statement;
use crate::requirement::Requirement;

/// An IAM policy document with the release's order of statements and actions.
#[derive(Clone, Debug, PartialEq)]
pub struct PolicyDocument {
    json: Value,
    statements: usize,
    entries: usize,
    unique_actions: usize,
}

impl PolicyDocument {
    /// Statements of which no requirement is left disappear.
    pub(crate) fn new<'a>(
        version: &str,
        statements: impl Iterator<Item = (&'a Statement, Vec<&'a Requirement>)>,
    ) -> Self {
        let kept: Vec<_> = statements
            .filter(|(_, needed)| !needed.is_empty())
            .collect();
        let needed = || kept.iter().flat_map(|(_, needed)| needed);
        let actions: BTreeSet<&str> = needed().map(|r| r.action.as_str()).collect();
        let json: Vec<Value> = kept
            .iter()
            .map(|(statement, needed)| statement_json(statement, needed))
            .collect();
        Self {
            json: json!({"Version": version, "Statement": json}),
            statements: kept.len(),
            entries: needed().count(),
            unique_actions: actions.len(),
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
        let text = self.to_compact();
        text.chars().filter(|c| !c.is_whitespace()).count()
    }
}

fn statement_json(statement: &Statement, needed: &[&Requirement]) -> Value {
    let actions: Vec<&str> = needed.iter().map(|r| r.action.as_str()).collect();
    let mut json = Map::new();
    json.insert("Effect".to_owned(), json!("Allow"));
    json.insert("Action".to_owned(), json!(actions));
    json.insert("Resource".to_owned(), json!(statement.resources));
    if let Some(condition) = needed.first().and_then(|r| r.condition.as_ref()) {
        let condition = json!({ &condition.operator: { &condition.key: &condition.value } });
        json.insert("Condition".to_owned(), condition);
    }
    Value::Object(json)
}
