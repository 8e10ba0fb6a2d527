//! Sentences of the domain as they are shown: with a capital, a full stop, and
//! what stands in backticks set as code.

use askama::filters::{Html, Safe, escape};

/// Escaped HTML.
pub(crate) type Prose = Safe<String>;

/// Sets a sentence for a page. Everything in it is escaped.
pub(crate) fn prose(text: &str) -> Prose {
    let text = text.trim();
    let pieces: Vec<&str> = text.split('`').collect();
    // An odd number of backticks means that one of them is just a character.
    let mut html = if pieces.len() % 2 == 1 {
        let set = pieces
            .iter()
            .enumerate()
            .map(|(index, piece)| match index % 2 {
                0 => escaped(&capitalised(piece, index == 0)),
                _ => format!("<code>{}</code>", escaped(piece)),
            });
        set.collect()
    } else {
        escaped(&capitalised(text, true))
    };
    if !text.is_empty() && !text.ends_with(['.', '!', '?', ':', '…']) {
        html.push('.');
    }
    Safe(html)
}

fn capitalised(text: &str, first: bool) -> String {
    let mut chars = text.chars();
    match (first, chars.next()) {
        (true, Some(letter)) => letter.to_uppercase().chain(chars).collect(),
        _ => text.to_owned(),
    }
}

fn escaped(text: &str) -> String {
    match escape(text, Html) {
        Ok(escaped) => escaped.to_string(),
        // Escaping HTML is infallible.
        Err(never) => match never {},
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_set() {
        for (text, html) in [
            ("choose another name", "Choose another name."),
            ("`a<b` is taken", "<code>a&#60;b</code> is taken."),
            (
                "AWS answered `X`: slow down!",
                "AWS answered <code>X</code>: slow down!",
            ),
            ("a ` alone <script>", "A ` alone &#60;script&#62;."),
            ("", ""),
        ] {
            assert_eq!(prose(text).0, html);
        }
    }
}
