//! ARN conditions compare the six segments one by one, with wildcards inside each.
//! Source: "IAM JSON policy elements: Condition operators", section on ARN operators.

use super::glob::{Glob, Token};
use super::template::{Filled, Syntax, Template};
use crate::arn::segments;
use crate::context::Key;
use crate::scope::Scope;
use crate::tri::Tri;

const SYNTAX: Syntax = Syntax {
    wildcards: true,
    variables: true,
    fold: false,
};

/// A pattern of `ArnEquals`, `ArnLike` and their negations, which behave alike.
#[derive(Debug, Clone)]
pub(crate) enum ArnPattern {
    /// Not six segments: no ARN is like it.
    Never,
    Plain(Box<[Glob; 6]>),
    Template(Template),
}

impl ArnPattern {
    pub(crate) fn compile(text: &str, variables: bool) -> Self {
        let template = Template::compile(
            text,
            Syntax {
                variables,
                ..SYNTAX
            },
        );
        match template.plain() {
            Some(tokens) => {
                split(&tokens).map_or(Self::Never, |globs| Self::Plain(Box::new(globs)))
            }
            None => Self::Template(template),
        }
    }

    pub(crate) fn matches(&self, text: &str, scope: &Scope<'_>) -> Tri {
        let Some(given) = segments(text) else {
            return Tri::No;
        };
        match self {
            Self::Never => Tri::No,
            Self::Plain(globs) => alike(globs, given).into(),
            Self::Template(template) => match template.fill(scope) {
                Filled::NoValue => Tri::No,
                Filled::Known(tokens) => split(&tokens)
                    .is_some_and(|globs| alike(&globs, given))
                    .into(),
                // The unknown value may itself hold colons.
                Filled::AtMost(_) => Tri::Unknown,
            },
        }
    }

    pub(crate) fn variables(&self) -> impl Iterator<Item = &Key> {
        let template = match self {
            Self::Template(template) => Some(template),
            Self::Never | Self::Plain(_) => None,
        };
        template.into_iter().flat_map(Template::variables)
    }
}

fn alike(globs: &[Glob; 6], given: [&str; 6]) -> bool {
    globs
        .iter()
        .zip(given)
        .all(|(glob, segment)| glob.matches(segment))
}

fn split(tokens: &[Token]) -> Option<[Glob; 6]> {
    let mut parts = tokens.splitn(6, |token| *token == Token::Char(':'));
    let mut next = || parts.next().map(|part| Glob::new(part.to_vec()));
    Some([next()?, next()?, next()?, next()?, next()?, next()?])
}
