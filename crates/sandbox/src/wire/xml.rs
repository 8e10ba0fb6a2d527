//! A writer for the XML that AWS answers with: elements and text, nothing else.

use std::fmt::Display;

/// An XML fragment being written.
#[derive(Default)]
pub(crate) struct Xml(String);

impl Xml {
    /// `<tag>value</tag>`, with the value escaped.
    pub(crate) fn text(&mut self, tag: &str, value: impl Display) {
        self.open(tag);
        escape_into(&mut self.0, &value.to_string());
        self.close(tag);
    }

    /// `<tag>…</tag>` around what `inside` writes.
    pub(crate) fn element(&mut self, tag: &str, inside: impl FnOnce(&mut Xml)) {
        self.open(tag);
        inside(self);
        self.close(tag);
    }

    /// `<tag><member>…</member>…</tag>`, the query protocol's list.
    pub(crate) fn list<T>(
        &mut self,
        tag: &str,
        items: impl IntoIterator<Item = T>,
        mut write: impl FnMut(&mut Xml, T),
    ) {
        self.element(tag, |xml| {
            for item in items {
                xml.element("member", |xml| write(xml, item));
            }
        });
    }

    /// A list whose members are text.
    pub(crate) fn texts<T: Display>(&mut self, tag: &str, items: impl IntoIterator<Item = T>) {
        self.element(tag, |xml| {
            for item in items {
                xml.text("member", item);
            }
        });
    }

    /// The finished fragment.
    pub(crate) fn into_string(self) -> String {
        self.0
    }

    fn open(&mut self, tag: &str) {
        self.0.push('<');
        self.0.push_str(tag);
        self.0.push('>');
    }

    fn close(&mut self, tag: &str) {
        self.0.push_str("</");
        self.0.push_str(tag);
        self.0.push('>');
    }
}

/// Escapes mark-up, and carriage returns, which a reader would otherwise turn into line feeds.
/// Characters that XML 1.0 cannot hold at all become U+FFFD.
pub(crate) fn escape_into(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\r' => out.push_str("&#xD;"),
            '\t' | '\n' => out.push(character),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(character),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_nested_elements_with_escaped_text() {
        let mut xml = Xml::default();
        xml.element("User", |xml| {
            xml.text("Name", "a<b>&\"c'\r\u{1}");
            xml.texts("Keys", ["x", "y"]);
        });
        assert_eq!(
            xml.into_string(),
            "<User><Name>a&lt;b&gt;&amp;&quot;c&#39;&#xD;\u{fffd}</Name>\
             <Keys><member>x</member><member>y</member></Keys></User>"
        );
    }
}
