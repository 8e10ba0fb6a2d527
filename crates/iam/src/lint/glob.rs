//! Patterns compared with each other: whether one text can match both, and whether all that one
//! matches the other does too.

/// One element of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    Char(char),
    /// Exactly one character.
    One,
    /// Any run of characters.
    Many,
    /// Any run of characters without this one: the placeholders of ARN formats.
    Without(char),
    /// A policy variable: some text, the same wherever it is written the same.
    Variable(String),
}

/// A pattern of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Glob {
    pub(super) tokens: Vec<Token>,
    /// A variable in it is written wrongly.
    pub(super) is_broken: bool,
}

impl Glob {
    /// Reads a pattern of resources or condition values.
    pub(super) fn read(text: &str, wildcards: bool, variables: bool) -> Self {
        let mut tokens = Vec::new();
        let mut is_broken = false;
        let mut rest = text;
        while let Some(character) = rest.chars().next() {
            let variable = rest.strip_prefix("${").filter(|_| variables);
            rest = match variable {
                Some(inner) => {
                    let (name, after) = inner.split_once('}').unwrap_or(("", ""));
                    is_broken |= name.is_empty();
                    tokens.push(variable_token(name));
                    after
                }
                None => {
                    tokens.push(match character {
                        '*' if wildcards => Token::Many,
                        '?' if wildcards => Token::One,
                        other => Token::Char(other),
                    });
                    rest.get(character.len_utf8()..).unwrap_or_default()
                }
            };
        }
        // `**` is `*`.
        tokens.dedup_by(|a, b| *a == Token::Many && *b == Token::Many);
        Self { tokens, is_broken }
    }

    /// Reads a pattern of actions, which ignores case and has no variables.
    pub(super) fn action(text: &str) -> Self {
        Self::read(&text.to_lowercase(), true, false)
    }

    pub(super) fn is_literal(&self) -> bool {
        self.tokens
            .iter()
            .all(|token| matches!(token, Token::Char(_)))
    }

    pub(super) fn matches_text(&self, text: &str) -> bool {
        let text: Vec<Token> = text.chars().map(Token::Char).collect();
        intersects(&self.tokens, &text)
    }

    /// The six segments, when the pattern shows all their colons.
    pub(super) fn segments(&self) -> Option<[&[Token]; 6]> {
        segments(&self.tokens)
    }
}

fn variable_token(name: &str) -> Token {
    match name {
        "*" | "?" | "$" => name.chars().next().map_or(Token::Many, Token::Char),
        _ => Token::Variable(name.to_ascii_lowercase()),
    }
}

pub(super) fn segments(tokens: &[Token]) -> Option<[&[Token]; 6]> {
    let mut parts = tokens.splitn(6, |token| *token == Token::Char(':'));
    Some([
        parts.next()?,
        parts.next()?,
        parts.next()?,
        parts.next()?,
        parts.next()?,
        parts.next()?,
    ])
}

/// Whether a text exists that both match; a variable may have any value.
pub(super) fn intersects(a: &[Token], b: &[Token]) -> bool {
    let width = b.len() + 1;
    let mut seen = vec![false; (a.len() + 1) * width];
    let mut open = vec![(0, 0)];
    while let Some((i, j)) = open.pop() {
        match seen.get_mut(i * width + j) {
            Some(seen) if !*seen => *seen = true,
            _ => continue,
        }
        let (left, right) = (a.get(i), b.get(j));
        if left.is_none() && right.is_none() {
            return true;
        }
        if left.is_some_and(is_run) {
            open.push((i + 1, j));
        }
        if right.is_some_and(is_run) {
            open.push((i, j + 1));
        }
        if let (Some(left), Some(right)) = (left, right)
            && share_character(left, right)
        {
            open.push((
                i + usize::from(!is_run(left)),
                j + usize::from(!is_run(right)),
            ));
        }
    }
    false
}

/// Whether `a` matches everything that `b` matches. Where it says so, it is so; the other way
/// round it may miss what only a case distinction shows.
pub(super) fn includes(a: &[Token], b: &[Token]) -> bool {
    let (mut i, mut j) = (0, 0);
    let mut last_many = None;
    loop {
        match (a.get(i), b.get(j)) {
            (Some(Token::Many), _) => {
                last_many = Some((i + 1, j));
                i += 1;
                continue;
            }
            (None, None) => return true,
            (Some(left), Some(right)) if covers(left, right) => {
                i += 1;
                j += 1;
                continue;
            }
            _ => {}
        }
        // The last `*` takes one more.
        match &mut last_many {
            Some((after, from)) if *from < b.len() => {
                *from += 1;
                (i, j) = (*after, *from);
            }
            _ => return false,
        }
    }
}

fn covers(left: &Token, right: &Token) -> bool {
    match (left, right) {
        (Token::One, Token::Char(_) | Token::One) => true,
        (left, right) => left == right && *left != Token::Many,
    }
}

fn is_run(token: &Token) -> bool {
    matches!(token, Token::Many | Token::Without(_) | Token::Variable(_))
}

fn share_character(left: &Token, right: &Token) -> bool {
    match (left, right) {
        (Token::Char(a), Token::Char(b)) => a == b,
        (Token::Char(a), Token::Without(b)) | (Token::Without(b), Token::Char(a)) => a != b,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glob(text: &str) -> Glob {
        Glob::read(text, true, true)
    }

    #[test]
    fn what_includes_what() {
        let cases = [
            ("*", "abc", true),
            ("*", "", true),
            ("a*", "a", true),
            ("a*", "ab*c", true),
            ("a?c", "abc", true),
            ("a?c", "a?c", true),
            ("a?c", "a*c", false),
            ("a*c", "a?c", true),
            ("*b*", "a*b", true),
            ("*b*", "a*c", false),
            ("abc", "ab", false),
            ("ab", "abc", false),
            ("*-${aws:username}", "x-${AWS:UserName}", true),
            ("x-*", "x-${aws:username}", true),
            ("x-?", "x-${aws:username}", false),
            ("x-${a}", "x-${b}", false),
            ("*ab*ab", "abcab*ab", true),
            ("**", "*", true),
        ];
        for (a, b, expected) in cases {
            let (left, right) = (glob(a), glob(b));
            assert_eq!(includes(&left.tokens, &right.tokens), expected, "{a} ⊇ {b}");
            if expected {
                assert!(intersects(&left.tokens, &right.tokens), "{a} ∩ {b}");
            }
        }
    }

    #[test]
    fn what_intersects_what() {
        let cases = [
            ("a*", "*b", true),
            ("a*c", "ab?c", true),
            ("a*", "b*", false),
            ("a?", "a", false),
            ("a${x}", "ab", true),
            ("", "*", true),
            ("", "?", false),
            ("${*}", "*", true),
            ("${*}", "x", false),
        ];
        for (a, b, expected) in cases {
            assert_eq!(
                intersects(&glob(a).tokens, &glob(b).tokens),
                expected,
                "{a} {b}"
            );
            assert_eq!(
                intersects(&glob(b).tokens, &glob(a).tokens),
                expected,
                "{b} {a}"
            );
        }
        let within = [Token::Without(':')];
        assert!(intersects(&within, &glob("ab").tokens));
        assert!(!intersects(&within, &glob("a:b").tokens));
    }

    #[test]
    fn wrongly_written_variables_are_seen() {
        for (text, expected) in [
            ("${a}", false),
            ("${a", true),
            ("a${}", true),
            ("${*}", false),
        ] {
            assert_eq!(glob(text).is_broken, expected, "{text}");
        }
        assert!(!Glob::read("${a", true, false).is_broken);
    }
}
