//! What a part of a template becomes in a request.

use std::char::ToLowercase;
use std::iter::FlatMap;
use std::str::Chars;

use super::Part;
use crate::pattern::glob::Token;
use crate::scope::{Given, Scope};

/// The tokens of one part.
#[derive(Clone)]
pub(super) enum Filling<'s> {
    Token(Option<Token>),
    /// A value is text: wildcards in it are characters like any other.
    Text(Chars<'s>),
    Folded(FlatMap<Chars<'s>, ToLowercase, fn(char) -> ToLowercase>),
    /// It could be anything.
    Unknown {
        given: bool,
    },
    NoValue,
}

impl<'s> Filling<'s> {
    pub(super) fn of(part: &'s Part, fold: bool, scope: &'s Scope<'_>) -> Self {
        let (key, default) = match part {
            Part::Token(token) => return Self::Token(Some(*token)),
            Part::Broken => return Self::NoValue,
            Part::Variable { key, default } => (key, default),
        };
        let value = match scope.look_up(key) {
            Given::Unknown => return Self::Unknown { given: false },
            given => single(&given).or(default.as_deref()),
        };
        match value {
            None => Self::NoValue,
            Some(value) if fold => Self::Folded(value.chars().flat_map(char::to_lowercase)),
            Some(value) => Self::Text(value.chars()),
        }
    }
}

impl Iterator for Filling<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        match self {
            Self::Token(token) => token.take(),
            Self::Text(rest) => rest.next().map(Token::Char),
            Self::Folded(rest) => rest.next().map(Token::Char),
            Self::Unknown { given } => (!std::mem::replace(given, true)).then_some(Token::Many),
            Self::NoValue => None,
        }
    }
}

/// Only a single-valued key can stand for a variable, and an empty value is no value: filling in
/// nothing would make `home/${aws:username}/*` match `home//…`.
fn single<'s>(given: &Given<'s>) -> Option<&'s str> {
    match given {
        Given::Values(values) => {
            let mut all = values.iter();
            all.next()
                .filter(|value| !value.is_empty() && all.next().is_none())
        }
        Given::Absent | Given::Unknown => None,
    }
}
