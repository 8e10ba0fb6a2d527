//! The formats of ARNs in the reference data, compared with patterns of policies.

use crate::lint::document::Document;
use crate::lint::glob::{Glob, Token, segments};
use crate::reference::ResourceType;

/// Placeholders that hold no slash; all others may, such as the names of roles with their path.
const FLAT: [&str; 1] = ["BucketName"];

/// Whether the pattern can match an ARN of the type.
pub(super) fn fits(document: &Document<'_>, pattern: &Glob, kind: &ResourceType) -> bool {
    kind.arns().iter().any(|format| {
        let format = tokens(format);
        match (pattern.segments(), segments(&format)) {
            // A `*` may stand for several segments, but where all six are written they are meant.
            (Some(written), Some(format)) => written
                .iter()
                .zip(format)
                .all(|(written, format)| document.intersects(written, format)),
            _ => document.intersects(&pattern.tokens, &format),
        }
    })
}

/// A pattern that fits every ARN of the format, for a fix.
pub(super) fn example(format: &str) -> String {
    let mut text = String::new();
    for token in tokens(format) {
        match token {
            Token::Char(character) => text.push(character),
            _ => text.push('*'),
        }
    }
    text
}

fn tokens(format: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut colons = 0;
    let mut rest = format;
    while let Some(character) = rest.chars().next() {
        rest = match rest
            .strip_prefix("${")
            .and_then(|inner| inner.split_once('}'))
        {
            Some((name, after)) => {
                tokens.push(match name {
                    _ if colons < 5 => Token::Without(':'),
                    flat if FLAT.contains(&flat) => Token::Without('/'),
                    _ => Token::Many,
                });
                after
            }
            None => {
                colons += usize::from(character == ':');
                tokens.push(Token::Char(character));
                rest.get(character.len_utf8()..).unwrap_or_default()
            }
        };
    }
    tokens
}
