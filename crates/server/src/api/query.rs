//! What an endpoint reads from the query of its address.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use commissary_core::Removal;
use commissary_core::domain::PageRequest;

use super::list::DEFAULT_LIMIT;
use crate::describe::{Asked, Field, Kind};
use crate::problem::Problem;
use crate::query::Parameters;

static LIMIT: Field = Field::new("limit", "The most items of a page.");
static CURSOR: Field = Field::new(
    "cursor",
    "Where the page begins: `next` of the page before, as it is.",
);

static CONFIRM: Field = Field::new(
    "confirm",
    "The name of what is to go, so that nothing else goes by mistake.",
);

static FORCE: Field = Field::new(
    "force",
    "Whether it goes although something still depends on it.",
);

/// What is read from a query.
pub(crate) trait Question: Sized {
    /// Reads it.
    fn read(query: &mut Query) -> Result<Self, Problem>;

    /// What is asked for.
    fn asked() -> Vec<Asked> {
        let mut query = Query::of(Parameters::none());
        // Without any parameter one that must be there is missed, which is of no interest here.
        let _ = Self::read(&mut query);
        query.asked
    }
}

/// The answer to a question. What the question does not ask for is told, not ignored.
pub(crate) struct Ask<T>(pub(crate) T);

impl<T: Question, S: Sync> FromRequestParts<S> for Ask<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let mut query = Query::of(Parameters::from_request_parts(parts, state).await?);
        let read = T::read(&mut query)?;
        query.finish()?;
        Ok(Self(read))
    }
}

/// A query that is being read.
pub(crate) struct Query {
    parameters: Parameters,
    asked: Vec<Asked>,
}

impl Query {
    /// To read these parameters.
    pub(crate) fn of(parameters: Parameters) -> Self {
        Self {
            parameters,
            asked: Vec::new(),
        }
    }

    fn note(&mut self, field: &Field, kind: Kind, required: bool) {
        let field = *field;
        self.asked.push(Asked {
            field,
            kind,
            required,
        });
    }

    /// A text; empty if it is not there, which the domain then complains about.
    pub(crate) fn text(&mut self, field: &Field) -> Result<String, Problem> {
        self.note(field, Kind::Text, true);
        Ok(self.parameters.take(field.name)?.unwrap_or_default())
    }

    /// A text that may be left out.
    pub(crate) fn optional_text(&mut self, field: &Field) -> Result<Option<String>, Problem> {
        self.note(field, Kind::Text, false);
        self.parameters.take(field.name)
    }

    /// A text that may be given as often as one likes.
    pub(crate) fn texts(&mut self, field: &Field) -> Vec<String> {
        self.note(field, Kind::Texts, false);
        self.parameters.take_all(field.name)
    }

    /// One of a few words. Without `missing` it must be there.
    pub(crate) fn choice<T: Copy>(
        &mut self,
        field: &Field,
        words: &[(&'static str, T)],
        missing: Option<T>,
    ) -> Result<T, Problem> {
        let known = words.iter().map(|(word, _)| *word).collect();
        self.note(field, Kind::Word(known), missing.is_none());
        let given = self.parameters.take(field.name)?;
        let found = match given {
            None => missing,
            Some(text) => words
                .iter()
                .find(|(word, _)| *word == text)
                .map(|(_, value)| *value),
        };
        found.ok_or_else(|| {
            let name = field.name;
            let words: Vec<String> = words
                .iter()
                .map(|(word, _)| format!("`{name}={word}`"))
                .collect();
            Problem::at(name, format!("write {}", words.join(" or ")))
        })
    }

    /// True or false; false if it is not there.
    pub(crate) fn flag(&mut self, field: &Field) -> Result<bool, Problem> {
        let words = [("true", true), ("false", false)];
        let read = self.choice(field, &words, Some(false))?;
        if let Some(noted) = self.asked.last_mut() {
            noted.kind = Kind::Flag;
        }
        Ok(read)
    }

    /// Which page of a list is wanted.
    pub(crate) fn page(&mut self, default_limit: u32) -> Result<PageRequest, Problem> {
        let limits = Kind::Number(1, PageRequest::MAX_LIMIT, default_limit);
        self.note(&LIMIT, limits, false);
        self.note(&CURSOR, Kind::Text, false);
        self.parameters.take_page(default_limit)
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// A parameter is left that nobody asked for.
    pub(crate) fn finish(self) -> Result<(), Problem> {
        let names = self.asked.iter().map(|one| format!("`{}`", one.field.name));
        let names: Vec<String> = names.collect();
        let known = match names.is_empty() {
            true => "none".to_owned(),
            false => names.join(", "),
        };
        self.parameters.finish(&known)
    }
}

/// The name of what is to go, typed again.
pub(crate) struct Confirmation(pub(crate) String);

impl Question for Confirmation {
    fn read(query: &mut Query) -> Result<Self, Problem> {
        Ok(Self(query.text(&CONFIRM)?))
    }
}

impl Question for Removal {
    fn read(query: &mut Query) -> Result<Self, Problem> {
        let Confirmation(typed) = Confirmation::read(query)?;
        let force = query.flag(&FORCE)?;
        Ok(Self { typed, force })
    }
}

impl Question for PageRequest {
    fn read(query: &mut Query) -> Result<Self, Problem> {
        query.page(DEFAULT_LIMIT)
    }
}
