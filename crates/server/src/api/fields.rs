//! The fields of a JSON object, read strictly: every fault is told at its
//! field, all at once, and no value is repeated.

use commissary_core::FieldError;

use super::body::Json;
use crate::problem::Problem;

/// The longest unknown field name that an error repeats. Secret keys have 40
/// characters: a longer name may be one that slipped into the wrong place.
const LONGEST_SHOWN: usize = 30;

/// The fields not yet read, and the faults found so far.
pub(crate) struct Fields {
    left: Vec<(String, Json)>,
    /// Where the object stands in the body: empty, or for example `authentication.`.
    place: String,
    faults: Vec<FieldError>,
}

impl Fields {
    pub(super) fn new(fields: Vec<(String, Json)>) -> Self {
        Self::at(fields, String::new())
    }

    fn at(fields: Vec<(String, Json)>, place: String) -> Self {
        Self {
            left: fields,
            place,
            faults: Vec::new(),
        }
    }

    /// A text; empty if it is not there, which the domain then complains about.
    pub(crate) fn text(&mut self, name: &str) -> String {
        self.optional_text(name).unwrap_or_default()
    }

    /// A text that may be missing or null. What is secret goes into a type of its
    /// own at once.
    pub(crate) fn optional_text(&mut self, name: &str) -> Option<String> {
        match self.take(name)? {
            Json::Null => None,
            Json::Text(mut text) => Some(std::mem::take(&mut *text)),
            _ => self.wrong(name, "text"),
        }
    }

    /// A list of texts; empty if it is not there.
    pub(crate) fn texts(&mut self, name: &str) -> Vec<String> {
        let items = match self.take(name) {
            None | Some(Json::Null) => return Vec::new(),
            Some(Json::List(items)) => items,
            Some(_) => return self.wrong(name, "a list of texts").unwrap_or_default(),
        };
        let texts: Option<Vec<String>> = items.into_iter().map(text_of).collect();
        match texts {
            Some(texts) => texts,
            None => self.wrong(name, "a list of texts").unwrap_or_default(),
        }
    }

    /// A list of texts that may be missing or null.
    pub(crate) fn optional_texts(&mut self, name: &str) -> Option<Vec<String>> {
        let mut named = self.left.iter().filter(|(key, _)| key == name);
        let there = named.any(|(_, value)| !matches!(value, Json::Null));
        let texts = self.texts(name);
        there.then_some(texts)
    }

    /// True or false; false if it is not there.
    pub(crate) fn flag(&mut self, name: &str) -> bool {
        match self.take(name) {
            None | Some(Json::Null) => false,
            Some(Json::Bool(value)) => value,
            Some(_) => self.wrong(name, "true or false").unwrap_or_default(),
        }
    }

    /// True or false, or nothing if it is not there.
    pub(crate) fn optional_flag(&mut self, name: &str) -> Option<bool> {
        match self.take(name)? {
            Json::Null => None,
            Json::Bool(value) => Some(value),
            _ => self.wrong(name, "true or false"),
        }
    }

    /// An object of any names, each with one of a few words; empty if it is not there.
    pub(crate) fn choices_by_name<T: Copy>(
        &mut self,
        name: &str,
        words: &[(&str, T)],
    ) -> Vec<(String, T)> {
        let fields = match self.take(name) {
            None | Some(Json::Null) => return Vec::new(),
            Some(Json::Object(fields)) => fields,
            Some(_) => return self.wrong(name, "an object `{…}`").unwrap_or_default(),
        };
        let chosen = |(key, value): (String, Json)| {
            let text = text_of(value)?;
            let (_, chosen) = words.iter().find(|(word, _)| *word == text)?;
            Some((key, *chosen))
        };
        let found: Option<Vec<(String, T)>> = fields.into_iter().map(chosen).collect();
        found.unwrap_or_else(|| {
            let words: Vec<String> = words
                .iter()
                .map(|(word, _)| format!("`\"{word}\"`"))
                .collect();
            let expected = format!("an object whose values are each {}", words.join(" or "));
            self.wrong(name, &expected).unwrap_or_default()
        })
    }

