//! Texts to copy, as they stand between tags. Templates say `escape("verbatim")`.

use std::fmt::{Result, Write};

use askama::filters::Escaper;

/// Escapes what means something between tags. Quotes mean nothing there, and policies are full of
/// them; an attribute is no place for this.
#[derive(Clone, Copy)]
pub(crate) struct Verbatim;

impl Escaper for Verbatim {
    fn write_escaped_str<W: Write>(&self, mut page: W, text: &str) -> Result {
        text.chars().try_for_each(|letter| match letter {
            '&' => page.write_str("&amp;"),
            '<' => page.write_str("&lt;"),
            '>' => page.write_str("&gt;"),
            other => page.write_char(other),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_a_tag_or_a_reference_is_text() {
        let mut page = String::new();
        let text = "{\"a\": '</pre><script>&lt;é'}";
        Verbatim.write_escaped_str(&mut page, text).unwrap();
        assert_eq!(page, "{\"a\": '&lt;/pre&gt;&lt;script&gt;&amp;lt;é'}");
    }
}
