//! Where in its document a statement stands.

/// A line and a column, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Position {
    pub(super) line: usize,
    pub(super) column: usize,
}

/// The first and the last character of the statement at `index`, in a document that is known to
/// be a policy. `None` when the element's name is not written plainly.
pub(super) fn of_statement(document: &str, index: usize) -> Option<(Position, Position)> {
    let mut reader = Reader::default();
    let mut place = Position { line: 1, column: 0 };
    let mut seen = 0;
    let mut start = None;
    for character in document.chars() {
        place.column += 1;
        match reader.read(character) {
            Event::Begins => start = Some(place),
            Event::Ends if seen == index => return start.map(|start| (start, place)),
            Event::Ends => seen += 1,
            Event::Nothing => {}
        }
        if character == '\n' {
            place = Position {
                line: place.line + 1,
                column: 0,
            };
        }
    }
    None
}

enum Event {
    Nothing,
    Begins,
    Ends,
}

/// Follows the brackets and strings of a JSON text.
#[derive(Default)]
struct Reader {
    depth: usize,
    string: Option<String>,
    escaped: bool,
    /// The last string at the top of the document: the name before a colon.
    last: String,
    /// The depth at which statements begin, once their element has been found.
    statements: Option<usize>,
}

impl Reader {
    fn read(&mut self, character: char) -> Event {
        if self.string.is_some() {
            self.read_in_string(character);
            return Event::Nothing;
        }
        match character {
            '"' => self.string = Some(String::new()),
            ':' if self.depth == 1 => {
                self.statements = (self.last == "Statement").then_some(1);
            }
            '[' | '{' => return self.open(character),
            ']' | '}' => return self.close(),
            _ => {}
        }
        Event::Nothing
    }

    fn read_in_string(&mut self, character: char) {
        match (character, self.escaped) {
            ('"', false) => self.last = self.string.take().unwrap_or_default(),
            ('\\', false) => self.escaped = true,
            _ => {
                self.escaped = false;
                if let Some(string) = &mut self.string {
                    string.push(character);
                }
            }
        }
    }

    fn open(&mut self, bracket: char) -> Event {
        let here = self.statements == Some(self.depth);
        self.depth += 1;
        match (here, bracket) {
            (true, '{') => Event::Begins,
            (true, _) => {
                self.statements = Some(self.depth);
                Event::Nothing
            }
            _ => Event::Nothing,
        }
    }

    fn close(&mut self) -> Event {
        self.depth = self.depth.saturating_sub(1);
        match self.statements {
            Some(depth) if depth == self.depth => Event::Ends,
            // The end of the list of statements, or of the document.
            Some(depth) if depth > self.depth => {
                self.statements = None;
                Event::Nothing
            }
            _ => Event::Nothing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(document: &str, index: usize) -> Option<[usize; 4]> {
        of_statement(document, index)
            .map(|(start, end)| [start.line, start.column, end.line, end.column])
    }

    #[test]
    fn finds_each_of_several_statements() {
        let document = "{\n \"Id\": \"}\\\"Statement\",\n \"Statement\": [\n  {\"a\": {\"b\": [{}]}},\n  {\n  }\n ]\n}";
        assert_eq!(places(document, 0), Some([4, 3, 4, 20]));
        assert_eq!(places(document, 1), Some([5, 3, 6, 3]));
        assert_eq!(places(document, 2), None);
    }

    #[test]
    fn finds_a_single_statement() {
        let document = "{\"Statement\":{\"Condition\":{}},\"Id\":\"x\"}";
        assert_eq!(places(document, 0), Some([1, 14, 1, 29]));
        assert_eq!(places(document, 1), None);
    }

    proptest::proptest! {
        /// Cutting a statement out by its place gives the statement back.
        #[test]
        fn places_are_those_of_the_statements(
            before in "[a-z\\[\\]{}:\\n\\\\\"]{0,12}",
            statements in proptest::collection::vec("[a-z\\[\\]{},:\\n\\\\\"]{0,12}", 1..4),
        ) {
            let statements: Vec<String> = statements
                .iter()
                .map(|text| serde_json::json!({"Sid": text, "x": [{}]}).to_string())
                .collect();
            let id = serde_json::Value::from(before);
            let document = format!("{{\"Id\": {id},\n\"Statement\": [{}]}}", statements.join(",\n "));
            let lines: Vec<Vec<char>> = document.lines().map(|line| line.chars().collect()).collect();
            for (index, statement) in statements.iter().enumerate() {
                let [line, from, end, to] = places(&document, index).unwrap();
                proptest::prop_assert_eq!(line, end);
                let cut: String = lines[line - 1][from - 1..to].iter().collect();
                proptest::prop_assert_eq!(&cut, statement);
            }
        }

        #[test]
        fn any_text_is_read_to_its_end(document in "\\PC*", index in 0..3_usize) {
            let _ = of_statement(&document, index);
        }
    }
}
