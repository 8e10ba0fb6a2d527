//! What is wrong with a document, and where.

use crate::json::{Fault, quoted};

/// Why a document was refused, with the place in it.
///
/// Displays as one sentence for people, for example
/// "the effect `allow` is neither `Allow` nor `Deny` (at `/Statement/0/Effect`, line 4, column 18)".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}{}", place(.pointer, .position))]
pub struct ParseError {
    message: String,
    pointer: Option<String>,
    position: Option<(usize, usize)>,
}

impl ParseError {
    /// The sentence without the place.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The JSON pointer (RFC 6901) of the offending value; none when the text is not JSON at all.
    pub fn pointer(&self) -> Option<&str> {
        self.pointer.as_deref()
    }

    /// The line, counted from 1, where known: not when the whole document is at fault.
    pub fn line(&self) -> Option<usize> {
        self.position.map(|(line, _)| line)
    }

    /// The column, counted in bytes from 1, where known.
    pub fn column(&self) -> Option<usize> {
        self.position.map(|(_, column)| column)
    }

    pub(crate) fn new(fault: Fault, position: Option<(usize, usize)>) -> Self {
        Self {
            pointer: Some(fault.pointer()),
            message: fault.message,
            position,
        }
    }

    pub(crate) fn without_place(message: String) -> Self {
        Self {
            message,
            pointer: None,
            position: None,
        }
    }

    pub(crate) fn not_json(error: &serde_json::Error) -> Self {
        let place = format!(" at line {} column {}", error.line(), error.column());
        let text = error.to_string();
        let reason = text.strip_suffix(&place).unwrap_or(&text);
        Self {
            message: format!("the document is not valid JSON: {reason}"),
            pointer: None,
            position: Some((error.line(), error.column())),
        }
    }
}

fn place(pointer: &Option<String>, position: &Option<(usize, usize)>) -> String {
    let pointer = pointer.as_ref().map(|pointer| {
        if pointer.is_empty() {
            "at the top of the document".to_owned()
        } else {
            format!("at {}", quoted(pointer))
        }
    });
    let position = position.map(|(line, column)| format!("line {line}, column {column}"));
    let parts: Vec<String> = [pointer, position].into_iter().flatten().collect();
    if parts.is_empty() {
        String::new()
    } else {
        format!(" ({})", parts.join(", "))
    }
}
