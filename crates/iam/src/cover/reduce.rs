//! Policies without what a question settles: conditions that always hold, and statements that
//! never apply because one never holds.

use super::known::{Known, Standing};
use crate::policy::{Policy, Version};
use crate::statement::Statement;
use crate::{NamedPolicy, PolicySet};

/// Decides the requests of the question as the policies themselves do.
pub(super) fn reduced(policies: &PolicySet, known: &Known<'_>) -> PolicySet {
    let list = |list: &[NamedPolicy]| list.iter().map(|one| policy(one, known)).collect();
    let single = |one: &Option<NamedPolicy>| one.as_ref().map(|one| policy(one, known));
    PolicySet {
        identity: list(&policies.identity),
        groups: list(&policies.groups),
        boundary: single(&policies.boundary),
        session: single(&policies.session),
        scps: policies.scps.iter().map(|level| list(level)).collect(),
        resource: single(&policies.resource),
    }
}

fn policy(named: &NamedPolicy, known: &Known<'_>) -> NamedPolicy {
    let Policy {
        version,
        id,
        statements,
    } = &named.policy;
    let variables = *version == Version::V2012;
    let statements = statements
        .iter()
        .map(|one| statement(one, known, variables));
    NamedPolicy::new(
        named.name.clone(),
        Policy {
            version: *version,
            id: id.clone(),
            statements: statements.collect(),
        },
    )
}

fn statement(statement: &Statement, known: &Known<'_>, variables: bool) -> Statement {
    let mut reduced = statement.clone();
    let mut never = false;
    reduced.conditions.retain(|condition| {
        let standing = known.standing(condition, variables);
        never |= standing == Standing::Never;
        standing == Standing::Open
    });
    if never {
        // It keeps its place, so that the others keep theirs, but applies to no action.
        reduced.actions.negated = false;
        reduced.actions.patterns.clear();
    }
    reduced
}
