//! What was wrong with a form, for its fields.

use axum::http::StatusCode;
use commissary_core::FieldError;

use super::prose::{Prose, prose};
use crate::problem::{Code, Problem};

/// The faults of a form that was sent; empty on a form not sent yet.
#[derive(Default)]
pub(crate) struct Faults {
    /// A sentence about the whole, where no field is at fault.
    pub(crate) whole: Option<Prose>,
    fields: Vec<FieldError>,
}

impl Faults {
    /// The faults that a problem tells, if the form can be mended by them;
    /// otherwise the problem, to be shown as a page of its own.
    pub(crate) fn of(problem: Problem) -> Result<Self, Problem> {
        match problem.code {
            Code::InvalidInput | Code::InvalidCredentials | Code::NameTaken | Code::InUse => {
                Ok(Self {
                    fields: problem.errors,
                    ..Self::default()
                })
            }
            Code::TooManyAttempts
            | Code::AwsUnavailable
            | Code::AwsNonsense
            | Code::AwsRefused
            | Code::Conflict
            | Code::PreconditionFailed => Ok(Self {
                whole: Some(prose(&problem.detail)),
                ..Self::default()
            }),
            _ => Err(problem),
        }
    }

    /// The same, with the status that the form is shown again with.
    pub(crate) fn with_status(problem: impl Into<Problem>) -> Result<(StatusCode, Self), Problem> {
        let problem = problem.into();
        Ok((problem.status(), Self::of(problem)?))
    }

    /// What keeps a form from being done, if anything does.
    pub(crate) fn of_one(fault: Option<FieldError>) -> Self {
        Self {
            fields: fault.into_iter().collect(),
            ..Self::default()
        }
    }

    /// What is wrong with a field.
    pub(crate) fn at(&self, field: &str) -> Option<Prose> {
        let fault = self.fields.iter().find(|fault| fault.field == field);
        fault.map(|fault| prose(&fault.message))
    }

    /// Everything that is told at a field.
    pub(crate) fn all_at(&self, field: &str) -> Vec<String> {
        let there = self.fields.iter().filter(|fault| fault.field == field);
        there.map(|fault| fault.message.clone()).collect()
    }

    /// The faults with their fields, for the summary over the form.
    pub(crate) fn fields(&self) -> Vec<(&str, Prose)> {
        let told = |fault: &'_ FieldError| prose(&fault.message);
        self.fields
            .iter()
            .map(|fault| (fault.field.as_str(), told(fault)))
            .collect()
    }

    /// Whether there is anything to tell.
    pub(crate) fn any(&self) -> bool {
        self.whole.is_some() || !self.fields.is_empty()
    }
}
