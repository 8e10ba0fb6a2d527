//! A statement.

use super::condition::conditions;
use super::policy::{only, optional};
use super::principal::principals;
use crate::json::{Fault, Node, member, quoted};
use crate::pattern::{Pattern, Syntax};
use crate::policy::Version;
use crate::statement::{Effect, Selection, Statement};

const ELEMENTS: [&str; 9] = [
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
];

pub(super) fn statement(node: &Node, version: Version) -> Result<Statement, Fault> {
    let members = node.object("a statement")?;
    only(members, &ELEMENTS, "a statement")?;
    let sid = optional(members, "Sid", |sid| sid.text("the `Sid`"))?;
    let Some(effect) = optional(members, "Effect", effect)? else {
        return Err(Fault::new("the statement has no `Effect`"));
    };
    let principals = one_of(members, "Principal", "NotPrincipal", |node, negated| {
        principals(node, negated)
    })?;
    let Some(actions) = one_of(members, "Action", "NotAction", actions)? else {
        return Err(Fault::new(
            "the statement has neither `Action` nor `NotAction`",
        ));
    };
    let resources = one_of(members, "Resource", "NotResource", |node, negated| {
        resources(node, negated, version)
    })?;
    if resources.is_none() && principals.is_none() {
        return Err(Fault::new(
            "the statement has neither `Resource` nor `NotResource`; only the trust policy of a \
             role, whose statements have a `Principal`, does without",
        ));
    }
    let conditions = optional(members, "Condition", |node| conditions(node, version))?;
    Ok(Statement {
        sid: sid.map(str::to_owned),
        effect,
        principals,
        actions,
        resources,
        conditions: conditions.unwrap_or_default(),
    })
}

fn effect(node: &Node) -> Result<Effect, Fault> {
    match node.text("the `Effect`")? {
        "Allow" => Ok(Effect::Allow),
        "Deny" => Ok(Effect::Deny),
        other => Err(Fault::new(format!(
            "the effect {} is neither `Allow` nor `Deny`",
            quoted(other)
        ))),
    }
}

/// Reads the element or its negation, of which a statement may have one.
fn one_of<T>(
    members: &[(String, Node)],
    name: &str,
    negation: &str,
    read: impl FnOnce(&Node, bool) -> Result<T, Fault>,
) -> Result<Option<T>, Fault> {
    let (node, name, negated) = match (member(members, name), member(members, negation)) {
        (None, None) => return Ok(None),
        (Some(node), None) => (node, name, false),
        (None, Some(node)) => (node, negation, true),
        (Some(_), Some(_)) => {
            let message = format!("the statement has both `{name}` and `{negation}`; keep one");
            return Err(Fault::new(message).under(negation));
        }
    };
    read(node, negated)
        .map(Some)
        .map_err(|fault| fault.under(name))
}

/// Actions have no variables, and their case does not matter. Source: "IAM JSON policy elements:
/// Action".
fn actions(node: &Node, negated: bool) -> Result<Selection, Fault> {
    const SYNTAX: Syntax = Syntax {
        wildcards: true,
        variables: false,
        fold: true,
    };
    let patterns = node.each(|node| {
        let text = node.text("an action")?;
        if is_action(text) {
            Ok(Pattern::compile(text, SYNTAX))
        } else {
            Err(Fault::new(format!(
                "the action {} is neither `*` nor of the form `service:Action`",
                quoted(text)
            )))
        }
    })?;
    Ok(Selection { negated, patterns })
}

fn is_action(text: &str) -> bool {
    let is_all = !text.is_empty() && text.bytes().all(|byte| byte == b'*');
    is_all
        || text
            .split_once(':')
            .is_some_and(|(service, action)| !service.is_empty() && !action.is_empty())
}

fn resources(node: &Node, negated: bool, version: Version) -> Result<Selection, Fault> {
    let syntax = Syntax {
        wildcards: true,
        variables: version == Version::V2012,
        fold: false,
    };
    let patterns = node.each(|node| Ok(Pattern::compile(node.text("a resource")?, syntax)))?;
    Ok(Selection { negated, patterns })
}
