//! Patterns of `Action`, `Resource` and of string and ARN conditions.

mod arn;
mod glob;
mod template;

pub(crate) use arn::ArnPattern;
pub(crate) use glob::Glob;
pub(crate) use template::Syntax;

use crate::context::Key;
use crate::scope::Scope;
use crate::tri::Tri;
use template::Template;

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
            Body::Template(template) => template.matches(text, scope),
        }
    }

    /// For patterns of actions, which have no variables and are folded when compiled.
    pub(crate) fn matches_action(&self, action: &str) -> bool {
        match &self.body {
            Body::Plain(glob) => glob.matches_ignoring_ascii_case(action),
            Body::Template(_) => false,
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
