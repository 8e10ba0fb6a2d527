//! `GET …/checks/{check}`: how it stands, with its report.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use commissary_core::Action;
use schemars::JsonSchema;
use serde::Serialize;

use crate::api::Names;
use crate::api::wire::{CheckJson, ReportJson};
use crate::describe::{Operation, Tag};
use crate::options::App;
use crate::problem::Problem;
use crate::session::SignedIn;

/// A check with its report.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "CheckWithReport")]
pub(crate) struct WithReport {
    #[serde(flatten)]
    check: CheckJson,
    report: Option<ReportJson>,
}

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new(
        "showCheck",
        Tag::Checks,
        "How a check stands, with its report",
    )
    .takes(Action::ReadProvider)
    .answers::<WithReport>(StatusCode::OK, "The check.")
}

pub(crate) async fn show_check(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names((workspace, name, id)): Names<(String, String, String)>,
) -> Result<Json<WithReport>, Problem> {
    let shown = app
        .commissary
        .show_check_with_report(&actor, &workspace, &name, &id);
    let (check, report) = shown.await?;
    Ok(Json(WithReport {
        check: CheckJson::of(&check),
        report: report.map(ReportJson::of_history),
    }))
}
