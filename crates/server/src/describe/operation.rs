//! One endpoint in the document. Each is described in the file of its handler.

use axum::http::StatusCode;
use commissary_core::Action;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value};

use super::events::Events;
use super::shape::{self, Asked};
use super::{Field, Tag};
use crate::api::body::Input;
use crate::api::query::Question;
use crate::problem::Code;

/// What is said of server-sent events.
const STEPS: &str = "With `Accept: text/event-stream`: each step as a `progress` event, then one \
    `result` or one `problem`.";

/// Makes the schema of a type, or a reference to it.
type MakeSchema = fn(&mut SchemaGenerator) -> Schema;

/// What is said of an endpoint.
pub(crate) struct Operation {
    pub(super) id: &'static str,
    pub(super) tag: Tag,
    pub(super) summary: &'static str,
    pub(super) about: Option<&'static str>,
    /// What core asks `authorize` for; none where everybody may.
    pub(super) action: Option<Action>,
    pub(super) query: Vec<Asked>,
    pub(super) headers: Vec<(Field, bool)>,
    pub(super) body: Option<BodyShape>,
    pub(super) answers: Vec<Answer>,
    pub(super) refusals: Vec<Code>,
}

/// The body of a request.
pub(super) struct BodyShape {
    pub(super) name: &'static str,
    pub(super) required: bool,
    pub(super) schema: Map<String, Value>,
    pub(super) examples: Vec<(&'static str, Value)>,
}

/// An answer that is no refusal.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) about: &'static str,
    pub(super) content: Vec<(&'static str, MakeSchema)>,
    /// Each with whether it is always there.
    pub(super) headers: Vec<(Field, bool)>,
}

impl Operation {
    /// An endpoint by its name for programs, with a summary for people.
    pub(crate) fn new(id: &'static str, tag: Tag, summary: &'static str) -> Self {
        Self {
            id,
            tag,
            summary,
            about: None,
            action: None,
            query: Vec::new(),
            headers: Vec::new(),
            body: None,
            answers: Vec::new(),
            refusals: Vec::new(),
        }
    }

    /// More for people.
    pub(crate) fn about(mut self, about: &'static str) -> Self {
        self.about = Some(about);
        self
    }

    /// What core asks `authorize` for.
    pub(crate) fn takes(mut self, action: Action) -> Self {
        self.action = Some(action);
        self
    }

    /// The parameters that are read from the query.
    pub(crate) fn asks<T: Question>(mut self) -> Self {
        self.query = T::asked();
        self
    }

    /// Whether it reads nothing from the query.
    pub(crate) fn asks_nothing(&self) -> bool {
        self.query.is_empty()
    }

    /// A header of the request that may be left out.
    pub(crate) fn reads(mut self, header: Field) -> Self {
        self.headers.push((header, false));
        self
    }

    /// The entity tag that a change must name.
    pub(crate) fn on_condition(mut self, header: Field) -> Self {
        self.headers.push((header, true));
        self.refuses(&[Code::PreconditionRequired, Code::PreconditionFailed])
    }

    /// The body, which must be there, and one to try.
    pub(crate) fn body<T: Input>(self, example: Value) -> Self {
        self.with_body::<T>(true, example)
    }

    /// The body, which may be left out, and one to try.
    pub(crate) fn optional_body<T: Input>(self, example: Value) -> Self {
        self.with_body::<T>(false, example)
    }

    fn with_body<T: Input>(mut self, required: bool, example: Value) -> Self {
        let mut schema = shape::object(&T::asked());
        T::narrow(&mut schema);
        self.body = Some(BodyShape {
            name: T::NAME,
            required,
            schema,
            examples: vec![("usual", example)],
        });
        self
    }

    /// Another body to try.
    pub(crate) fn or(mut self, name: &'static str, example: Value) -> Self {
        if let Some(body) = &mut self.body {
            body.examples.push((name, example));
        }
        self
    }

    /// It answers JSON.
    pub(crate) fn answers<T: JsonSchema>(self, status: StatusCode, about: &'static str) -> Self {
        self.answer(status, about, vec![("application/json", of::<T>)])
    }

    /// It answers without a body.
    pub(crate) fn answers_nothing(self, about: &'static str) -> Self {
        self.answer(StatusCode::NO_CONTENT, about, Vec::new())
    }

    /// It answers text of some media types.
    pub(crate) fn answers_text(self, media_types: &[&'static str], about: &'static str) -> Self {
        let content = media_types
            .iter()
            .map(|name| (*name, of::<String> as MakeSchema));
        self.answer(StatusCode::OK, about, content.collect())
    }

    fn answer(
        mut self,
        status: StatusCode,
        about: &'static str,
        content: Vec<(&'static str, MakeSchema)>,
    ) -> Self {
        self.answers.push(Answer {
            status,
            about,
            content,
            headers: Vec::new(),
        });
        self
    }

    /// The answer named last has a header.
    pub(crate) fn with(mut self, header: Field) -> Self {
        if let Some(answer) = self.answers.last_mut() {
            answer.headers.push((header, true));
        }
        self
    }

    /// It tells each step to whom accepts server-sent events.
    pub(crate) fn tells<Step: JsonSchema, Last: JsonSchema>(mut self) -> Self {
        // Events are told with a status of their own: that of a beginning.
        let events = ("text/event-stream", of::<Events<Step, Last>> as MakeSchema);
        match self
            .answers
            .iter_mut()
            .find(|answer| answer.status == StatusCode::OK)
        {
            Some(answer) => {
                answer.content.push(events);
                // A beginning cannot tell what comes of it.
                answer
                    .headers
                    .iter_mut()
                    .for_each(|(_, always)| *always = false);
                self
            }
            None => self.answer(StatusCode::OK, STEPS, vec![events]),
        }
    }

    /// Refusals beside those that follow from what it reads.
    pub(crate) fn refuses(mut self, codes: &[Code]) -> Self {
        self.refusals.extend_from_slice(codes);
        self
    }

    /// It asks AWS with keys that it was given.
    pub(crate) fn asks_aws(self) -> Self {
        self.refuses(&[
            Code::InvalidCredentials,
            Code::AwsUnavailable,
            Code::AwsNonsense,
            Code::AwsRefused,
        ])
    }
}

fn of<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}
