//! Resources that are none, or that the actions beside them do not take.

use std::collections::HashMap;

use super::{arns, listed, quoted};
use crate::lint::document::{ActionEntry, Document, Entry, Meaning, Part};
use crate::lint::glob::{Glob, intersects};
use crate::lint::{Code, Finding};
use crate::reference::{Action, Service};

pub(super) fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let any_arn = Glob::read("arn:*:*:*:*:*", true, false);
    for part in &document.statements {
        // API Gateway's resource policies have resources without an account of their own.
        if part.statement.principals().is_none() {
            let entries = part.resources.iter();
            let wrong = entries.filter(|entry| {
                !entry.glob.is_broken && !intersects(&entry.glob.tokens, &any_arn.tokens)
            });
            findings.extend(wrong.map(|entry| not_an_arn(part, entry)));
        }
        let resources = part.selected_resources();
        let is_scoped =
            !resources.is_empty() && !resources.iter().any(|r| r.glob.matches_text("*"));
        if is_scoped {
            types(document, part, findings);
        }
    }
}

fn not_an_arn(part: &Part<'_>, entry: &Entry) -> Finding {
    part.finding(
        Code::NotAnArn,
        &entry.pointer,
        format!("the resource {} matches no ARN", quoted(&entry.text)),
        "write `*`, or `arn:partition:service:region:account:resource`".to_owned(),
    )
}

/// How an action and the resources of its statement go together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Use {
    /// It takes other types.
    Mismatch,
    /// AWS documents `*` only.
    NoResource,
    /// One is of a type that is only seen to work.
    Undocumented,
    Taken,
}

fn types(document: &Document<'_>, part: &Part<'_>, findings: &mut Vec<Finding>) {
    let mut fits = Fits {
        document,
        resources: part.selected_resources(),
        known: HashMap::new(),
    };
    let mut used = vec![false; part.resources.len()];
    let mut all_known = !part.selected_actions().is_empty();
    for action in part.selected_actions() {
        let (service, actions) = match &action.meaning {
            Meaning::Of(service, actions) if !actions.is_empty() => (*service, actions),
            _ => {
                all_known = false;
                continue;
            }
        };
        let uses: Vec<Use> = actions
            .iter()
            .map(|action| fits.of(service, action, &mut used))
            .collect();
        // A pattern of actions is right when one of them is.
        if let Some(best) = uses.into_iter().max()
            && best != Use::Taken
        {
            findings.push(unfit(part, action, best, service, actions));
        }
    }
    if all_known && used.contains(&true) {
        let unused = part.resources.iter().zip(used).filter(|(_, used)| !used);
        findings.extend(unused.map(|(entry, _)| {
            part.finding(
                Code::UnusedResource,
                &entry.pointer,
                format!("no action of the statement takes {}", quoted(&entry.text)),
                "leave the resource out, or move it to the actions that take it".to_owned(),
            )
        }));
    }
}

/// Which resources of a statement a resource type fits.
struct Fits<'d, 'a> {
    document: &'d Document<'a>,
    resources: &'d [Entry],
    known: HashMap<(&'d str, &'d str), Vec<bool>>,
}

impl<'d> Fits<'d, '_> {
    fn of(&mut self, service: &'d Service, action: &'d Action, used: &mut [bool]) -> Use {
        let mut best = if action.resources().iter().any(|r| r.is_documented()) {
            Use::Mismatch
        } else {
            Use::NoResource
        };
        for resource in action.resources() {
            let found = self.fitting(service, resource.resource_type());
            for (used, found) in used.iter_mut().zip(found) {
                *used |= found;
                if *found {
                    best = best.max(if resource.is_documented() {
                        Use::Taken
                    } else {
                        Use::Undocumented
                    });
                }
            }
        }
        best
    }

    fn fitting(&mut self, service: &'d Service, name: &'d str) -> &[bool] {
        let (document, resources) = (self.document, self.resources);
        self.known
            .entry((service.prefix(), name))
            .or_insert_with(|| {
                let kind = service.resource_type(name);
                let fits =
                    |entry: &Entry| kind.is_none_or(|kind| arns::fits(document, &entry.glob, kind));
                resources.iter().map(fits).collect()
            })
    }
}

fn unfit(
    part: &Part<'_>,
    action: &ActionEntry<'_>,
    best: Use,
    service: &Service,
    actions: &[&Action],
) -> Finding {
    let entry = &action.entry;
    let shown = quoted(&entry.text);
    let (code, message, fix) = match best {
        Use::NoResource => (
            Code::ActionTakesNoResource,
            format!(
                "{shown} takes only `*`, by AWS's reference, and the statement lists narrower resources"
            ),
            "move it to a statement with `\"Resource\": \"*\"`".to_owned(),
        ),
        Use::Undocumented | Use::Taken => (
            Code::UndocumentedResource,
            format!(
                "{shown} takes only `*`, by AWS's reference; it is seen to work on these resources"
            ),
            "leave it if it works for you; `\"Resource\": \"*\"` is certain to".to_owned(),
        ),
        Use::Mismatch => (
            Code::ResourceTypeMismatch,
            format!("{shown} takes other resources than the statement lists"),
            format!("list {}", examples(service, actions)),
        ),
    };
    part.finding(code, &entry.pointer, message, fix)
}

/// What the actions take: the types that have to be, or else all.
fn examples(service: &Service, actions: &[&Action]) -> String {
    const MOST: usize = 4;
    let resources = || actions.iter().flat_map(|action| action.resources());
    let has_required = resources().any(|resource| resource.is_required());
    let wanted = resources().filter(|resource| resource.is_required() || !has_required);
    let kinds = wanted.filter_map(|resource| service.resource_type(resource.resource_type()));
    let mut formats: Vec<String> = Vec::new();
    for format in kinds.flat_map(|kind| kind.arns()) {
        let example = arns::example(format);
        if !formats.contains(&example) && formats.len() < MOST {
            formats.push(example);
        }
    }
    listed(&formats)
}
