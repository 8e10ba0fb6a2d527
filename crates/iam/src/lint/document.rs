//! The policy as the rules look at it: each entry with its place and what it means.

mod reader;

use std::cell::Cell;

use super::glob::{Glob, Token, includes, intersects};
use super::options::Options;
use super::{Code, Finding};
use crate::json::{self, Node, member};
use crate::reference::{Action, Reference, Service};
use crate::{Condition, ParseError, Policy, Statement, Version};
use reader::Reader;

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
        let mut finding = Finding::new(code, pointer, message, fix);
        finding.place.statement = Some(self.index);
        finding.place.sid = self.statement.sid().map(str::to_owned);
        finding
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
