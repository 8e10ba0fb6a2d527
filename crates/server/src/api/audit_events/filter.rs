//! The parameters that say which entries are wanted.

use commissary_core::domain::{AuditFilterInput, AuditOutcome, WorkspaceName};

use crate::api::query::{Query, Question};
use crate::describe::Field;
use crate::problem::Problem;

static ACTOR: Field = Field::new("actor", "Who did it; `*` at the end stands for any rest.");
static ACTION: Field = Field::new(
    "action",
    "What was done; `*` at the end stands for any rest.",
)
.example("provider.*");
static TARGET: Field = Field::new(
    "target",
    "What it was done to; `*` at the end stands for any rest.",
);
static WORKSPACE: Field = Field::new("workspace", "The workspace concerned.")
    .pattern(WorkspaceName::PATTERN, WorkspaceName::MOST)
    .or_empty();
static OUTCOME: Field = Field::new("outcome", "How it ended.")
    .words(outcomes)
    .or_empty();
static SINCE: Field = Field::new("since", "Not before this moment or day.")
    .formats(&["date", "date-time"])
    .or_empty();
static UNTIL: Field = Field::new("until", "Before this moment, or to the end of this day.")
    .formats(&["date", "date-time"])
    .or_empty();

fn outcomes() -> Vec<String> {
    AuditOutcome::ALL
        .map(|outcome| outcome.word().to_owned())
        .to_vec()
}

/// A filter alone; the order is for whoever asks to say.
impl Question for AuditFilterInput {
    fn read(query: &mut Query) -> Result<Self, Problem> {
        Ok(Self {
            actor: query.optional_text(&ACTOR)?,
            action: query.optional_text(&ACTION)?,
            target: query.optional_text(&TARGET)?,
            workspace: query.optional_text(&WORKSPACE)?,
            outcome: query.optional_text(&OUTCOME)?,
            since: query.optional_text(&SINCE)?,
            until: query.optional_text(&UNTIL)?,
            ..Self::default()
        })
    }
}
