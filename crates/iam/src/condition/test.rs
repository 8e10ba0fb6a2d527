//! The values of a condition, compiled for comparison.

use super::binary;
use super::date::Instant;
use super::ip::Network;
use super::numeric;
use super::operator::{Comparison, Kind};
use crate::context::Key;
use crate::pattern::{ArnPattern, Pattern, Syntax};
use crate::scope::Scope;
use crate::tri::Tri;

/// A policy value that is not of the operator's type is `None` and matches nothing.
#[derive(Debug, Clone)]
pub(crate) enum Test {
    Text {
        patterns: Vec<Pattern>,
        ignore_case: bool,
    },
    Arn(Vec<ArnPattern>),
    Numeric(Comparison, Vec<Option<f64>>),
    Date(Comparison, Vec<Option<Instant>>),
    Bool(Vec<Pattern>),
    Binary(Vec<Option<Vec<u8>>>),
    Ip(Vec<Option<Network>>),
    Null(Vec<Option<bool>>),
}

impl Test {
    /// Variables work with the string, ARN and boolean operators only. Source: "IAM JSON policy
    /// elements: Condition operators", which says so of each kind.
    pub(crate) fn compile(kind: Kind, values: &[String], variables: bool) -> Self {
        fn each<'a, T>(values: &'a [String], convert: impl Fn(&'a str) -> T) -> Vec<T> {
            values.iter().map(|value| convert(value)).collect()
        }
        match kind {
            Kind::String {
                wildcards,
                ignore_case,
            } => {
                let syntax = Syntax {
                    wildcards,
                    variables,
                    fold: ignore_case,
                };
                Self::Text {
                    patterns: each(values, |value| Pattern::compile(value, syntax)),
                    ignore_case,
                }
            }
            Kind::Arn => Self::Arn(each(values, |value| ArnPattern::compile(value, variables))),
            Kind::Numeric(comparison) => Self::Numeric(comparison, each(values, numeric::parse)),
            Kind::Date(comparison) => Self::Date(comparison, each(values, Instant::parse)),
            Kind::Bool => {
                let syntax = Syntax {
                    wildcards: false,
                    variables,
                    fold: true,
                };
                Self::Bool(each(values, |value| Pattern::compile(value, syntax)))
            }
            Kind::Binary => Self::Binary(each(values, binary::decode)),
            Kind::Ip => Self::Ip(each(values, Network::parse)),
            Kind::Null => Self::Null(each(values, boolean)),
        }
    }

    /// Whether one value of the request matches any value of the policy, before any negation.
    pub(super) fn matches(&self, given: &str, scope: &Scope<'_>) -> Tri {
        match self {
            Self::Text {
                patterns,
                ignore_case: false,
            } => Tri::any(patterns.iter().map(|pattern| pattern.matches(given, scope))),
            Self::Text {
                patterns,
                ignore_case: true,
            } => Tri::any(
                patterns
                    .iter()
                    .map(|pattern| pattern.matches_ignoring_case(given, scope)),
            ),
            Self::Arn(patterns) => {
                Tri::any(patterns.iter().map(|pattern| pattern.matches(given, scope)))
            }
            Self::Numeric(comparison, wanted) => {
                any(numeric::parse(given), wanted, |a, b| comparison.holds(a, b))
            }
            Self::Date(comparison, wanted) => {
                any(Instant::parse(given), wanted, |a, b| comparison.holds(a, b))
            }
            Self::Bool(patterns) => match boolean(given) {
                Some(given) => {
                    let given = if given { "true" } else { "false" };
                    Tri::any(patterns.iter().map(|pattern| pattern.matches(given, scope)))
                }
                None => Tri::No,
            },
            Self::Binary(wanted) => any(binary::bytes(given), wanted, |given, wanted| {
                given.clone().eq(wanted.iter().copied())
            }),
            Self::Ip(wanted) => any(given.parse().ok(), wanted, |address, network| {
                network.contains(*address)
            }),
            Self::Null(_) => Tri::No,
        }
    }

    pub(crate) fn variables(&self) -> impl Iterator<Item = &Key> {
        let (texts, arns): (&[Pattern], &[ArnPattern]) = match self {
            Self::Text { patterns, .. } | Self::Bool(patterns) => (patterns, &[]),
            Self::Arn(patterns) => (&[], patterns),
            _ => (&[], &[]),
        };
        let texts = texts.iter().flat_map(Pattern::variables);
        texts.chain(arns.iter().flat_map(ArnPattern::variables))
    }
}

/// Whether the given value, if it is of the type at all, compares to any wanted one.
fn any<G, W>(given: Option<G>, wanted: &[Option<W>], holds: impl Fn(&G, &W) -> bool) -> Tri {
    given
        .is_some_and(|given| wanted.iter().flatten().any(|wanted| holds(&given, wanted)))
        .into()
}

fn boolean(text: &str) -> Option<bool> {
    [("true", true), ("false", false)]
        .into_iter()
        .find_map(|(name, value)| text.eq_ignore_ascii_case(name).then_some(value))
}
