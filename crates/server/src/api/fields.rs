//! The fields of a JSON object, read strictly: every fault is told at its
//! field, all at once, and no value is repeated.

use commissary_core::FieldError;

use super::body::Json;
use crate::describe::{Asked, Field, Kind};
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
    /// What was asked for, where that is noted.
    asked: Option<Vec<Asked>>,
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
            asked: None,
        }
    }

    /// No fields at all, to note which are asked for.
    pub(super) fn to_note() -> Self {
        Self {
            asked: Some(Vec::new()),
            ..Self::new(Vec::new())
        }
    }

    /// What was asked for, where that was noted.
    pub(super) fn asked(self) -> Vec<Asked> {
        self.asked.unwrap_or_default()
    }

    fn note(&mut self, field: &Field, required: bool, kind: impl FnOnce() -> Kind) {
        if let Some(asked) = &mut self.asked {
            asked.push(Asked {
                field: *field,
                kind: kind(),
                required,
            });
        }
    }

    /// A text; empty if it is not there, which the domain then complains about.
    pub(crate) fn text(&mut self, field: &Field) -> String {
        self.note(field, true, || Kind::Text);
        self.taken_text(field).unwrap_or_default()
    }

    /// A text that may be missing or null. What is secret goes into a type of its
    /// own at once.
    pub(crate) fn optional_text(&mut self, field: &Field) -> Option<String> {
        self.note(field, false, || Kind::Text);
        self.taken_text(field)
    }

    /// A list of texts; empty if it is not there.
    pub(crate) fn texts(&mut self, field: &Field) -> Vec<String> {
        self.note(field, false, || Kind::Texts);
        self.taken_texts(field.name)
    }

    /// A list of texts that may be missing or null.
    pub(crate) fn optional_texts(&mut self, field: &Field) -> Option<Vec<String>> {
        let mut named = self.left.iter().filter(|(key, _)| key == field.name);
        let there = named.any(|(_, value)| !matches!(value, Json::Null));
        let texts = self.texts(field);
        there.then_some(texts)
    }

    /// True or false; false if it is not there.
    pub(crate) fn flag(&mut self, field: &Field) -> bool {
        self.optional_flag(field).unwrap_or_default()
    }

    /// True or false, or nothing if it is not there.
    pub(crate) fn optional_flag(&mut self, field: &Field) -> Option<bool> {
        self.note(field, false, || Kind::Flag);
        match self.take(field.name)? {
            Json::Null => None,
            Json::Bool(value) => Some(value),
            _ => self.wrong(field.name, "true or false"),
        }
    }

    /// An object of any names, each with one of a few words; empty if it is not there.
    pub(crate) fn choices_by_name<T: Copy>(
        &mut self,
        field: &Field,
        words: &[(&'static str, T)],
    ) -> Vec<(String, T)> {
        self.note(field, false, || Kind::WordByName(names(words)));
        let name = field.name;
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
            let expected = format!("an object whose values are each {}", one_of(words));
            self.wrong(name, &expected).unwrap_or_default()
        })
    }

    /// An object that may be missing or null.
    pub(crate) fn optional_object<T>(
        &mut self,
        field: &Field,
        read: impl FnOnce(&mut Fields) -> T,
    ) -> Option<T> {
        let mut named = self.left.iter().filter(|(key, _)| key == field.name);
        match named.next() {
            None if self.asked.is_none() => None,
            Some((_, Json::Null)) => {
                self.take(field.name);
                None
            }
            _ => Some(self.taken_object(field, false, read)),
        }
    }

    /// Texts that are each one of a few words; none where the field is not there.
    pub(crate) fn choices<T: Copy>(
        &mut self,
        field: &Field,
        words: &[(&'static str, T)],
    ) -> Option<Vec<T>> {
        self.note(field, false, || Kind::Words(names(words)));
        let name = field.name;
        if !self.left.iter().any(|(key, _)| key == name) {
            return None;
        }
        let texts = self.taken_texts(name);
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
        field: &Field,
        words: &[(&'static str, T)],
        missing: Option<T>,
    ) -> Option<T> {
        self.note(field, missing.is_none(), || Kind::Word(names(words)));
        let name = field.name;
        let chosen = match self.take(name) {
            None | Some(Json::Null) => missing,
            Some(Json::Text(text)) => words
                .iter()
                .find(|(word, _)| *word == *text)
                .map(|(_, value)| *value),
            Some(_) => None,
        };
        chosen.or_else(|| self.wrong(name, &one_of(words)))
    }

    /// Reads an object with `read`; a missing or wrong one is read as an empty one.
    pub(crate) fn object<T>(&mut self, field: &Field, read: impl FnOnce(&mut Fields) -> T) -> T {
        self.taken_object(field, true, read)
    }

    fn taken_object<T>(
        &mut self,
        field: &Field,
        required: bool,
        read: impl FnOnce(&mut Fields) -> T,
    ) -> T {
        let name = field.name;
        let place = format!("{}{name}.", self.place);
        let taken = self.take(name);
        let known = matches!(taken, Some(Json::Object(_)));
        let fields = match taken {
            Some(Json::Object(fields)) => fields,
            _ => self.wrong(name, "an object `{…}`").unwrap_or_default(),
        };
        let mut inner = Self {
            asked: self.asked.as_ref().map(|_| Vec::new()),
            ..Self::at(fields, place)
        };
        let value = read(&mut inner);
        inner.tell_unknown();
        // Of an object that is not there only that is told.
        if known {
            self.faults.append(&mut inner.faults);
        }
        self.note(field, required, || Kind::Object(inner.asked()));
        value
    }

    /// Tells a fault that is seen where several fields are looked at together.
    pub(crate) fn fault(&mut self, field: &str, message: impl Into<String>) {
        self.faults.push(FieldError::new(field, message));
    }

    fn taken_text(&mut self, field: &Field) -> Option<String> {
        match self.take(field.name)? {
            Json::Null => None,
            value => text_of(value).or_else(|| self.wrong(field.name, "text")),
        }
    }

    fn taken_texts(&mut self, name: &str) -> Vec<String> {
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

fn names<T>(words: &[(&'static str, T)]) -> Vec<&'static str> {
    words.iter().map(|(word, _)| *word).collect()
}

/// The words, as a refusal names them.
fn one_of<T>(words: &[(&'static str, T)]) -> String {
    let quoted: Vec<String> = words
        .iter()
        .map(|(word, _)| format!("`\"{word}\"`"))
        .collect();
    quoted.join(" or ")
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
mod tests;
