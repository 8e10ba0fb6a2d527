//! The policy as the rules look at it: each entry with its place and what it means.

use std::cell::Cell;

use super::glob::{Glob, Token, includes, intersects};
use super::options::Options;
use super::{Code, Finding, Place};
use crate::json::{self, Node, member};
use crate::reference::{Action, Reference, Service};
use crate::{Condition, ParseError, Policy, Selection, Statement, Version};

pub(super) struct Document<'a> {
    pub(super) policy: &'a Policy,
    pub(super) reference: &'a Reference,
    pub(super) statements: Vec<Part<'a>>,
    budget: Budget,
}

/// A statement.
pub(super) struct Part<'a> {
    pub(super) index: usize,
    pub(super) pointer: String,
    pub(super) statement: &'a Statement,
    pub(super) actions: Vec<ActionEntry<'a>>,
    pub(super) resources: Vec<Entry>,
    pub(super) conditions: Vec<ConditionEntry<'a>>,
}

/// A pattern with its place.
pub(super) struct Entry {
    pub(super) text: String,
    pub(super) pointer: String,
    pub(super) glob: Glob,
}

pub(super) struct ActionEntry<'a> {
    pub(super) entry: Entry,
    pub(super) meaning: Meaning<'a>,
}

/// What a pattern of actions stands for.
pub(super) enum Meaning<'a> {
    /// Actions of several services.
    AcrossServices,
    UnknownService,
    /// The actions of one service; none when there are no such.
    Of(&'a Service, Vec<&'a Action>),
}

pub(super) struct ConditionEntry<'a> {
    pub(super) condition: &'a Condition,
    pub(super) pointer: String,
    pub(super) values: Vec<Entry>,
}

/// What may still be spent on comparing patterns: it bounds the time that a huge document takes.
pub(super) struct Budget(Cell<usize>);

/// Single steps; many times what the largest policy that IAM takes needs, and a few seconds.
const STEPS: usize = 100_000_000;

impl Budget {
    /// Takes a cost; false when there is not enough left, and from then on.
    fn spend(&self, cost: usize) -> bool {
        let left = self.0.get().checked_sub(cost);
        self.0.set(left.unwrap_or(0));
        left.is_some()
    }
}

impl<'a> Document<'a> {
    pub(super) fn read(
        text: &str,
        policy: &'a Policy,
        reference: &'a Reference,
    ) -> Result<Self, ParseError> {
        let node = json::read(text, text.len())?;
        let statements = match &node {
            Node::Object(members) => member(members, "Statement"),
            _ => None,
        };
        let is_list = matches!(statements, Some(Node::List(_)));
        let nodes = statements.map_or(&[][..], Node::one_or_many);
        let parts = policy.statements().iter().zip(nodes).enumerate();
        let budget = Budget(Cell::new(STEPS));
        let reader = Reader {
            reference,
            variables: policy.version() == Version::V2012,
            budget: &budget,
        };
        let parts = parts.map(|(index, (statement, node))| {
            let pointer = if is_list {
                format!("/Statement/{index}")
            } else {
                "/Statement".to_owned()
            };
            reader.part(index, pointer, statement, node)
        });
        let statements = parts.collect();
        Ok(Self {
            policy,
            reference,
            statements,
            budget,
        })
    }

    /// The policy of a resource: it names who it is for, and the service limits its size.
    pub(super) fn is_of_resource(&self) -> bool {
        let mut statements = self.policy.statements().iter();
        statements.any(|statement| statement.principals().is_some())
    }

    pub(super) fn limit(&self, options: &Options) -> Option<usize> {
        (!self.is_of_resource()).then(|| options.attachment.limit())
    }

    /// [`intersects`]; true, which leads to no finding, when the budget is used up.
    pub(super) fn intersects(&self, a: &[Token], b: &[Token]) -> bool {
        !self.budget.spend((a.len() + 1).saturating_mul(b.len() + 1)) || intersects(a, b)
    }

    /// [`includes`]; false, which leads to no finding, when the budget is used up.
    pub(super) fn includes(&self, a: &Glob, b: &Glob) -> bool {
        let (a, b) = (&a.tokens, &b.tokens);
        let cost = if a.contains(&Token::Many) {
            (a.len() + 1).saturating_mul(b.len() + 1)
        } else {
            a.len().min(b.len()) + 1
        };
        self.budget.spend(cost) && includes(a, b)
    }

    pub(super) fn is_incomplete(&self) -> bool {
        self.budget.0.get() == 0
    }

    /// A finding about the whole document.
    pub(super) fn finding(
        &self,
        code: Code,
        pointer: &str,
        message: String,
        fix: String,
    ) -> Finding {
        Finding {
            code,
            place: Place {
                pointer: pointer.to_owned(),
                ..Place::default()
            },
            message,
            fix,
        }
    }
}

