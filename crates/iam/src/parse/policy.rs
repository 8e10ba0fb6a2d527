//! The document.

use super::statement::statement;
use crate::json::{Fault, Node, member, quoted};
use crate::policy::{Policy, Version};

const ELEMENTS: [&str; 3] = ["Version", "Id", "Statement"];

pub(crate) fn policy(node: &Node) -> Result<Policy, Fault> {
    let members = node.object("a policy")?;
    only(members, &ELEMENTS, "a policy")?;
    let version = optional(members, "Version", version)?.unwrap_or_default();
    let id = optional(members, "Id", |id| id.text("the `Id`"))?;
    let Some(statements) = member(members, "Statement") else {
        return Err(Fault::new("the policy has no `Statement`"));
    };
    Ok(Policy {
        version,
        id: id.map(str::to_owned),
        statements: statements
            .each(|node| statement(node, version))
            .map_err(|fault| fault.under("Statement"))?,
    })
}

fn version(node: &Node) -> Result<Version, Fault> {
    let text = node.text("the `Version`")?;
    [Version::V2008, Version::V2012]
        .into_iter()
        .find(|version| version.to_string() == text)
        .ok_or_else(|| {
            Fault::new(format!(
                "the version {} is neither `2012-10-17` nor `2008-10-17`",
                quoted(text)
            ))
        })
}

/// Refuses elements that are not known: a misspelt one would be ignored in silence.
pub(super) fn only(members: &[(String, Node)], known: &[&str], whole: &str) -> Result<(), Fault> {
    match members
        .iter()
        .find(|(key, _)| !known.contains(&key.as_str()))
    {
        None => Ok(()),
        Some((key, _)) => {
            let known = known.join("`, `");
            let message = format!(
                "{whole} has no element {}; it may have `{known}`",
                quoted(key)
            );
            Err(Fault::new(message).under(key))
        }
    }
}

/// Reads the element, if it is there.
pub(super) fn optional<'a, T>(
    members: &'a [(String, Node)],
    name: &str,
    read: impl FnOnce(&'a Node) -> Result<T, Fault>,
) -> Result<Option<T>, Fault> {
    member(members, name)
        .map(|node| read(node).map_err(|fault| fault.under(name)))
        .transpose()
}
