//! What would be done, for a page.

use commissary_core::UserPlanned;
use commissary_core::domain::{BootstrapState, PlanLine, Planned};

use super::WORDS;
use crate::console::prose::{Prose, prose};

/// A plan as it is shown.
pub(crate) struct PlanShown {
    pub(crate) account: String,
    pub(crate) by: String,
    pub(crate) lines: Vec<LineShown>,
    pub(crate) changes: bool,
    /// Whether something is made, which the way back removes.
    pub(crate) makes: bool,
    /// Whether it can be done as it is asked for.
    pub(crate) can_be_done: bool,
}

/// A line of it.
pub(crate) struct LineShown {
    pub(crate) class: &'static str,
    pub(crate) state: &'static str,
    pub(crate) step: &'static str,
    pub(crate) detail: Prose,
    pub(crate) undo: Option<Prose>,
}

impl PlanShown {
    pub(crate) fn of(planned: UserPlanned) -> Self {
        Self {
            can_be_done: planned.in_the_way.is_none(),
            ..told_lines(&planned.planned)
        }
    }
}

/// The lines of a plan.
pub(crate) fn told_lines(planned: &Planned) -> PlanShown {
    let who = &planned.administrator;
    PlanShown {
        account: format!("{} ({})", who.account_id, who.partition),
        by: who.principal_arn.clone(),
        lines: planned.lines.iter().map(shown).collect(),
        changes: planned.changes(),
        makes: planned
            .lines
            .iter()
            .any(|line| line.state == BootstrapState::Made),
        can_be_done: planned.changes(),
    }
}

fn shown(line: &PlanLine) -> LineShown {
    LineShown {
        class: match line.state {
            BootstrapState::Made => "allowed",
            BootstrapState::Changed => "conditional",
            BootstrapState::Removed => "denied",
            BootstrapState::Existed | BootstrapState::Left => "unverifiable",
        },
        state: line.state.word(true),
        step: line.step.title(),
        detail: prose(&line.detail),
        // What the way back undoes is said once.
        undo: line
            .undo
            .as_deref()
            .filter(|undo| !undo.contains(WORDS.undo))
            .map(prose),
    }
}
