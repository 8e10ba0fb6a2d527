//! Requests to show.

use std::collections::BTreeSet;

use super::known::Known;
use super::samples;
use crate::{Condition, Context, Decision, PolicySet, Request, decide};

/// A request, and how the policies decide it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// A complete request: a context key that it does not have is absent.
    pub request: Request,
    /// What [`decide`](crate::decide()) says of it.
    pub decision: Decision,
}

/// What examples are made from.
pub(super) struct Case<'a> {
    pub(super) policies: &'a PolicySet,
    pub(super) reduced: &'a PolicySet,
    pub(super) known: &'a Known<'a>,
    /// The context that fulfils the conditions of the question.
    pub(super) complete: &'a Context,
}

impl Case<'_> {
    /// The request with the rest of its context.
    pub(super) fn example(&self, request: Request) -> Example {
        self.decided(Request {
            context: self.complete.clone(),
            ..request
        })
    }

    /// Looks for contexts with which the request is allowed, and with which it is denied.
    pub(super) fn search(
        &self,
        request: &Request,
        keys: &BTreeSet<String>,
    ) -> (Option<Example>, Option<Example>) {
        let sites = self.reduced.layers();
        let statements = sites.flat_map(|(_, named)| named.policy.statements());
        let conditions: Vec<&Condition> = statements.flat_map(|one| one.conditions()).collect();
        let keys = keys.iter().map(String::as_str);
        let contexts = samples::contexts(
            keys,
            &conditions,
            self.known,
            self.complete,
            &request.resource,
        );
        let mut found = (None, None);
        for context in contexts {
            let example = self.decided(Request {
                context,
                ..request.clone()
            });
            let place = match example.decision.is_allowed() {
                true => &mut found.0,
                false => &mut found.1,
            };
            place.get_or_insert(example);
            if found.0.is_some() && found.1.is_some() {
                break;
            }
        }
        found
    }

    fn decided(&self, request: Request) -> Example {
        Example {
            decision: decide(self.policies, &request),
            request,
        }
    }
}
