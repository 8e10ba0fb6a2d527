//! `Principal` and `NotPrincipal`.

use crate::json::{Fault, Node, quoted};
use crate::principal::{Principal, Principals};

type Read = fn(&str) -> Principal;

const TYPES: [(&str, Read); 4] = [
    ("AWS", Principal::aws),
    ("Service", |text| Principal::Service(text.to_owned())),
    ("Federated", |text| Principal::Federated(text.to_owned())),
    ("CanonicalUser", |text| {
        Principal::CanonicalUser(text.to_owned())
    }),
];

pub(super) fn principals(node: &Node, negated: bool) -> Result<Principals, Fault> {
    let entries = match node {
        Node::Text(text) if text == "*" => vec![Principal::Anyone],
        Node::Text(text) => {
            return Err(Fault::new(format!(
                "the principal {} has no type; write `{{\"AWS\": {}}}` or `\"*\"`",
                quoted(text),
                quoted(text).replace('`', "\""),
            )));
        }
        Node::Object(members) => of_types(members)?,
        other => return Err(other.mistyped("a principal", "`\"*\"` or an object")),
    };
    Ok(Principals { negated, entries })
}

fn of_types(members: &[(String, Node)]) -> Result<Vec<Principal>, Fault> {
    let mut entries = Vec::new();
    for (name, value) in members {
        let Some((_, read)) = TYPES.iter().find(|(known, _)| known == name) else {
            let message = format!(
                "the principal type {} is none of `AWS`, `Service`, `Federated`, `CanonicalUser`",
                quoted(name)
            );
            return Err(Fault::new(message).under(name));
        };
        let listed = value
            .each(|node| node.text("a principal").map(read))
            .map_err(|fault| fault.under(name))?;
        entries.extend(listed);
    }
    Ok(entries)
}
