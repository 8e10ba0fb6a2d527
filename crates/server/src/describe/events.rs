//! Server-sent events in the document: a schema is of one event (as OpenAPI 3.2 has it), and that of
//! its data stands beside.

use std::borrow::Cow;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::problem::ProblemBody;

/// Events that tell steps, and at the end a result or a problem.
pub(crate) struct Events<Step, Last>(PhantomData<(Step, Last)>);

impl<Step: JsonSchema, Last: JsonSchema> JsonSchema for Events<Step, Last> {
    fn schema_name() -> Cow<'static, str> {
        format!("{}Or{}", Step::schema_name(), Last::schema_name()).into()
    }

    fn json_schema(schemas: &mut SchemaGenerator) -> Schema {
        let data = [
            schemas.subschema_for::<Step>(),
            schemas.subschema_for::<Last>(),
            schemas.subschema_for::<ProblemBody<'_>>(),
        ];
        json_schema!({
            "description": "A server-sent event; its data is JSON on one line.",
            "type": "object",
            "properties": {
                "event": {
                    "description": "Whether it is a step, or how it ended.",
                    "enum": ["progress", "result", "end", "problem"],
                },
                "id": {"description": "What to go on after, where one can.", "type": "string"},
                "data": {
                    "type": "string",
                    "contentMediaType": "application/json",
                    "contentSchema": {"anyOf": data},
                },
            },
            "required": ["event", "data"],
        })
    }
}
