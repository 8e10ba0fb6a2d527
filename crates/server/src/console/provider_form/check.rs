//! The check before saving. The keys stay in the browser, and nothing of the check is kept: with
//! the script the report comes into the page, which keeps what was typed; without it the form is
//! shown again with the report, and without the secret.

use askama::Template;
use axum::Json;
use axum::response::{IntoResponse, Response};
use commissary_core::NewCheck;
use commissary_core::domain::{PermissionReport, ProviderStatus};
use commissary_core::ports::Silent;
use serde::Serialize;

use super::form::Sent;
use crate::api::events::{Outcome, told};
use crate::console::prose::{Prose, prose};
use crate::console::provider::{ReportView, standing, view};
use crate::console::shell::Visitor;
use crate::options::App;
use crate::problem::Problem;
use crate::running;

/// What a check found, over the buttons of the form.
#[derive(Template)]
#[template(path = "checked_keys.html")]
pub(crate) struct Checked {
    pub(crate) class: &'static str,
    pub(crate) verdict: String,
    pub(crate) meaning: Prose,
    pub(crate) principal: String,
    pub(crate) report: ReportView,
}

impl Checked {
    /// A report of keys that are no provider's.
    pub(crate) fn of(report: &PermissionReport) -> Self {
        let status = ProviderStatus::of(Some(&report.summary()));
        let (class, verdict, meaning) = standing(status, &report.summary(), Some(report));
        Self {
            class,
            verdict,
            meaning: prose(&meaning),
            principal: report.identity.principal_arn.clone(),
            report: view(report),
        }
    }
}

/// The same for the script.
#[derive(Serialize)]
struct Part {
    html: String,
}

impl Outcome for Part {
    fn into_plain(self) -> Response {
        Json(self).into_response()
    }
}

pub(super) async fn checked(
    visitor: &Visitor,
    app: &App,
    workspace: &str,
    sent: Sent,
) -> Result<Checked, Problem> {
    let (new, product) = (asked(sent)?, app.commissary.clone());
    let (actor, workspace) = (visitor.actor.clone(), workspace.to_owned());
    let checking = async move {
        let report = product.check_keys(&actor, &workspace, new, &Silent).await?;
        Ok(Checked::of(&report))
    };
    running::to_its_end(checking).await
}

pub(super) async fn streamed(
    visitor: &Visitor,
    app: App,
    workspace: String,
    sent: Sent,
) -> Result<Response, Problem> {
    let actor = visitor.actor.clone();
    told(&visitor.headers, |progress| async move {
        let report = app
            .commissary
            .check_keys(&actor, &workspace, asked(sent)?, progress.as_ref())
            .await?;
        let html = Checked::of(&report).render();
        let html = html.map_err(|error| Problem::internal(&error))?;
        Ok(Part { html })
    })
    .await
}

/// The keys that were typed, and what they are wanted for.
pub(super) fn asked(sent: Sent) -> Result<NewCheck, Problem> {
    let Sent {
        typed,
        credential,
        fault,
        ..
    } = sent;
    match fault {
        Some(fault) => Err(fault),
        None => Ok(NewCheck {
            credential,
            region: Some(typed.region),
            release: Some(typed.release),
            features: typed.features.unwrap_or_default(),
        }),
    }
}
