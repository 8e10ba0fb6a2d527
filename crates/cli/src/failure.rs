//! Why a command failed, with its exit code.

use commissary_core::FieldError;

/// It failed.
pub(crate) const FAILED: u8 = 1;
/// The arguments are wrong.
pub(crate) const USAGE: u8 = 2;
/// The check found denied requirements.
pub(crate) const DENIED: u8 = 3;
/// Nothing is denied, something is unverifiable, and `--strict` was given.
pub(crate) const UNVERIFIABLE: u8 = 4;
/// Not signed in, or not allowed.
pub(crate) const NOT_ALLOWED: u8 = 5;
/// It is not there.
pub(crate) const NOT_FOUND: u8 = 6;
/// Something else is in the way.
pub(crate) const CONFLICT: u8 = 7;

/// Ended by Ctrl-C, as shells have it.
pub(crate) const INTERRUPTED: u8 = 130;

/// A failure for people: a sentence, faults of single fields, and what to do next.
#[derive(Debug)]
pub(crate) struct Failure {
    code: u8,
    message: String,
    fields: Vec<FieldError>,
    hint: Option<String>,
}

impl Failure {
    /// A failure with exit code `code`.
    pub(crate) fn new(code: u8, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            fields: Vec::new(),
            hint: None,
        }
    }

    /// A failure of the general kind.
    pub(crate) fn failed(message: impl Into<String>) -> Self {
        Self::new(FAILED, message)
    }

    /// Arguments that do not go together.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(USAGE, message)
    }

    /// The same with faults of single fields.
    pub(crate) fn with_fields(mut self, fields: Vec<FieldError>) -> Self {
        self.fields = fields;
        self
    }

    /// The same with advice.
    pub(crate) fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same with advice beside what it has.
    pub(crate) fn with_note(self, note: &str) -> Self {
        let hint = match &self.hint {
            Some(hint) => format!("{note}; {hint}"),
            None => note.to_owned(),
        };
        self.with_hint(hint)
    }

    /// Whether single fields are at fault.
    pub(crate) fn has_fields(&self) -> bool {
        !self.fields.is_empty()
    }

    /// The process's exit code.
    pub(crate) fn exit_code(&self) -> u8 {
        self.code
    }

    /// The sentence.
    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    /// The faults of single fields that the sentence does not say already.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &FieldError> {
        let said = |field: &&FieldError| !self.message.contains(&field.message);
        self.fields.iter().filter(said)
    }

    /// Whether a field is at fault, wherever in the input it is.
    pub(crate) fn concerns(&self, field: &str) -> bool {
        let named = |name: &str| name.rsplit('.').next() == Some(field);
        self.fields.iter().any(|fault| named(&fault.field))
    }

    /// The advice.
    pub(crate) fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }
}
