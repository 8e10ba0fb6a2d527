//! A policy that somebody pastes, held against the choice.

use axum::http::StatusCode;
use axum::response::Response;
use commissary_core::domain::{AccessGap, FaultLevel, PolicyFault, PolicyReview, ReviewError};

use super::choice::Choice;
use super::shown;
use crate::console::faults::Faults;
use crate::console::form::Form;
use crate::console::prose::{Prose, prose};
use crate::console::render::page;
use crate::console::shell::Visitor;
use crate::problem::{Code, Problem};

/// What was pasted, and what was found in it.
#[derive(Default)]
pub(super) struct Pasted {
    pub(super) text: String,
    pub(super) faults: Faults,
    pub(super) review: Option<ReviewView>,
}

/// What was found, as it is shown.
pub(super) struct ReviewView {
    pub(super) class: &'static str,
    pub(super) verdict: String,
    pub(super) size: usize,
    pub(super) faults: Vec<FaultRow>,
    pub(super) lacks: Vec<GapRow>,
    pub(super) beyond: Vec<GapRow>,
}

/// A fault in the text.
pub(super) struct FaultRow {
    pub(super) class: &'static str,
    pub(super) level: &'static str,
    pub(super) line: usize,
    pub(super) message: Prose,
    pub(super) fix: Prose,
}

/// Actions that one of the two allows more freely.
pub(super) struct GapRow {
    pub(super) actions: Vec<String>,
    pub(super) resources: String,
    pub(super) given: String,
    pub(super) needed: String,
}

pub(crate) async fn submit(visitor: Visitor, mut form: Form) -> Result<Response, Problem> {
    let text = form.take("policy");
    let choice = Choice::of_form(&mut form)?;
    let (selection, pasted) = (choice.selection.clone(), text.clone());
    // Comparing patterns is work for a processor, not for the threads that answer.
    let reviewed = tokio::task::spawn_blocking(move || PolicyReview::of(&pasted, &selection)).await;
    let reviewed = reviewed.map_err(|_| Problem::new(Code::Internal, "the review broke off"))?;
    let (status, pasted) = match reviewed {
        Ok(review) => {
            let review = Some(ReviewView::of(&review));
            (
                StatusCode::OK,
                Pasted {
                    text,
                    review,
                    ..Pasted::default()
                },
            )
        }
        Err(error) => {
            let (status, faults) = Faults::with_status(refused(&error))?;
            (
                status,
                Pasted {
                    text,
                    faults,
                    review: None,
                },
            )
        }
    };
    page(status, &shown(&visitor, choice, pasted).await?)
}

fn refused(error: &ReviewError) -> Problem {
    match error {
        ReviewError::NoPolicy(_) | ReviewError::TooComplex(_) => {
            Problem::at("policy", error.to_string())
        }
        ReviewError::Reference(_) => Problem::new(Code::Internal, error.to_string()),
    }
}

impl ReviewView {
    fn of(review: &PolicyReview) -> Self {
        let (class, verdict) = verdict(review);
        Self {
            class,
            verdict: verdict.to_owned(),
            size: review.size,
            faults: review.faults.iter().map(fault).collect(),
            lacks: review.lacks.iter().map(gap).collect(),
            beyond: review.beyond.iter().map(gap).collect(),
        }
    }
}

fn verdict(review: &PolicyReview) -> (&'static str, &'static str) {
    match (review.lacks.is_empty(), review.beyond.is_empty()) {
        (true, true) => ("good", "It allows what clusters need, and no more."),
        (true, false) => ("open", "It allows all that clusters need, and more."),
        (false, true) => ("bad", "It does not allow all that clusters need."),
        (false, false) => (
            "bad",
            "It does not allow all that clusters need, and allows other things.",
        ),
    }
}

fn fault(fault: &PolicyFault) -> FaultRow {
    let (class, level) = match fault.level {
        FaultLevel::Error => ("denied", "error"),
        FaultLevel::Warning => ("conditional", "warning"),
        FaultLevel::Note => ("unverifiable", "note"),
    };
    FaultRow {
        class,
        level,
        line: fault.line,
        message: prose(&fault.message),
        fix: prose(&fault.fix),
    }
}

fn gap(gap: &AccessGap) -> GapRow {
    GapRow {
        actions: gap.actions.clone(),
        resources: gap.resources.join(", "),
        given: gap.given.clone(),
        needed: gap.needed.clone(),
    }
}
