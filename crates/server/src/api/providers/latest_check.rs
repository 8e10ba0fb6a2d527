//! `GET …/infrastructure-providers/{name}/check`: the latest report.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use commissary_core::Action;

use crate::api::Names;
use crate::api::wire::ReportJson;
use crate::describe::{Operation, Tag};
use crate::options::App;
use crate::problem::{Code, Problem};
use crate::session::SignedIn;

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new("latestCheck", Tag::Checks, "The latest permission report")
        .takes(Action::ReadProvider)
        .answers::<ReportJson>(StatusCode::OK, "The report.")
}

pub(crate) async fn latest_check(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names((workspace, name)): Names<(String, String)>,
) -> Result<Json<ReportJson>, Problem> {
    let product = &app.commissary;
    let provider = product.show_provider(&actor, &workspace, &name).await?;
    let report = product.latest_report(&actor, &workspace, &name).await?;
    match report {
        Some(report) => Ok(Json(ReportJson::of(report, provider.status()))),
        None => Err(Problem::new(
            Code::NotFound,
            format!(
                "the infrastructure provider `{}` was never checked; start a check with POST here",
                provider.name
            ),
        )),
    }
}
