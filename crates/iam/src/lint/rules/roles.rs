//! Passing roles, and service-linked roles.

use super::{listed, quoted};
use crate::Effect;
use crate::condition::Test;
use crate::lint::document::{Document, Entry, Meaning, Part};
use crate::lint::glob::{Glob, Token, includes};
use crate::lint::{Code, Finding};

pub(super) fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    for part in &document.statements {
        if part.statement.effect() == Effect::Allow {
            pass_role(part, findings);
        }
        service_linked_role(document, part, findings);
    }
}

/// The entries that mean this action of IAM and were written for it, as `iam:*` was not.
fn entries_for<'p>(part: &'p Part<'_>, name: &'static str) -> impl Iterator<Item = &'p Entry> {
    let begins_alike = |entry: &Entry| {
        let start: Vec<Token> = "iam:pass".chars().map(Token::Char).collect();
        entry.glob.is_literal() || entry.glob.tokens.starts_with(&start)
    };
    part.selected_actions()
        .iter()
        .filter_map(move |action| match &action.meaning {
            Meaning::Of(service, actions)
                if service.prefix() == "iam"
                    && actions.iter().any(|action| action.name() == name)
                    && begins_alike(&action.entry) =>
            {
                Some(&action.entry)
            }
            _ => None,
        })
}

/// Source: "Grant a user permissions to pass a role to an AWS service".
fn pass_role(part: &Part<'_>, findings: &mut Vec<Finding>) {
    const LIMITS: [&str; 2] = ["iam:PassedToService", "iam:AssociatedResourceArn"];
    let is_limited = part.conditions.iter().any(|entry| {
        let key = entry.condition.key();
        LIMITS.iter().any(|limit| limit.eq_ignore_ascii_case(key))
            && !entry.condition.operator().is_negated()
            && !entry.condition.operator().holds_without_key()
    });
    let any_role = Glob::read("role/*", true, false);
    let is_any_role = |entry: &Entry| match entry.glob.segments() {
        Some([_, _, _, _, _, path]) => includes(path, &any_role.tokens),
        None => entry.glob.tokens.last() == Some(&Token::Many),
    };
    if is_limited || !part.selected_resources().iter().any(is_any_role) {
        return;
    }
    for entry in entries_for(part, "PassRole") {
        findings.push(part.finding(
            Code::PassRoleOnAnyRole,
            &entry.pointer,
            format!(
                "{} is allowed on every role, to be passed to any service",
                quoted(&entry.text)
            ),
            "list the roles, or add the condition `iam:PassedToService`".to_owned(),
        ));
    }
}

/// The role is made at `/aws-service-role/SERVICE/`, with the service that the request names.
/// Source: "Service-linked role permissions".
fn service_linked_role(document: &Document<'_>, part: &Part<'_>, findings: &mut Vec<Finding>) {
    if entries_for(part, "CreateServiceLinkedRole")
        .next()
        .is_none()
    {
        return;
    }
    let named = part.conditions.iter().filter(|entry| {
        let condition = entry.condition;
        condition.key().eq_ignore_ascii_case("iam:AWSServiceName")
            && matches!(condition.test, Test::Text { .. })
            && !condition.operator().is_negated()
            && !condition.operator().holds_without_key()
    });
    for condition in named {
        for resource in part.selected_resources() {
            let Some(service) = service_of(resource) else {
                continue;
            };
            let mut values = condition.values.iter();
            if values.any(|value| document.intersects(&service, &value.glob.tokens)) {
                continue;
            }
            let values: Vec<String> = condition
                .values
                .iter()
                .map(|value| value.text.clone())
                .collect();
            findings.push(part.finding(
                Code::ServiceLinkedRoleMismatch,
                &resource.pointer,
                format!(
                    "the role's path names the service {}, the condition `iam:AWSServiceName` {}: the statement very likely never applies",
                    quoted(&shown(&service)),
                    listed(&values),
                ),
                format!("name the same service in both, {} if the condition is right", listed(&values)),
            ));
        }
    }
}

/// The tokens between `role/aws-service-role/` and the next slash, when both are written.
fn service_of(resource: &Entry) -> Option<Vec<Token>> {
    let [_, _, _, _, _, path] = resource.glob.segments()?;
    let start: Vec<Token> = "role/aws-service-role/".chars().map(Token::Char).collect();
    let rest = path.strip_prefix(start.as_slice())?;
    let end = rest.iter().position(|token| *token == Token::Char('/'))?;
    rest.get(..end).map(<[Token]>::to_vec)
}

fn shown(tokens: &[Token]) -> String {
    let text = tokens.iter().map(|token| match token {
        Token::Char(character) => character.to_string(),
        Token::One => "?".to_owned(),
        Token::Variable(name) => format!("${{{name}}}"),
        Token::Many | Token::Without(_) => "*".to_owned(),
    });
    text.collect()
}
