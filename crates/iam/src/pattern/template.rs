//! Policy variables: `${key}`, `${key, 'default'}`, and `${*}`, `${?}`, `${$}` for the characters
//! themselves. Source: "IAM policy elements: Variables and tags".

mod filling;

use super::glob::{Token, run};
use crate::context::Key;
use crate::scope::Scope;
use crate::tri::Tri;
use filling::Filling;

/// What has a meaning in a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Syntax {
    /// `*` and `?` are wildcards.
    pub(crate) wildcards: bool,
    /// `${…}` is a variable: only with version 2012-10-17.
    pub(crate) variables: bool,
    /// The text is compared in lower case.
    pub(crate) fold: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Template {
    parts: Vec<Part>,
    fold: bool,
}

#[derive(Debug, Clone)]
enum Part {
    Token(Token),
    Variable {
        key: Key,
        default: Option<Box<str>>,
    },
    /// A variable that is written wrongly has no value.
    Broken,
}

/// What a request makes of the variables.
pub(super) enum Certainty {
    /// One has no value: nothing matches.
    NoValue,
    Known,
    /// One is unknown: the tokens match at least everything it could match.
    AtMost,
}

/// A template with the variables of a request filled in.
pub(crate) enum Filled {
    /// A variable has no value: nothing matches.
    NoValue,
    Known(Vec<Token>),
    /// A variable is unknown: the tokens match at least everything it could match.
    AtMost(Vec<Token>),
}

impl Template {
    pub(crate) fn compile(text: &str, syntax: Syntax) -> Self {
        let mut rest = text;
        let mut parts = Vec::new();
        while let Some(character) = rest.chars().next() {
            match rest.strip_prefix("${").filter(|_| syntax.variables) {
                Some(inner) => {
                    let (part, after) = variable(inner);
                    parts.push(part);
                    rest = after;
                }
                None => {
                    push_character(&mut parts, character, syntax);
                    rest = rest.get(character.len_utf8()..).unwrap_or_default();
                }
            }
        }
        Self {
            parts,
            fold: syntax.fold,
        }
    }

    /// The tokens, when there is nothing to fill in.
    pub(super) fn plain(&self) -> Option<Vec<Token>> {
        self.parts
            .iter()
            .map(|part| match part {
                Part::Token(token) => Some(*token),
                Part::Variable { .. } | Part::Broken => None,
            })
            .collect()
    }

    pub(super) fn variables(&self) -> impl Iterator<Item = &Key> {
        self.parts.iter().filter_map(|part| match part {
            Part::Variable { key, .. } => Some(key),
            Part::Token(_) | Part::Broken => None,
        })
    }

    pub(super) fn matches(
        &self,
        text: impl Iterator<Item = char> + Clone,
        scope: &Scope<'_>,
    ) -> Tri {
        match self.certainty(scope) {
            Certainty::NoValue => Tri::No,
            Certainty::Known => run(self.tokens(scope), text).into(),
            Certainty::AtMost if run(self.tokens(scope), text) => Tri::Unknown,
            Certainty::AtMost => Tri::No,
        }
    }

    /// The tokens as a list of their own.
    pub(crate) fn fill(&self, scope: &Scope<'_>) -> Filled {
        match self.certainty(scope) {
            Certainty::NoValue => Filled::NoValue,
            Certainty::Known => Filled::Known(self.tokens(scope).collect()),
            Certainty::AtMost => Filled::AtMost(self.tokens(scope).collect()),
        }
    }

    pub(super) fn certainty(&self, scope: &Scope<'_>) -> Certainty {
        let mut certainty = Certainty::Known;
        for part in &self.parts {
            match Filling::of(part, self.fold, scope) {
                Filling::NoValue => return Certainty::NoValue,
                Filling::Unknown { .. } => certainty = Certainty::AtMost,
                Filling::Token(_) | Filling::Text(_) | Filling::Folded(_) => {}
            }
        }
        certainty
    }

    /// The tokens with the values filled in, as they are asked for.
    pub(super) fn tokens<'s>(
        &'s self,
        scope: &'s Scope<'_>,
    ) -> impl Iterator<Item = Token> + Clone + 's {
        let fold = self.fold;
        self.parts
            .iter()
            .flat_map(move |part| Filling::of(part, fold, scope))
    }
}

fn push_character(parts: &mut Vec<Part>, character: char, syntax: Syntax) {
    match character {
        '*' if syntax.wildcards => parts.push(Part::Token(Token::Many)),
        '?' if syntax.wildcards => parts.push(Part::Token(Token::One)),
        other if syntax.fold => {
            parts.extend(other.to_lowercase().map(|c| Part::Token(Token::Char(c))))
        }
        other => parts.push(Part::Token(Token::Char(other))),
    }
}

/// Reads a variable after its `${`; gives the rest of the text too.
fn variable(inner: &str) -> (Part, &str) {
    let Some((name, after)) = split_variable(inner) else {
        return (Part::Broken, "");
    };
    let part = match name {
        "*" | "?" | "$" => name
            .chars()
            .next()
            .map_or(Part::Broken, |c| Part::Token(Token::Char(c))),
        _ => named(name),
    };
    (part, after)
}

/// Splits at the closing brace; one inside the quotes of a default value does not close.
fn split_variable(inner: &str) -> Option<(&str, &str)> {
    let first = inner.find('}')?;
    let end = match opening_quote(inner.get(..first)?) {
        None => first,
        Some(open) => {
            let closing = open + 1 + inner.get(open + 1..)?.find('\'')?;
            closing + inner.get(closing..)?.find('}')?
        }
    };
    Some((inner.get(..end)?, inner.get(end + 1..)?))
}

/// Where the default value opens: at the quote after the first comma.
fn opening_quote(text: &str) -> Option<usize> {
    let comma = text.find(',')?;
    text.get(comma..)?.find('\'').map(|quote| comma + quote)
}

fn named(text: &str) -> Part {
    let (name, default) = match text.split_once(',') {
        None => (text, None),
        Some((name, default)) => {
            let quoted = default
                .trim()
                .strip_prefix('\'')
                .and_then(|rest| rest.strip_suffix('\''));
            match quoted {
                Some(value) => (name.trim_end(), Some(value.into())),
                None => return Part::Broken,
            }
        }
    };
    if name.is_empty() {
        return Part::Broken;
    }
    Part::Variable {
        key: Key::new(name),
        default,
    }
}
