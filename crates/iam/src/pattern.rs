//! Patterns of `Action`, `Resource` and of string and ARN conditions.

mod arn;
mod glob;
mod template;

pub(crate) use arn::ArnPattern;
pub(crate) use glob::{Glob, Token};
pub(crate) use template::{Filled, Syntax, Template};

use crate::context::{Key, folded};
use crate::scope::Scope;
use crate::tri::Tri;

/// A pattern as written, and compiled: plain, or with policy variables to be filled in.
#[derive(Debug, Clone)]
pub(crate) struct Pattern {
    text: Box<str>,
    body: Body,
}

#[derive(Debug, Clone)]
enum Body {
    Plain(Glob),
    Template(Template),
}

impl Pattern {
    pub(crate) fn compile(text: &str, syntax: Syntax) -> Self {
        let template = Template::compile(text, syntax);
        let body = match template.plain() {
            Some(tokens) => Body::Plain(Glob::new(tokens)),
            None => Body::Template(template),
        };
        Self {
            text: text.into(),
            body,
        }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it matches the whole text; with variables it depends on the request.
    pub(crate) fn matches(&self, text: &str, scope: &Scope<'_>) -> Tri {
        match &self.body {
            Body::Plain(glob) => glob.matches(text).into(),
            Body::Template(template) => template.matches(text.chars(), scope),
        }
    }

    /// The same for a pattern in lower case against a text in any case.
    pub(crate) fn matches_ignoring_case(&self, text: &str, scope: &Scope<'_>) -> Tri {
        match &self.body {
            Body::Plain(Glob::Exact(literal)) => literal.chars().eq(folded(text)).into(),
            Body::Plain(_) => Tri::No,
            Body::Template(template) => template.matches(folded(text), scope),
        }
    }

    /// For patterns of actions, which have no variables and are folded when compiled.
    pub(crate) fn matches_action(&self, action: &str) -> bool {
        match &self.body {
            Body::Plain(glob) => glob.matches_ignoring_ascii_case(action),
            Body::Template(_) => false,
        }
    }

    /// The pattern as a glob, when it has no variables to fill in.
    pub(crate) fn glob(&self) -> Option<&Glob> {
        match &self.body {
            Body::Plain(glob) => Some(glob),
            Body::Template(_) => None,
        }
    }

    /// The keys of its variables.
    pub(crate) fn variables(&self) -> impl Iterator<Item = &Key> {
        let template = match &self.body {
            Body::Plain(_) => None,
            Body::Template(template) => Some(template),
        };
        template.into_iter().flat_map(Template::variables)
    }
}