    /// An object that may be missing or null.
    pub(crate) fn optional_object<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&mut Fields) -> T,
    ) -> Option<T> {
        let mut named = self.left.iter().filter(|(key, _)| key == name);
        match named.next() {
            None => None,
            Some((_, Json::Null)) => {
                self.take(name);
                None
            }
            Some(_) => Some(self.object(name, read)),
        }
    }

    /// Texts that are each one of a few words; none where the field is not there.
    pub(crate) fn choices<T: Copy>(&mut self, name: &str, words: &[(&str, T)]) -> Option<Vec<T>> {
        if !self.left.iter().any(|(key, _)| key == name) {
            return None;
        }
        let texts = self.texts(name);
        let known = |text: &String| words.iter().find(|(word, _)| word == text);
        let found: Option<Vec<T>> = texts
            .iter()
            .map(|text| known(text).map(|(_, value)| *value))
            .collect();
        found.or_else(|| {
            let words: Vec<String> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
            self.wrong(name, &format!("a list of {}", words.join(", ")))
        })
    }

    /// One of a few words. `missing` stands for a field that is not there;
    /// without it the field must be there.
    pub(crate) fn choice<T: Copy>(
        &mut self,
        name: &str,
        words: &[(&str, T)],
        missing: Option<T>,
    ) -> Option<T> {
        let known = || {
            let quoted: Vec<String> = words
                .iter()
                .map(|(word, _)| format!("`\"{word}\"`"))
                .collect();
            quoted.join(" or ")
        };
        match self.take(name) {
            None | Some(Json::Null) => missing.or_else(|| self.wrong(name, &known())),
            Some(Json::Text(text)) => {
                let found = words.iter().find(|(word, _)| *word == *text);
                found
                    .map(|(_, value)| *value)
                    .or_else(|| self.wrong(name, &known()))
            }
            Some(_) => self.wrong(name, &known()),
        }
    }

    /// Reads an object with `read`; a missing or wrong one is read as an empty one.
    pub(crate) fn object<T>(&mut self, name: &str, read: impl FnOnce(&mut Fields) -> T) -> T {
        let place = format!("{}{name}.", self.place);
        let taken = self.take(name);
        let known = matches!(taken, Some(Json::Object(_)));
        let fields = match taken {
            Some(Json::Object(fields)) => fields,
            _ => self.wrong(name, "an object `{…}`").unwrap_or_default(),
        };
        let mut inner = Self::at(fields, place);
        let value = read(&mut inner);
        inner.tell_unknown();
        // Of an object that is not there only that is told.
        if known {
            self.faults.append(&mut inner.faults);
        }
        value
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// Everything that was wrong, and every field that nobody asked for.
    pub(crate) fn finish(mut self) -> Result<(), Problem> {
        self.tell_unknown();
        match self.faults.is_empty() {
            true => Ok(()),
            false => Err(Problem::invalid(self.faults)),
        }
    }

    /// Takes a field that must be there at most once.
    fn take(&mut self, name: &str) -> Option<Json> {
        let position = self.left.iter().position(|(key, _)| key == name)?;
        let (_, value) = self.left.remove(position);
        let before = self.left.len();
        self.left.retain(|(key, _)| key != name);
        if self.left.len() < before {
            let message = format!("`{}{name}` is there more than once", self.place);
            self.faults.push(FieldError::new(name, message));
        }
        Some(value)
    }

    fn wrong<T>(&mut self, name: &str, expected: &str) -> Option<T> {
        let message = format!("`{}{name}` must be {expected}", self.place);
        self.faults.push(FieldError::new(name, message));
        None
    }

    fn tell_unknown(&mut self) {
        for (name, _) in std::mem::take(&mut self.left) {
            let fault = if is_showable(&name) {
                let field = format!("{}{name}", self.place);
                FieldError::new(
                    &field,
                    format!("`{field}` is not a field that is known here"),
                )
            } else {
                let field = self.place.trim_end_matches('.');
                FieldError::new(
                    if field.is_empty() { "body" } else { field },
                    "there is a field here that is not known",
                )
            };
            self.faults.push(fault);
        }
    }
}

fn text_of(value: Json) -> Option<String> {
    match value {
        Json::Text(mut text) => Some(std::mem::take(&mut *text)),
        _ => None,
    }
}

fn is_showable(name: &str) -> bool {
    let word = name
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    word && (1..=LONGEST_SHOWN).contains(&name.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(json: &str) -> Fields {
        match serde_json::from_str(json).unwrap() {
            Json::Object(fields) => Fields::new(fields),
            _ => panic!("not an object"),
        }
    }

    fn faults(fields: Fields) -> Vec<(String, String)> {
        let problem = fields.finish().unwrap_err();
        problem
            .errors
            .into_iter()
            .map(|fault| (fault.field, fault.message))
            .collect()
    }

    #[test]
    fn all_faults_are_told_and_no_value_is_repeated() {
        let secret = "wJalrXUtnFEMIbK7MDENGbPxRfiCYEXAMPLEKEYx";
        let mut read = fields(&format!(
            r#"{{"a": 1, "list": ["x", {{"y": "{secret}"}}], "word": "{secret}", "{secret}": 1,
               "twice": "1", "twice": "2", "inner": {{"b": ["{secret}"], "c": "{secret}"}}}}"#
        ));
        assert!(read.text("a").is_empty());
        assert!(read.texts("list").is_empty());
        assert_eq!(
            read.choice("word", &[("now", 1), ("later", 2)], Some(1)),
            None
        );
        assert_eq!(read.text("twice"), "1");
        read.object("inner", |inner| inner.optional_text("b"));
        let told = faults(read);
        let places: Vec<&str> = told.iter().map(|(field, _)| field.as_str()).collect();
        assert_eq!(
            places,
            ["a", "list", "word", "twice", "b", "inner.c", "body"]
        );
        assert_eq!(told[2].1, "`word` must be `\"now\"` or `\"later\"`");
        assert_eq!(told[4].1, "`inner.b` must be text");
        assert!(told.iter().all(|(_, message)| !message.contains(secret)));
    }

    #[test]
    fn what_is_missing_is_read_as_empty_or_told_once() {
        let mut read = fields(r#"{"a": null}"#);
        assert!(read.text("a").is_empty());
        assert!(read.texts("b").is_empty());
        assert_eq!(read.choice("c", &[("now", 1)], Some(1)), Some(1));
        read.object("d", |inner| inner.choice("e", &[("static", ())], None));
        assert_eq!(
            faults(read),
            [("d".to_owned(), "`d` must be an object `{…}`".to_owned())]
        );
    }
}
