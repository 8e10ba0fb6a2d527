//! The document as a whole: version, ids, empty lists, size.

use std::collections::HashMap;

use super::quoted;
use crate::Version;
use crate::lint::document::{Document, Part};
use crate::lint::{Code, Finding, Options};

pub(super) fn check(
    document: &Document<'_>,
    options: &Options,
    size: usize,
    findings: &mut Vec<Finding>,
) {
    if document.policy.version() == Version::V2008 {
        findings.push(Finding::new(
            Code::OldVersion,
            "",
            "the policy is not of version 2012-10-17, the current one".to_owned(),
            "write `\"Version\": \"2012-10-17\"` at the top of the policy".to_owned(),
        ));
    }
    if let Some(limit) = document.limit(options).filter(|limit| size > *limit) {
        findings.push(Finding::new(
            Code::TooLarge,
            "",
            format!(
                "the policy has {size} characters, more than the {limit} that {}",
                options.attachment.described()
            ),
            "split it into several managed policies".to_owned(),
        ));
    }
    if document.statements.is_empty() {
        findings.push(Finding::new(
            Code::EmptyList,
            "/Statement",
            "the policy has no statements".to_owned(),
            "add a statement, or leave the policy out".to_owned(),
        ));
    }
    for part in &document.statements {
        empty_lists(part, findings);
    }
    ids(document, findings);
}

fn empty_lists(part: &Part<'_>, findings: &mut Vec<Finding>) {
    let mut report = |pointer: &str, consequence: &str| {
        findings.push(part.finding(
            Code::EmptyList,
            pointer,
            format!("the list is empty, so {consequence}"),
            "list what is meant, or leave the statement out".to_owned(),
        ));
    };
    let actions = Some(part.statement.actions());
    for (name, selection) in [
        ("Action", actions),
        ("Resource", part.statement.resources()),
    ] {
        let Some(selection) = selection.filter(|selection| selection.patterns().next().is_none())
        else {
            continue;
        };
        if selection.is_negated() {
            report(
                &format!("{}/Not{name}", part.pointer),
                "it excludes nothing",
            );
        } else {
            report(
                &format!("{}/{name}", part.pointer),
                "the statement never applies",
            );
        }
    }
    for entry in &part.conditions {
        if entry.values.is_empty() {
            report(&entry.pointer, "no value matches it");
        }
    }
}

/// Source: "IAM JSON policy elements: Sid". Policies of resources may have other characters.
fn ids(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let strict = !document.is_of_resource();
    let mut first: HashMap<&str, usize> = HashMap::new();
    for part in &document.statements {
        let Some(sid) = part.statement.sid().filter(|sid| !sid.is_empty()) else {
            continue;
        };
        let pointer = format!("{}/Sid", part.pointer);
        if let Some(earlier) = first.get(sid) {
            findings.push(part.finding(
                Code::DuplicateSid,
                &pointer,
                format!(
                    "statement {} has the `Sid` {} already",
                    earlier + 1,
                    quoted(sid)
                ),
                "give it an id of its own, or none".to_owned(),
            ));
        } else {
            first.insert(sid, part.index);
        }
        if strict && !sid.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            findings.push(part.finding(
                Code::InvalidSid,
                &pointer,
                format!(
                    "the `Sid` {} has other characters than letters and digits",
                    quoted(sid)
                ),
                "write it with letters and digits only".to_owned(),
            ));
        }
    }
}
