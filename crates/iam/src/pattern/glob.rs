//! Wildcards: `*` is any run of characters, `?` exactly one, nothing else is special.
//! Source: "IAM JSON policy elements: Resource", section on wildcards.

mod pieces;
mod run;

use pieces::{AnyCase, Compare, Pieces, SameCase};
pub(super) use run::run;

/// One element of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token {
    /// This character.
    Char(char),
    /// Exactly one character.
    One,
    /// Any run of characters, also an empty one.
    Many,
}

/// A compiled pattern; the common forms have a shape of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Glob {
    Anything,
    Exact(Box<str>),
    Prefix(Box<str>),
    /// Literals with `*` between them.
    Pieces(Pieces),
    /// With a `?` somewhere.
    Tokens {
        tokens: Box<[Token]>,
        /// No shorter text (in bytes) can match.
        least: usize,
    },
}

impl Glob {
    pub(crate) fn new(tokens: Vec<Token>) -> Self {
        if tokens.contains(&Token::One) {
            return Glob::Tokens {
                least: least(&tokens),
                tokens: tokens.into(),
            };
        }
        let mut literals = tokens
            .split(|token| *token == Token::Many)
            .map(literal)
            .collect::<Vec<_>>();
        let last = literals.pop().unwrap_or_default();
        let mut literals = literals.into_iter();
        match (literals.next(), literals.as_slice()) {
            (None, _) => Glob::Exact(last),
            (Some(first), []) if last.is_empty() && first.is_empty() => Glob::Anything,
            (Some(first), []) if last.is_empty() => Glob::Prefix(first),
            (Some(first), _) => Glob::Pieces(Pieces::new(first, literals, last)),
        }
    }

    /// Whether it matches the whole text, case and all.
    pub(crate) fn matches(&self, text: &str) -> bool {
        self.matches_as::<SameCase>(text)
    }

    /// The same for a pattern in lower case against a text in any case.
    pub(crate) fn matches_ignoring_ascii_case(&self, text: &str) -> bool {
        self.matches_as::<AnyCase>(text)
    }

    fn matches_as<C: Compare>(&self, text: &str) -> bool {
        match self {
            Glob::Anything => true,
            Glob::Exact(literal) => C::same(text.as_bytes(), literal.as_bytes()),
            Glob::Prefix(literal) => text
                .as_bytes()
                .get(..literal.len())
                .is_some_and(|start| C::same(start, literal.as_bytes())),
            Glob::Pieces(pieces) => pieces.matches::<C>(text.as_bytes()),
            Glob::Tokens { tokens, least } => {
                text.len() >= *least && run(tokens.iter().copied(), text.chars().map(C::fold))
            }
        }
    }

    /// Its elements.
    pub(crate) fn tokens(&self) -> Vec<Token> {
        let literals: Vec<&str> = match self {
            Glob::Anything => vec!["", ""],
            Glob::Exact(literal) => vec![literal],
            Glob::Prefix(literal) => vec![literal, ""],
            Glob::Pieces(pieces) => pieces.literals().collect(),
            Glob::Tokens { tokens, .. } => return tokens.to_vec(),
        };
        let mut tokens = Vec::new();
        for (place, literal) in literals.into_iter().enumerate() {
            if place > 0 {
                tokens.push(Token::Many);
            }
            tokens.extend(literal.chars().map(Token::Char));
        }
        tokens
    }

    /// The literal that every text it matches begins with.
    pub(crate) fn start(&self) -> String {
        let tokens = self.tokens().into_iter();
        let start = tokens.map_while(|token| match token {
            Token::Char(character) => Some(character),
            Token::One | Token::Many => None,
        });
        start.collect()
    }
}

fn literal(tokens: &[Token]) -> Box<str> {
    let characters = tokens.iter().filter_map(|token| match token {
        Token::Char(character) => Some(*character),
        Token::One | Token::Many => None,
    });
    characters.collect()
}

fn least(tokens: &[Token]) -> usize {
    tokens
        .iter()
        .map(|token| match token {
            Token::Char(character) => character.len_utf8(),
            Token::One => 1,
            Token::Many => 0,
        })
        .sum()
}
