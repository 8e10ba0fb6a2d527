//! One pass over the text: where each value stands, and how many characters count.

use std::collections::HashMap;

/// Line and column by JSON pointer.
pub(super) type Places = HashMap<String, (usize, usize)>;

pub(super) struct Scan {
    pub(super) places: Places,
    /// All characters but the white space between the elements.
    pub(super) size: usize,
}

/// Reads a text that is known to be JSON.
pub(super) fn scan(text: &str) -> Scan {
    let mut scanner = Scanner {
        text,
        at: 0,
        line: 1,
        line_start: 0,
        pointer: String::new(),
        scan: Scan {
            places: Places::new(),
            size: 0,
        },
    };
    scanner.value();
    scanner.scan
}

struct Scanner<'a> {
    text: &'a str,
    /// The next byte.
    at: usize,
    line: usize,
    line_start: usize,
    pointer: String,
    scan: Scan,
}

impl Scanner<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while let Some(b' ' | b'\t' | b'\r' | b'\n') = self.peek() {
            self.at += 1;
            if self.text.as_bytes().get(self.at - 1) == Some(&b'\n') {
                self.line += 1;
                self.line_start = self.at;
            }
        }
    }

    fn take(&mut self) {
        self.at += 1;
        self.scan.size += 1;
    }

    /// The depth was bounded when the document was parsed.
    fn value(&mut self) {
        self.skip_space();
        let place = (self.line, self.at - self.line_start + 1);
        self.scan.places.insert(self.pointer.clone(), place);
        match self.peek() {
            Some(b'{') => self.members(b'}'),
            Some(b'[') => self.members(b']'),
            Some(b'"') => {
                self.string();
            }
            _ => {
                while let Some(byte) = self.peek()
                    && !matches!(byte, b',' | b']' | b'}' | b' ' | b'\t' | b'\r' | b'\n')
                {
                    self.take();
                }
            }
        }
    }

    fn members(&mut self, close: u8) {
        self.take();
        let outer = self.pointer.len();
        let mut index = 0;
        loop {
            self.skip_space();
            match self.peek() {
                Some(byte) if byte == close => return self.take(),
                Some(b',') => {
                    self.take();
                    index += 1;
                    continue;
                }
                None => return,
                Some(_) => {}
            }
            let step = if close == b'}' {
                self.key()
            } else {
                index.to_string()
            };
            self.pointer.push('/');
            self.pointer
                .push_str(&step.replace('~', "~0").replace('/', "~1"));
            self.value();
            self.pointer.truncate(outer);
        }
    }

    fn key(&mut self) -> String {
        let key = self.string();
        self.skip_space();
        // The colon.
        self.take();
        key
    }

    fn string(&mut self) -> String {
        let start = self.at;
        self.at += 1;
        while let Some(byte) = self.peek() {
            self.at += if byte == b'\\' { 2 } else { 1 };
            if byte == b'"' {
                break;
            }
        }
        let written = self.text.get(start..self.at).unwrap_or_default();
        self.scan.size += written.chars().count();
        serde_json::from_str(written).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_its_place() {
        let text = "{ \"a\": [1,\n  {\"b/c\": \"x\\\"é ]\"} ],\r\n\"d~\": {} , \"e\": [ ]\n}";
        let scan = scan(text);
        let expected = [
            ("", (1, 1)),
            ("/a", (1, 8)),
            ("/a/0", (1, 9)),
            ("/a/1", (2, 3)),
            ("/a/1/b~1c", (2, 11)),
            ("/d~0", (3, 7)),
            ("/e", (3, 17)),
        ];
        for (pointer, place) in expected {
            assert_eq!(scan.places.get(pointer), Some(&place), "{pointer}");
        }
        assert_eq!(scan.places.len(), expected.len());
        let minified: serde_json::Value = serde_json::from_str(text).unwrap();
        assert_eq!(scan.size, minified.to_string().chars().count());
    }
}
