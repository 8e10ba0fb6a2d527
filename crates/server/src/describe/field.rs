//! What a field of a body or a parameter is called and may hold. The readers take it by this, and
//! the document tells it, so that neither knows a field that the other does not.

use serde_json::{Map, Value, json};

/// A field of a body, or a parameter.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field {
    /// The name in JSON or in the address.
    pub(crate) name: &'static str,
    about: &'static str,
    limits: Limits,
}

/// What a text may be.
#[derive(Debug, Clone, Copy)]
struct Limits {
    pattern: Option<&'static str>,
    formats: &'static [&'static str],
    least: Option<usize>,
    most: Option<usize>,
    words: Option<fn() -> Vec<String>>,
    default: Option<&'static str>,
    example: Option<&'static str>,
    secret: bool,
    empty: bool,
}

impl Field {
    /// A field that may hold any text, with a sentence about it.
    pub(crate) const fn new(name: &'static str, about: &'static str) -> Self {
        Self {
            name,
            about,
            limits: Limits {
                pattern: None,
                formats: &[],
                least: None,
                most: None,
                words: None,
                default: None,
                example: None,
                secret: false,
                empty: false,
            },
        }
    }

    /// A text of this pattern (ECMA-262) with at most so many characters.
    pub(crate) const fn pattern(mut self, pattern: &'static str, most: usize) -> Self {
        self.limits.pattern = Some(pattern);
        self.limits.most = Some(most);
        self
    }

    /// A text with so many characters.
    pub(crate) const fn length(mut self, least: usize, most: usize) -> Self {
        self.limits.least = Some(least);
        self.limits.most = Some(most);
        self
    }

    /// A text with at least so many characters.
    pub(crate) const fn least(mut self, least: usize) -> Self {
        self.limits.least = Some(least);
        self
    }

    /// A text of one of these formats, which JSON Schema has names for.
    pub(crate) const fn formats(mut self, formats: &'static [&'static str]) -> Self {
        self.limits.formats = formats;
        self
    }

    /// One of the words that a catalogue has.
    pub(crate) const fn words(mut self, words: fn() -> Vec<String>) -> Self {
        self.limits.words = Some(words);
        self
    }

    /// What it is where it is not there.
    pub(crate) const fn default(mut self, default: &'static str) -> Self {
        self.limits.default = Some(default);
        self
    }

    /// What it may look like.
    pub(crate) const fn example(mut self, example: &'static str) -> Self {
        self.limits.example = Some(example);
        self
    }

    /// It is never told again.
    pub(crate) const fn secret(mut self) -> Self {
        self.limits.secret = true;
        self
    }

    /// Empty is the same as not there.
    pub(crate) const fn or_empty(mut self) -> Self {
        self.limits.empty = true;
        self
    }

    /// The sentence about it.
    pub(crate) fn about(&self) -> &'static str {
        self.about
    }

    /// What it may look like, if that is told.
    pub(crate) fn sample(&self) -> Option<&'static str> {
        self.limits.example
    }

    /// A text that it may hold, as JSON Schema.
    pub(super) fn text(&self) -> Map<String, Value> {
        let full = self.full_text();
        match self.limits.empty && full.len() > 1 {
            true => Map::from_iter([("anyOf".to_owned(), json!([{"const": ""}, full]))]),
            false => full,
        }
    }

    fn full_text(&self) -> Map<String, Value> {
        let limits = &self.limits;
        let mut schema = Map::from_iter([("type".to_owned(), json!("string"))]);
        let mut say = |keyword: &str, value: Option<Value>| {
            if let Some(value) = value {
                schema.insert(keyword.to_owned(), value);
            }
        };
        say("pattern", limits.pattern.map(Value::from));
        match limits.formats {
            [] => {}
            [format] => say("format", Some(json!(format))),
            formats => {
                let each = formats.iter().map(|format| json!({"format": format}));
                say("anyOf", Some(each.collect()));
            }
        }
        say("minLength", limits.least.map(Value::from));
        say("maxLength", limits.most.map(Value::from));
        say("enum", limits.words.map(|words| json!(words())));
        say("default", limits.default.map(Value::from));
        say("writeOnly", limits.secret.then_some(Value::Bool(true)));
        schema
    }
}
