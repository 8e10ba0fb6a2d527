//! Condition keys that do not exist.

use super::{MOST_SUGGESTIONS, quoted};
use crate::lint::document::Document;
use crate::lint::{Code, Finding};

pub(super) fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let mut suggestions = 0;
    for part in &document.statements {
        for entry in &part.conditions {
            let key = entry.condition.key();
            if document.reference.key(key).is_some() || is_of_identity_provider(key) {
                continue;
            }
            suggestions += 1;
            let nearest = document.reference.nearest_key(key);
            let fix = match nearest.filter(|_| suggestions <= MOST_SUGGESTIONS) {
                Some(nearest) => format!("write {}", quoted(nearest)),
                None => {
                    "look up the service's keys in the Service Authorization Reference, or the \
                         global ones in \"AWS global condition context keys\""
                        .to_owned()
                }
            };
            let message = format!("there is no condition key {}", quoted(key));
            findings.push(part.finding(Code::UnknownConditionKey, &entry.pointer, message, fix));
        }
    }
}

/// The claims of an identity provider are keys that begin with its host name. Source: "Available
/// keys for AWS OIDC federation".
fn is_of_identity_provider(key: &str) -> bool {
    key.rsplit_once(':')
        .is_some_and(|(issuer, claim)| issuer.contains('.') && !claim.is_empty())
}
