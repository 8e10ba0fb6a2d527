//! The policies of a case: written out, or named among the documents of the file.

use std::collections::HashMap;

use super::present;
use crate::json::{Fault, Node, quoted};
use crate::{NamedPolicy, ParseError, Policy, PolicySet, parse};

/// The named policies of the file, or why they are none.
#[derive(Default)]
pub(super) struct Documents<'a>(HashMap<&'a str, Result<Policy, ParseError>>);

/// What is wrong with a policy of a case.
pub(super) enum Problem {
    /// It is in the case.
    Here(Fault),
    /// It is in a document that the case names.
    InDocument(ParseError),
}

impl Problem {
    pub(super) fn located(self, locate: &dyn Fn(Fault) -> ParseError) -> ParseError {
        match self {
            Self::Here(fault) => locate(fault),
            Self::InDocument(error) => error,
        }
    }

    fn under(self, step: impl Into<String>) -> Self {
        match self {
            Self::Here(fault) => Self::Here(fault.under(step)),
            in_document => in_document,
        }
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        Self::Here(fault)
    }
}

impl<'a> Documents<'a> {
    pub(super) fn read(node: &'a Node, text: &str) -> Result<Self, Fault> {
        let members = node.object("the `documents`")?;
        let documents = members.iter().map(|(name, node)| {
            let located = |fault: Fault| fault.under(name).under("documents").locate(text);
            (name.as_str(), parse::policy(node).map_err(located))
        });
        Ok(Self(documents.collect()))
    }

    fn policy(&self, node: &Node, index: usize) -> Result<NamedPolicy, Problem> {
        let Node::Text(name) = node else {
            let policy = parse::policy(node)?;
            return Ok(NamedPolicy::new(format!("policy {}", index + 1), policy));
        };
        match self.0.get(name.as_str()) {
            Some(Ok(policy)) => Ok(NamedPolicy::new(name, policy.clone())),
            Some(Err(error)) => Err(Problem::InDocument(error.clone())),
            None => Err(Fault::new(format!("there is no document {}", quoted(name))).into()),
        }
    }

    fn list(&self, node: &Node) -> Result<Vec<NamedPolicy>, Problem> {
        each(node, |node, index| self.policy(node, index))
    }

    fn levels(&self, node: &Node) -> Result<Vec<Vec<NamedPolicy>>, Problem> {
        each(node, |level, _| self.list(level))
    }
}

/// Reads the items of a list, or what stands alone for its only item.
fn each<T>(
    node: &Node,
    read: impl Fn(&Node, usize) -> Result<T, Problem>,
) -> Result<Vec<T>, Problem> {
    let Node::List(items) = node else {
        return Ok(vec![read(node, 0)?]);
    };
    let items = items.iter().enumerate().map(|(index, node)| {
        let item = read(node, index);
        item.map_err(|problem| problem.under(index.to_string()))
    });
    items.collect()
}

pub(super) fn policy_set(
    members: &[(String, Node)],
    documents: &Documents<'_>,
) -> Result<PolicySet, Problem> {
    let list = |name| read(members, name, |node| documents.list(node));
    let single = |name| read(members, name, |node| documents.policy(node, 0));
    Ok(PolicySet {
        identity: list("policies")?.unwrap_or_default(),
        groups: list("groupPolicies")?.unwrap_or_default(),
        boundary: single("boundary")?,
        session: single("session")?,
        scps: read(members, "scp", |node| documents.levels(node))?.unwrap_or_default(),
        resource: single("resourcePolicy")?,
    })
}

/// Reads the member, if it is there and not null.
fn read<T>(
    members: &[(String, Node)],
    name: &str,
    read: impl FnOnce(&Node) -> Result<T, Problem>,
) -> Result<Option<T>, Problem> {
    present(members, name)
        .map(|node| read(node).map_err(|problem| problem.under(name)))
        .transpose()
}
