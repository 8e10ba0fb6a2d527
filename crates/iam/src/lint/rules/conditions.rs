//! Values that are not of their operator's kind, and variables that are written wrongly.

use super::quoted;
use crate::condition::Test;
use crate::lint::document::{ConditionEntry, Document, Entry, Part};
use crate::lint::glob::Token;
use crate::lint::{Code, Finding};
use crate::{Condition, Version};

pub(super) fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let version = document.policy.version();
    for part in &document.statements {
        for entry in &part.resources {
            variables(part, entry, version, findings);
        }
        for condition in &part.conditions {
            values(part, condition, findings);
            if matches!(
                condition.condition.test,
                Test::Text { .. } | Test::Arn(_) | Test::Bool(_)
            ) {
                for value in &condition.values {
                    variables(part, value, version, findings);
                }
            }
        }
    }
}

fn variables(part: &Part<'_>, entry: &Entry, version: Version, findings: &mut Vec<Finding>) {
    let shown = quoted(&entry.text);
    if version == Version::V2008 && entry.text.contains("${") {
        findings.push(part.finding(
            Code::VariablesWithoutVersion,
            &entry.pointer,
            format!(
                "{shown} is taken as plain text, because the policy is not of version 2012-10-17"
            ),
            "write `\"Version\": \"2012-10-17\"` at the top of the policy".to_owned(),
        ));
    }
    if entry.glob.is_broken {
        findings.push(part.finding(
            Code::BrokenVariable,
            &entry.pointer,
            format!(
                "{shown} has a variable that is not closed or has no name, so it matches nothing"
            ),
            "write `${key}`; for the characters themselves `${$}{`".to_owned(),
        ));
    }
}

fn values(part: &Part<'_>, entry: &ConditionEntry<'_>, findings: &mut Vec<Finding>) {
    let Some((kind, example)) = kind(entry.condition) else {
        return;
    };
    let operator = entry.condition.operator();
    let invalid = invalid(entry);
    for value in invalid {
        findings.push(part.finding(
            Code::InvalidConditionValue,
            &value.pointer,
            format!(
                "{} is no {kind}, which `{operator}` compares with",
                quoted(&value.text)
            ),
            format!("write a {kind}, such as `{example}`"),
        ));
    }
}

fn kind(condition: &Condition) -> Option<(&'static str, &'static str)> {
    match condition.test {
        Test::Numeric(..) => Some(("number", "3600")),
        Test::Date(..) => Some(("date", "2026-01-31T00:00:00Z")),
        Test::Ip(_) => Some(("range of addresses", "203.0.113.0/24")),
        Test::Binary(_) => Some(("base64 text", "QmluYXJ5")),
        Test::Null(_) | Test::Bool(_) => Some(("boolean", "true")),
        Test::Arn(_) => Some(("pattern of ARNs", "arn:aws:s3:::bucket/*")),
        Test::Text { .. } => None,
    }
}

/// The values that match nothing, whatever the request.
fn invalid<'e>(entry: &'e ConditionEntry<'_>) -> Vec<&'e Entry> {
    fn missing<T>(parsed: &[Option<T>]) -> Vec<bool> {
        parsed.iter().map(Option::is_none).collect()
    }
    let is_invalid = match &entry.condition.test {
        Test::Numeric(_, parsed) => missing(parsed),
        Test::Date(_, parsed) => missing(parsed),
        Test::Ip(parsed) => missing(parsed),
        Test::Binary(parsed) => missing(parsed),
        Test::Null(parsed) => missing(parsed),
        Test::Bool(_) => entry.values.iter().map(is_no_boolean).collect(),
        Test::Arn(_) => entry.values.iter().map(is_no_arn).collect(),
        Test::Text { .. } => Vec::new(),
    };
    let values = entry.values.iter().zip(is_invalid);
    values
        .filter_map(|(value, invalid)| invalid.then_some(value))
        .collect()
}

fn is_no_boolean(value: &Entry) -> bool {
    let text = &value.text;
    let has_variable = value
        .glob
        .tokens
        .iter()
        .any(|token| matches!(token, Token::Variable(_)));
    !has_variable
        && !["true", "false"]
            .iter()
            .any(|known| text.eq_ignore_ascii_case(known))
}

/// The ARN operators compare six segments; a variable may hold several, and `*` alone holds none.
fn is_no_arn(value: &Entry) -> bool {
    let has_variable = value
        .glob
        .tokens
        .iter()
        .any(|token| matches!(token, Token::Variable(_)));
    !has_variable && value.glob.segments().is_none()
}
