//! Wildcards: `*` is any run of characters, `?` exactly one, nothing else is special.
//! Source: "IAM JSON policy elements: Resource", section on wildcards.

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
    Tokens {
        tokens: Box<[Token]>,
        /// No shorter text (in bytes) can match.
        least: usize,
    },
}

impl Glob {
    pub(crate) fn new(tokens: Vec<Token>) -> Self {
        let literal: String = tokens
            .iter()
            .map_while(|token| match token {
                Token::Char(character) => Some(*character),
                Token::One | Token::Many => None,
            })
            .collect();
        let literals = literal.chars().count();
        match (tokens.len() - literals, tokens.last()) {
            (0, _) => Glob::Exact(literal.into()),
            (1, Some(Token::Many)) if literals == 0 => Glob::Anything,
            (1, Some(Token::Many)) => Glob::Prefix(literal.into()),
            _ => Glob::Tokens {
                least: least(&tokens),
                tokens: tokens.into(),
            },
        }
    }

    /// Whether it matches the whole text, case and all.
    pub(crate) fn matches(&self, text: &str) -> bool {
        match self {
            Glob::Anything => true,
            Glob::Exact(literal) => **literal == *text,
            Glob::Prefix(literal) => text.starts_with(&**literal),
            Glob::Tokens { tokens, least } => text.len() >= *least && run(tokens, text, |c| c),
        }
    }

    /// The same for a pattern in lower case against a text in any case.
    pub(crate) fn matches_ignoring_ascii_case(&self, text: &str) -> bool {
        match self {
            Glob::Anything => true,
            Glob::Exact(literal) => literal.eq_ignore_ascii_case(text),
            Glob::Prefix(literal) => text
                .as_bytes()
                .get(..literal.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(literal.as_bytes())),
            Glob::Tokens { tokens, least } => {
                text.len() >= *least && run(tokens, text, |c| c.to_ascii_lowercase())
            }
        }
    }
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

/// Matches with one point of return, the last `*`: an earlier one never has to take more, because
/// what follows it has matched at the first place it could. Time is at most the product of both
/// lengths, whatever the pattern.
pub(super) fn run(tokens: &[Token], text: &str, fold: impl Fn(char) -> char) -> bool {
    let mut tokens = tokens;
    let mut rest = text.chars();
    let mut last_many = None;
    loop {
        match tokens.split_first() {
            Some((Token::Many, [])) => return true,
            Some((Token::Many, after)) => {
                last_many = Some((after, rest.clone()));
                tokens = after;
                continue;
            }
            Some((token, after)) => match rest.clone().next() {
                // The text is used up, and every return would only shorten it.
                None => return false,
                Some(character) if accepts(*token, fold(character)) => {
                    rest.next();
                    tokens = after;
                    continue;
                }
                Some(_) => {}
            },
            None if rest.as_str().is_empty() => return true,
            None => {}
        }
        let Some((after, from)) = &mut last_many else {
            return false;
        };
        if from.next().is_none() {
            return false;
        }
        tokens = after;
        rest = from.clone();
    }
}

fn accepts(token: Token, character: char) -> bool {
    match token {
        Token::Char(wanted) => wanted == character,
        Token::One | Token::Many => true,
    }
}
