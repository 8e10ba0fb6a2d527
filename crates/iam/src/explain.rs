//! Why each statement does or does not apply to a request.

use std::fmt;

use crate::condition::{Condition, Operator};
use crate::decide::Evaluation;
use crate::layers::Site;
use crate::scope::{Given, Scope, World};
use crate::statement::Effect;
use crate::tri::Tri;
use crate::{PolicySet, Request, StatementRef};

/// One statement and what it has to do with the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The statement.
    pub statement: StatementRef,
    /// What it does where it applies.
    pub effect: Effect,
    /// Whether it applies.
    pub relevance: Relevance,
}

/// Whether a statement applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Relevance {
    /// It applies.
    Applies,
    /// It depends on context keys that are not given (only from [`explain_open`]).
    Depends {
        /// The keys as written.
        keys: Vec<String>,
    },
    /// It does not apply, for this reason (the first one, in the order of [`Mismatch`]).
    No(Mismatch),
}

/// Why a statement does not apply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mismatch {
    /// It is about other actions.
    Action,
    /// It is about other principals.
    Principal,
    /// It is about other resources.
    Resource,
    /// A condition does not hold.
    Condition {
        /// The operator.
        operator: Operator,
        /// The key as written.
        key: String,
        /// The values of the policy.
        wanted: Vec<String>,
        /// The values of the request; `None` when it does not have the key.
        given: Option<Vec<String>>,
    },
}

/// Explains every statement that bears on the principal, for a complete request, as [`decide`](crate::decide()) sees it.
pub fn explain(policies: &PolicySet, request: &Request) -> Vec<Explanation> {
    Evaluation::new(policies, request, World::Closed).explain(policies.sites())
}

/// Explains every statement for a request that may be incomplete, as
/// [`decide_open`](crate::decide_open) sees it.
pub fn explain_open(policies: &PolicySet, request: &Request) -> Vec<Explanation> {
    Evaluation::new(policies, request, World::Open).explain(policies.sites())
}

impl Evaluation<'_> {
    /// Explains these statements, as far as they bear on the principal.
    pub(crate) fn explain<'a>(&self, sites: impl Iterator<Item = Site<'a>>) -> Vec<Explanation> {
        let bearing = sites.filter(|site| self.scope.bears(site.layer));
        bearing
            .map(|site| Explanation {
                statement: site.reference(),
                effect: site.statement.effect(),
                relevance: self.relevance(site),
            })
            .collect()
    }

    fn relevance(&self, site: Site<'_>) -> Relevance {
        let scope = &self.scope;
        let statement = site.statement;
        if !statement.has_action(&scope.request.action) {
            return Relevance::No(Mismatch::Action);
        }
        if statement
            .reach(site.layer, scope, self.has_boundary())
            .is_none()
        {
            return Relevance::No(Mismatch::Principal);
        }
        let resource = statement.has_resource(scope);
        if resource == Tri::No {
            return Relevance::No(Mismatch::Resource);
        }
        let unmet = |condition: &&Condition| condition.holds(scope) == Tri::No;
        if let Some(condition) = statement.conditions().iter().find(unmet) {
            return Relevance::No(mismatch(condition, scope));
        }
        if resource.and(statement.holds(scope)) == Tri::Yes {
            return Relevance::Applies;
        }
        let keys = statement.unknown_keys(scope);
        let mut keys: Vec<String> = keys.iter().map(|key| key.written.to_string()).collect();
        keys.sort();
        keys.dedup();
        Relevance::Depends { keys }
    }
}

fn mismatch(condition: &Condition, scope: &Scope<'_>) -> Mismatch {
    let given = match scope.look_up(&condition.key) {
        Given::Values(values) => Some(values.iter().map(str::to_owned).collect()),
        Given::Absent | Given::Unknown => None,
    };
    Mismatch::Condition {
        operator: condition.operator(),
        key: condition.key().to_owned(),
        wanted: condition.values().to_vec(),
        given,
    }
}

impl fmt::Display for Relevance {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Applies => formatter.write_str("applies"),
            Self::Depends { keys } => write!(formatter, "depends on {}", listed(keys)),
            Self::No(mismatch) => write!(formatter, "does not apply: {mismatch}"),
        }
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Action => formatter.write_str("it is about other actions"),
            Self::Principal => formatter.write_str("it is about other principals"),
            Self::Resource => formatter.write_str("it is about other resources"),
            Self::Condition {
                operator,
                key,
                wanted,
                given,
            } => {
                write!(formatter, "`{key}` ")?;
                match given.as_deref() {
                    None => formatter.write_str("is absent")?,
                    Some([]) => formatter.write_str("has no value")?,
                    Some(values) => write!(formatter, "is {}", listed(values))?,
                }
                write!(formatter, ", which fails `{operator}` {}", listed(wanted))
            }
        }
    }
}

fn listed(values: &[String]) -> String {
    let quoted: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
    quoted.join(", ")
}
