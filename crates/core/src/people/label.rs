//! What a name or a label may be made of.

/// Whether a text shows as it is written: without control characters, and without
/// those that turn the direction of what stands around it (Unicode Standard Annex 9,
/// "Explicit Directional Embedding"), by which one name could look like another.
pub(crate) fn shows_as_written(text: &str) -> bool {
    !text.contains(hides)
}

/// The same of a single character.
pub(crate) fn hides(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_every_script_show_as_written_and_tricks_do_not() {
        for name in ["ada", "Zoë", "عائشة", "דוד", "王芳", "Ада", "O'Neill"] {
            assert!(shows_as_written(name), "{name}");
        }
        for name in [
            "a\0b",
            "a\nb",
            "a\u{7f}",
            "\u{202e}nimda",
            "a\u{2066}b",
            "a\u{200f}",
        ] {
            assert!(!shows_as_written(name), "{name:?}");
        }
    }
}