impl<'a> Part<'a> {
    /// A finding about something in the statement.
    pub(super) fn finding(
        &self,
        code: Code,
        pointer: &str,
        message: String,
        fix: String,
    ) -> Finding {
        Finding {
            code,
            place: Place {
                pointer: pointer.to_owned(),
                statement: Some(self.index),
                sid: self.statement.sid().map(str::to_owned),
                ..Place::default()
            },
            message,
            fix,
        }
    }

    /// The statement's name in a sentence about another one.
    pub(super) fn shown(&self) -> String {
        match self.statement.sid() {
            Some(sid) => format!("statement {} (`{sid}`)", self.index + 1),
            None => format!("statement {}", self.index + 1),
        }
    }

    /// The patterns of `Action`; none when it is `NotAction`.
    pub(super) fn selected_actions(&self) -> &[ActionEntry<'a>] {
        if self.statement.actions().is_negated() {
            &[]
        } else {
            &self.actions
        }
    }

    /// The patterns of `Resource`; none when it is `NotResource` or missing.
    pub(super) fn selected_resources(&self) -> &[Entry] {
        match self.statement.resources() {
            Some(resources) if !resources.is_negated() => &self.resources,
            _ => &[],
        }
    }
}

struct Reader<'a, 'b> {
    reference: &'a Reference,
    variables: bool,
    budget: &'b Budget,
}

impl<'a> Reader<'a, '_> {
    fn part(
        &self,
        index: usize,
        pointer: String,
        statement: &'a Statement,
        node: &Node,
    ) -> Part<'a> {
        let members = match node {
            Node::Object(members) => members.as_slice(),
            _ => &[],
        };
        let entries = |name: &str, selection: &Selection, glob: &dyn Fn(&str) -> Glob| {
            let not = if selection.is_negated() { "Not" } else { "" };
            let name = format!("{not}{name}");
            let is_list = matches!(member(members, &name), Some(Node::List(_)));
            entries(
                &format!("{pointer}/{name}"),
                is_list,
                selection.patterns(),
                glob,
            )
        };
        let actions = entries("Action", statement.actions(), &Glob::action);
        let actions = actions.into_iter().map(|entry| ActionEntry {
            meaning: self.meaning(&entry),
            entry,
        });
        let resource = |text: &str| Glob::read(text, true, self.variables);
        let resources = statement.resources();
        let resources = resources.map(|resources| entries("Resource", resources, &resource));
        Part {
            index,
            statement,
            actions: actions.collect(),
            resources: resources.unwrap_or_default(),
            conditions: conditions(&pointer, statement, members, self.variables),
            pointer,
        }
    }

    fn meaning(&self, entry: &Entry) -> Meaning<'a> {
        let Some((prefix, name)) = entry.text.split_once(':') else {
            return Meaning::AcrossServices;
        };
        if prefix.contains(['*', '?']) {
            return Meaning::AcrossServices;
        }
        let Some(service) = self.reference.service(prefix) else {
            return Meaning::UnknownService;
        };
        if entry.glob.is_literal() {
            return Meaning::Of(service, service.action(name).into_iter().collect());
        }
        let glob = Glob::action(name);
        let mut matched = Vec::new();
        for action in service.actions() {
            // What cannot be looked at is left out of all rules.
            if !self.budget.spend(glob.tokens.len() * action.name().len()) {
                return Meaning::AcrossServices;
            }
            if glob.matches_text(&action.name().to_lowercase()) {
                matched.push(action);
            }
        }
        Meaning::Of(service, matched)
    }
}

fn entries<'t>(
    pointer: &str,
    is_list: bool,
    texts: impl Iterator<Item = &'t str>,
    glob: &dyn Fn(&str) -> Glob,
) -> Vec<Entry> {
    let entry = |(index, text): (usize, &str)| Entry {
        text: text.to_owned(),
        pointer: if is_list {
            format!("{pointer}/{index}")
        } else {
            pointer.to_owned()
        },
        glob: glob(text),
    };
    texts.enumerate().map(entry).collect()
}

fn conditions<'a>(
    pointer: &str,
    statement: &'a Statement,
    members: &[(String, Node)],
    variables: bool,
) -> Vec<ConditionEntry<'a>> {
    let Some(Node::Object(operators)) = member(members, "Condition") else {
        return Vec::new();
    };
    let keys = operators.iter().flat_map(|(operator, keys)| {
        let keys = match keys {
            Node::Object(keys) => keys.as_slice(),
            _ => &[],
        };
        keys.iter()
            .map(move |(key, values)| (operator, key, values))
    });
    let mut found = Vec::new();
    for (condition, (operator, key, values)) in statement.conditions().iter().zip(keys) {
        let step = |text: &str| text.replace('~', "~0").replace('/', "~1");
        let pointer = format!("{pointer}/Condition/{}/{}", step(operator), step(key));
        let wildcards = ["Like", "Arn"].iter().any(|part| operator.contains(part));
        let is_list = matches!(values, Node::List(_));
        let texts = condition.values().iter().map(String::as_str);
        let glob = |text: &str| Glob::read(text, wildcards, variables);
        found.push(ConditionEntry {
            values: entries(&pointer, is_list, texts, &glob),
            condition,
            pointer,
        });
    }
    found
}
