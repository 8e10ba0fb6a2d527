//! ARNs that name their partition in a policy that is meant for several. Source: "Identify AWS
//! resources with Amazon Resource Names (ARNs)", section on partitions.

use super::quoted;
use crate::lint::document::{Document, Entry, Part};
use crate::lint::glob::Token;
use crate::lint::{Code, Finding, Options};

pub(super) fn check(document: &Document<'_>, options: &Options, findings: &mut Vec<Finding>) {
    let statements = || document.statements.iter();
    let entries = || statements().flat_map(entries);
    let is_open = |(_, entry): &(&Part<'_>, &Entry)| partition(entry) == Some(Partition::Open);
    if !options.portable && !entries().any(|entry| is_open(&entry)) {
        return;
    }
    for (part, entry) in entries() {
        let Some(Partition::Named(name)) = partition(entry) else {
            continue;
        };
        let rest = entry
            .text
            .get("arn:".len() + name.len()..)
            .unwrap_or_default();
        let fix = format!("write {}", quoted(&format!("arn:*{rest}")));
        let message = format!(
            "{} is of the partition `{name}` and matches nothing in another",
            quoted(&entry.text)
        );
        findings.push(part.finding(Code::HardCodedPartition, &entry.pointer, message, fix));
    }
}

fn entries<'p>(part: &'p Part<'_>) -> impl Iterator<Item = (&'p Part<'p>, &'p Entry)> {
    let values = part
        .conditions
        .iter()
        .flat_map(|condition| &condition.values);
    part.resources
        .iter()
        .chain(values)
        .map(move |entry| (part, entry))
}

#[derive(PartialEq, Eq)]
enum Partition {
    Open,
    Named(String),
}

/// The partition of a pattern that begins as an ARN does.
fn partition(entry: &Entry) -> Option<Partition> {
    let mut segments = entry.glob.tokens.split(|token| *token == Token::Char(':'));
    let literal = |tokens: &[Token]| -> Option<String> {
        let characters = tokens.iter().map(|token| match token {
            Token::Char(character) => Some(*character),
            _ => None,
        });
        characters.collect()
    };
    let (first, second) = (segments.next()?, segments.next()?);
    // Something has to follow: `arn:aws` alone is no ARN.
    segments.next()?;
    if literal(first)? != "arn" || second.is_empty() {
        return None;
    }
    Some(literal(second).map_or(Partition::Open, Partition::Named))
}
