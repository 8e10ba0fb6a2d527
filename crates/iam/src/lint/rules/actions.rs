//! Services and actions that do not exist.

use super::{MOST_SUGGESTIONS, quoted};
use crate::lint::document::{ActionEntry, Document, Meaning};
use crate::lint::{Code, Finding};
use crate::reference::Service;

pub(super) fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let mut suggestions = 0;
    for part in &document.statements {
        for action in &part.actions {
            let may_suggest = suggestions < MOST_SUGGESTIONS;
            let found = match &action.meaning {
                Meaning::UnknownService => unknown_service(document, action, may_suggest),
                Meaning::Of(service, actions) if actions.is_empty() => {
                    unknown_action(service, action, may_suggest)
                }
                _ => continue,
            };
            suggestions += 1;
            let (code, message, fix) = found;
            findings.push(part.finding(code, &action.entry.pointer, message, fix));
        }
    }
}

fn unknown_service(
    document: &Document<'_>,
    action: &ActionEntry<'_>,
    may_suggest: bool,
) -> (Code, String, String) {
    let (prefix, name) = action.entry.text.split_once(':').unwrap_or_default();
    let nearest = document
        .reference
        .nearest_service(prefix)
        .filter(|_| may_suggest);
    let fix = match nearest {
        Some(nearest) => format!("write {}", quoted(&format!("{nearest}:{name}"))),
        None => "look up the prefix in the Service Authorization Reference".to_owned(),
    };
    let message = format!("no service has the prefix {}", quoted(prefix));
    (Code::UnknownService, message, fix)
}

fn unknown_action(
    service: &Service,
    action: &ActionEntry<'_>,
    may_suggest: bool,
) -> (Code, String, String) {
    let (_, name) = action.entry.text.split_once(':').unwrap_or_default();
    let shown = quoted(&action.entry.text);
    let title = service.title();
    if !action.entry.glob.is_literal() {
        return (
            Code::UnknownAction,
            format!("{shown} fits no action of {title}"),
            "leave the entry out, or write what it is meant to fit".to_owned(),
        );
    }
    let nearest = service.nearest_action(name).filter(|_| may_suggest);
    let fix = match nearest {
        Some(nearest) => format!(
            "write {}",
            quoted(&format!("{}:{nearest}", service.prefix()))
        ),
        None => format!("leave the entry out, or look up the actions of {title}"),
    };
    (
        Code::UnknownAction,
        format!("{title} has no action {shown}"),
        fix,
    )
}
