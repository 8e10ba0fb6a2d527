//! ARN conditions compare the six segments one by one, with wildcards inside each.
//! Source: "IAM JSON policy elements: Condition operators", section on ARN operators.

use super::glob::{Glob, Token, run};
use super::template::{Certainty, Syntax, Template};
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
            Self::Template(template) => match template.certainty(scope) {
                Certainty::NoValue => Tri::No,
                Certainty::Known => alike_tokens(template.tokens(scope), given).into(),
                // The unknown value may itself hold colons.
                Certainty::AtMost => Tri::Unknown,
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

/// The same for tokens that are not split yet; the last segment keeps its colons.
fn alike_tokens(
    mut tokens: impl Iterator<Item = Token> + Clone,
    [heads @ .., last]: [&str; 6],
) -> bool {
    let is_colon = |token: &Token| *token == Token::Char(':');
    let heads_alike = heads.into_iter().all(|segment| {
        let head = tokens.clone().take_while(move |token| !is_colon(token));
        run(head, segment.chars()) && tokens.by_ref().any(|token| is_colon(&token))
    });
    heads_alike && run(tokens, last.chars())
}

fn split(tokens: &[Token]) -> Option<[Glob; 6]> {
    let mut parts = tokens.splitn(6, |token| *token == Token::Char(':'));
    let mut next = || parts.next().map(|part| Glob::new(part.to_vec()));
    Some([next()?, next()?, next()?, next()?, next()?, next()?])
}
