//! The names of the condition operators.

use std::fmt;

/// A condition operator with its set prefix and `IfExists` suffix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operator {
    base: &'static Base,
    quantifier: Option<Quantifier>,
    if_exists: bool,
}

/// `ForAllValues:` or `ForAnyValue:`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quantifier {
    ForAllValues,
    ForAnyValue,
}

#[derive(Debug, PartialEq, Eq)]
struct Base {
    name: &'static str,
    kind: Kind,
    negated: bool,
}

/// What is compared, and how, before any negation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    String { wildcards: bool, ignore_case: bool },
    Numeric(Comparison),
    Date(Comparison),
    Bool,
    Binary,
    Ip,
    Arn,
    Null,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comparison {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Comparison {
    pub(crate) fn holds<T: PartialOrd>(self, given: &T, wanted: &T) -> bool {
        match self {
            Self::Equal => given == wanted,
            Self::Less => given < wanted,
            Self::LessOrEqual => given <= wanted,
            Self::Greater => given > wanted,
            Self::GreaterOrEqual => given >= wanted,
        }
    }
}

const EXACT: Kind = Kind::String {
    wildcards: false,
    ignore_case: false,
};
const EXACT_IGNORING_CASE: Kind = Kind::String {
    wildcards: false,
    ignore_case: true,
};
const LIKE: Kind = Kind::String {
    wildcards: true,
    ignore_case: false,
};

const fn base(name: &'static str, kind: Kind, negated: bool) -> Base {
    Base {
        name,
        kind,
        negated,
    }
}

/// Source: "IAM JSON policy elements: Condition operators".
static OPERATORS: [Base; 27] = [
    base("StringEquals", EXACT, false),
    base("StringNotEquals", EXACT, true),
    base("StringEqualsIgnoreCase", EXACT_IGNORING_CASE, false),
    base("StringNotEqualsIgnoreCase", EXACT_IGNORING_CASE, true),
    base("StringLike", LIKE, false),
    base("StringNotLike", LIKE, true),
    base("NumericEquals", Kind::Numeric(Comparison::Equal), false),
    base("NumericNotEquals", Kind::Numeric(Comparison::Equal), true),
    base("NumericLessThan", Kind::Numeric(Comparison::Less), false),
    base(
        "NumericLessThanEquals",
        Kind::Numeric(Comparison::LessOrEqual),
        false,
    ),
    base(
        "NumericGreaterThan",
        Kind::Numeric(Comparison::Greater),
        false,
    ),
    base(
        "NumericGreaterThanEquals",
        Kind::Numeric(Comparison::GreaterOrEqual),
        false,
    ),
    base("DateEquals", Kind::Date(Comparison::Equal), false),
    base("DateNotEquals", Kind::Date(Comparison::Equal), true),
    base("DateLessThan", Kind::Date(Comparison::Less), false),
    base(
        "DateLessThanEquals",
        Kind::Date(Comparison::LessOrEqual),
        false,
    ),
    base("DateGreaterThan", Kind::Date(Comparison::Greater), false),
    base(
        "DateGreaterThanEquals",
        Kind::Date(Comparison::GreaterOrEqual),
        false,
    ),
    base("Bool", Kind::Bool, false),
    base("BinaryEquals", Kind::Binary, false),
    base("IpAddress", Kind::Ip, false),
    base("NotIpAddress", Kind::Ip, true),
    base("ArnEquals", Kind::Arn, false),
    base("ArnLike", Kind::Arn, false),
    base("ArnNotEquals", Kind::Arn, true),
    base("ArnNotLike", Kind::Arn, true),
    base("Null", Kind::Null, false),
];

impl Operator {
    /// Reads `[ForAllValues:|ForAnyValue:]Name[IfExists]`; prefix and suffix go with every
    /// operator but `Null`. Names are compared with their case.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (quantifier, rest) = if let Some(rest) = text.strip_prefix("ForAllValues:") {
            (Some(Quantifier::ForAllValues), rest)
        } else if let Some(rest) = text.strip_prefix("ForAnyValue:") {
            (Some(Quantifier::ForAnyValue), rest)
        } else {
            (None, text)
        };
        let (name, if_exists) = match rest.strip_suffix("IfExists") {
            Some(name) => (name, true),
            None => (rest, false),
        };
        let base = OPERATORS.iter().find(|base| base.name == name)?;
        let decorated = quantifier.is_some() || if_exists;
        (base.kind != Kind::Null || !decorated).then_some(Self {
            base,
            quantifier,
            if_exists,
        })
    }

    /// The operator that a wrongly written name comes close to: prefix, case or suffix aside.
    pub(crate) fn near(text: &str) -> Option<&'static str> {
        let name = text.rsplit(':').next().unwrap_or(text).to_ascii_lowercase();
        let name = name.strip_suffix("ifexists").unwrap_or(&name);
        OPERATORS
            .iter()
            .map(|base| base.name)
            .find(|known| known.eq_ignore_ascii_case(name))
    }

    /// The name without prefix and suffix, such as `StringLike`.
    pub fn name(self) -> &'static str {
        self.base.name
    }

    /// Whether the operator asks that nothing matches, such as `StringNotEquals`.
    pub fn is_negated(self) -> bool {
        self.base.negated
    }

    /// Whether the operator ends in `IfExists`.
    pub fn is_if_exists(self) -> bool {
        self.if_exists
    }

    pub(crate) fn kind(self) -> Kind {
        self.base.kind
    }

    pub(crate) fn quantifier(self) -> Option<Quantifier> {
        self.quantifier
    }

    /// The answer when the request does not have the key.
    pub(crate) fn holds_without_key(self) -> bool {
        self.if_exists
            || match self.quantifier {
                Some(Quantifier::ForAllValues) => true,
                Some(Quantifier::ForAnyValue) => false,
                None => self.base.negated,
            }
    }
}

impl fmt::Display for Operator {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let prefix = match self.quantifier {
            Some(Quantifier::ForAllValues) => "ForAllValues:",
            Some(Quantifier::ForAnyValue) => "ForAnyValue:",
            None => "",
        };
        let suffix = if self.if_exists { "IfExists" } else { "" };
        write!(formatter, "{prefix}{}{suffix}", self.base.name)
    }
}
