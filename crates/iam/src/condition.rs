//! Conditions. Source: "IAM JSON policy elements: Condition" and "… Condition operators".

mod binary;
mod date;
mod ip;
mod numeric;
mod operator;
mod test;

pub use operator::Operator;
pub(crate) use operator::{Kind, Quantifier};
pub(crate) use test::Test;

use crate::context::Key;
use crate::scope::{Given, Scope, Values};
use crate::tri::Tri;

/// One operator on one key: `{"StringEquals": {"aws:RequestedRegion": ["eu-west-1"]}}`.
///
/// All the conditions of a statement have to hold.
#[derive(Debug, Clone)]
pub struct Condition {
    pub(crate) operator: Operator,
    pub(crate) key: Key,
    pub(crate) values: Vec<String>,
    pub(crate) test: Test,
}

impl Condition {
    /// The operator with its prefix and suffix.
    pub fn operator(&self) -> Operator {
        self.operator
    }

    /// The context key as written.
    pub fn key(&self) -> &str {
        &self.key.written
    }

    /// The values as written; numbers and booleans without quotes appear as text.
    pub fn values(&self) -> &[String] {
        &self.values
    }

    pub(crate) fn holds(&self, scope: &Scope<'_>) -> Tri {
        let given = scope.look_up(&self.key);
        if let Test::Null(wanted) = &self.test {
            return null(wanted, &given);
        }
        match given {
            Given::Unknown => Tri::Unknown,
            Given::Absent => self.operator.holds_without_key().into(),
            Given::Values(values) => self.compare(&values, scope),
        }
    }

    /// Several values of the request: without a set prefix one that matches is enough, and for a
    /// negated operator none may match. Source: "Single-valued vs. multivalued context keys".
    fn compare(&self, values: &Values<'_>, scope: &Scope<'_>) -> Tri {
        let negated = self.operator.is_negated();
        let matched = |value: &str| self.test.matches(value, scope);
        match self.operator.quantifier() {
            None => Tri::any(values.iter().map(matched)).negated(negated),
            Some(Quantifier::ForAllValues) if values.is_null() => Tri::Yes,
            Some(Quantifier::ForAnyValue) if values.is_null() => Tri::No,
            Some(Quantifier::ForAllValues) => {
                Tri::all(values.iter().map(|value| matched(value).negated(negated)))
            }
            Some(Quantifier::ForAnyValue) => {
                Tri::any(values.iter().map(|value| matched(value).negated(negated)))
            }
        }
    }

    /// The keys the outcome of [`holds`](Self::holds) can depend on.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &Key> {
        std::iter::once(&self.key).chain(self.test.variables())
    }
}

/// `Null` is about whether the key has a value at all.
fn null(wanted: &[Option<bool>], given: &Given<'_>) -> Tri {
    let is_null = match given {
        Given::Unknown => return Tri::Unknown,
        Given::Absent => true,
        Given::Values(values) => values.is_null(),
    };
    wanted.contains(&Some(is_null)).into()
}
