//! The checks that were: how each ended, and what it has otherwise than the one before.

use commissary_core::domain::{
    Check, CheckState, CheckSummary, Page, ProviderStatus, ReportChanges,
};

use crate::console::moment::Moment;
use crate::console::prose::{Prose, prose};
use crate::console::status::StatusWords;
use crate::query::cursor;

/// How many checks the page shows at once.
pub(super) const SHOWN: u32 = 10;

/// Some of the checks, the newest first.
pub(crate) struct History {
    pub(crate) checks: Vec<PastCheck>,
    /// The page with those before; none where there are none.
    pub(crate) older: Option<String>,
}

/// A check that was, or that runs.
pub(crate) struct PastCheck {
    pub(crate) at: Moment,
    pub(crate) by: String,
    pub(crate) status: StatusWords,
    /// What is told of it in a sentence.
    pub(crate) said: Option<Prose>,
    pub(crate) changes: Vec<Change>,
}

/// Actions of which the verdict is another one.
pub(crate) struct Change {
    pub(crate) class: &'static str,
    pub(crate) words: &'static str,
    pub(crate) actions: Vec<String>,
}

impl History {
    pub(super) fn of(page: &Page<Check>, address: &str) -> Self {
        let older = page.next.as_deref();
        Self {
            checks: page.items.iter().map(PastCheck::of).collect(),
            older: older.map(|last| format!("{address}?cursor={}#history", cursor(last))),
        }
    }
}

impl PastCheck {
    pub(crate) fn of(check: &Check) -> Self {
        let changes = check.changes.as_ref().map(changes).unwrap_or_default();
        Self {
            at: Moment::of(check.started_at),
            by: check.started_by.clone(),
            status: status(check.state, check.summary),
            said: said(check, changes.is_empty()).map(prose),
            changes,
        }
    }
}

fn status(state: CheckState, summary: Option<CheckSummary>) -> StatusWords {
    let (class, words) = match state {
        CheckState::Done => {
            return StatusWords::by(ProviderStatus::of(summary.as_ref()), summary);
        }
        CheckState::Running => ("unknown", "under way"),
        CheckState::Failed => ("bad", "failed"),
        CheckState::Cancelled => ("unknown", "cancelled"),
        CheckState::Interrupted => ("unknown", "interrupted"),
    };
    StatusWords {
        class,
        words: words.to_owned(),
    }
}

fn said(check: &Check, is_same: bool) -> Option<&str> {
    match (check.state, &check.failure, &check.changes) {
        (_, Some(failure), _) => Some(&failure.detail),
        (CheckState::Done, None, None) => Some("the first report"),
        (CheckState::Done, None, Some(_)) if is_same => Some("nothing has changed"),
        (CheckState::Interrupted, ..) => Some("the server that ran it stopped"),
        _ => None,
    }
}

/// What was lost first: it is what somebody has to see.
fn changes(changes: &ReportChanges) -> Vec<Change> {
    let lists = [
        ("denied", "lost", &changes.newly_denied),
        ("allowed", "gained", &changes.newly_allowed),
        (
            "unverifiable",
            "newly unverifiable",
            &changes.newly_unverifiable,
        ),
        (
            "conditional",
            "newly conditional",
            &changes.newly_conditional,
        ),
        ("quiet", "newly needed", &changes.newly_required),
        ("quiet", "no longer needed", &changes.no_longer_required),
    ];
    let told = lists
        .into_iter()
        .filter(|(_, _, actions)| !actions.is_empty());
    told.map(|(class, words, actions)| Change {
        class,
        words,
        actions: actions.clone(),
    })
    .collect()
}
