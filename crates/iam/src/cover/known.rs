//! What the conditions of a question say of a condition of a policy.

use super::values::{Bound, Values, within};
use crate::condition::{Condition, Kind, Quantifier};
use crate::scope::{Scope, World};
use crate::tri::Tri;
use crate::{Context, Request};

/// Whether a condition of a policy holds for the requests that are asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// For all of them.
    Always,
    /// For none of them.
    Never,
    /// The conditions of the question do not settle it.
    Open,
}

/// The conditions of a question, over what is known without them.
pub(crate) struct Known<'a> {
    pub(super) conditions: &'a [Condition],
    /// Whether `${…}` in these conditions is a variable.
    variables: bool,
    pub(super) request: &'a Request,
}

impl<'a> Known<'a> {
    pub(crate) fn new(conditions: &'a [Condition], variables: bool, request: &'a Request) -> Self {
        Self {
            conditions,
            variables,
            request,
        }
    }

    /// The conditions on the key.
    pub(super) fn about(&self, folded: &str) -> Vec<&'a Condition> {
        let conditions = self.conditions.iter();
        conditions
            .filter(|condition| *condition.key.folded == *folded)
            .collect()
    }

    /// Where a condition of a policy stands; `variables` tells whether `${…}` in it is a variable.
    pub(crate) fn standing(&self, condition: &Condition, variables: bool) -> Standing {
        let scope = Scope::new(self.request, World::Open);
        let given = self.about(&condition.key.folded);
        if given.is_empty() || !scope.is_unknown(&condition.key) {
            return Standing::Open;
        }
        let without_value = self.without_value(condition, &given);
        let all = |wanted: Tri| without_value.iter().all(|holds| *holds == wanted);
        let has_values = !given.iter().any(|given| forbids_values(given));
        let with = |bound| self.with_values(condition, variables, &given, bound, &scope);
        if all(Tri::Yes) && (!has_values || with(Wanted::Always)) {
            Standing::Always
        } else if all(Tri::No) && (!has_values || with(Wanted::Never)) {
            Standing::Never
        } else {
            Standing::Open
        }
    }

    /// Whether it holds in each of the cases that the question allows: the key is absent, has no
    /// value, or has an empty one.
    fn without_value(&self, condition: &Condition, given: &[&Condition]) -> Vec<Tri> {
        let mut holds = Vec::new();
        if given.iter().all(|given| holds_without_key(given)) {
            holds.push(holds_without_key(condition).into());
        }
        for values in [&[][..], &[""][..]] {
            let allowed = |given: &&Condition| self.holds_for(given, values) != Tri::No;
            if given.iter().all(allowed) {
                holds.push(self.holds_for(condition, values));
            }
        }
        holds
    }

    /// Whether it always, or never, holds when the key has a value that is not empty.
    fn with_values(
        &self,
        condition: &Condition,
        variables: bool,
        given: &[&Condition],
        wanted: Wanted,
        scope: &Scope<'_>,
    ) -> bool {
        if condition.operator().kind() == Kind::Null {
            let holds = says(condition, "false");
            return holds == (wanted == Wanted::Always);
        }
        let accepted = match wanted {
            Wanted::Always => Values::of(condition, variables, Bound::Least, scope),
            Wanted::Never => Values::of(condition, variables, Bound::Most, scope).others(),
        };
        let given = given
            .iter()
            .filter(|given| given.operator().kind() != Kind::Null);
        let mut of_each = Vec::new();
        let mut of_some = Vec::new();
        let mut is_single = false;
        for one in given {
            let values = Values::of(one, self.variables, Bound::Most, scope);
            is_single |= one.operator().quantifier().is_none();
            match is_about_each(one) {
                true => of_each.push(values),
                false => of_some.push(values),
            }
        }
        if is_single {
            of_each.append(&mut of_some);
        }
        // What is so of every value is so of some; what is so of some value is enough to hold
        // where one value is enough, and not to hold where each has to match.
        let one_is_enough = is_about_each(condition) == (wanted == Wanted::Never);
        let by_some = |values: Values<'_>| {
            let mut both = of_each.clone();
            both.push(values);
            within(&both, &accepted)
        };
        within(&of_each, &accepted) || (one_is_enough && of_some.into_iter().any(by_some))
    }

    /// Whether a condition holds when its key has just these values.
    pub(super) fn holds_for(&self, condition: &Condition, values: &[&str]) -> Tri {
        let mut request = self.request.clone();
        request.context.set(condition.key(), values.iter().copied());
        condition.holds(&Scope::new(&request, World::Open))
    }

    /// The context with the keys whose value the conditions fix.
    pub(super) fn fixed(conditions: &[Condition], context: &mut Context, scope: &Scope<'_>) {
        for condition in conditions {
            if let Some(value) = super::samples::only_value(condition, scope)
                && context.get(condition.key()).is_none()
            {
                context.set(condition.key(), [value]);
            }
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Always,
    Never,
}

/// Whether each value of the key has to be accepted, not just one.
fn is_about_each(condition: &Condition) -> bool {
    match condition.operator().quantifier() {
        Some(Quantifier::ForAllValues) => true,
        Some(Quantifier::ForAnyValue) => false,
        None => condition.operator().is_negated(),
    }
}

fn says(condition: &Condition, wanted: &str) -> bool {
    let values = condition.values().iter();
    values
        .into_iter()
        .any(|value| value.eq_ignore_ascii_case(wanted))
}

/// Whether the condition is that the key has no value.
fn forbids_values(condition: &Condition) -> bool {
    condition.operator().kind() == Kind::Null && !says(condition, "false")
}

fn holds_without_key(condition: &Condition) -> bool {
    match condition.operator().kind() {
        Kind::Null => says(condition, "true"),
        _ => condition.operator().holds_without_key(),
    }
}
