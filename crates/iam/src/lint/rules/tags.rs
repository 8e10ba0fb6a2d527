//! Tags that can be set and not removed again.

use std::collections::BTreeSet;

use super::{arns, listed};
use crate::Effect;
use crate::lint::document::{Document, Entry, Meaning, Part};
use crate::lint::{Code, Finding};
use crate::reference::{Action, Service};

/// The action that sets tags and the one that removes them, as services name them.
const PAIRS: [(&str, &str); 5] = [
    ("TagResource", "UntagResource"),
    ("CreateTags", "DeleteTags"),
    ("AddTags", "RemoveTags"),
    ("AddTagsToResource", "RemoveTagsFromResource"),
    ("CreateOrUpdateTags", "DeleteTags"),
];

pub(super) fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let mut seen = BTreeSet::new();
    for service in services(document) {
        for (tag, untag) in PAIRS {
            if !seen.insert((service.prefix(), tag)) {
                continue;
            }
            if let (Some(tag), Some(untag)) = (service.action(tag), service.action(untag)) {
                pair(document, service, tag, untag, findings);
            }
        }
    }
}

fn services<'a>(document: &Document<'a>) -> Vec<&'a Service> {
    let statements = document.statements.iter();
    let actions = statements.flat_map(|part| part.selected_actions());
    let services = actions.filter_map(|action| match &action.meaning {
        Meaning::Of(service, _) => Some(*service),
        _ => None,
    });
    let mut services: Vec<&Service> = services.collect();
    services.sort_by_key(|service| service.prefix());
    services.dedup_by_key(|service| service.prefix());
    services
}

fn pair(
    document: &Document<'_>,
    service: &Service,
    tag: &Action,
    untag: &Action,
    findings: &mut Vec<Finding>,
) {
    let (set, _) = allowed(document, service, tag);
    let (removed, first) = allowed(document, service, untag);
    let kept: Vec<String> = set
        .difference(&removed)
        .map(|name| (*name).to_owned())
        .collect();
    let Some((part, entry)) = first.filter(|_| !kept.is_empty() && !removed.is_empty()) else {
        return;
    };
    let prefix = service.prefix();
    let (tag, untag) = (tag.name(), untag.name());
    findings.push(part.finding(
        Code::UntagNarrowerThanTag,
        &entry.pointer,
        format!(
            "`{prefix}:{tag}` is allowed on {}, `{prefix}:{untag}` is not: their tags cannot be removed",
            listed(&kept)
        ),
        format!("allow `{prefix}:{untag}` on the same resources as `{prefix}:{tag}`"),
    ));
}

/// The resource types on which the action is allowed, and the first entry that allows it.
fn allowed<'d, 'a>(
    document: &'d Document<'a>,
    service: &Service,
    action: &'d Action,
) -> (BTreeSet<&'d str>, Option<(&'d Part<'a>, &'d Entry)>) {
    let mut types = BTreeSet::new();
    let mut first = None;
    for part in &document.statements {
        if part.statement.effect() != Effect::Allow {
            continue;
        }
        let named = part
            .selected_actions()
            .iter()
            .find(|entry| match &entry.meaning {
                Meaning::Of(of, actions) => {
                    of.prefix() == service.prefix()
                        && actions.iter().any(|a| a.name() == action.name())
                }
                _ => false,
            });
        let Some(named) = named else {
            continue;
        };
        first = first.or(Some((part, &named.entry)));
        for resource in action.resources() {
            let kind = service.resource_type(resource.resource_type());
            let mut patterns = part.selected_resources().iter();
            if patterns.any(|p| kind.is_none_or(|kind| arns::fits(document, &p.glob, kind))) {
                types.insert(resource.resource_type());
            }
        }
    }
    (types, first)
}
