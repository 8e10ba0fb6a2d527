//! `POST …/infrastructure-providers/{name}/check`: runs a check and waits for its
//! report; the short way of `POST …/checks`.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use commissary_core::CheckHow;
use commissary_core::domain::{CheckOptions, Rung};

use crate::api::Names;
use crate::api::body::OptionalBody;
use crate::api::events::{Outcome, told};
use crate::api::fields::Fields;
use crate::api::providers::add::keys;
use crate::api::wire::ReportJson;
use crate::checks;
use crate::options::App;
use crate::problem::Problem;
use crate::session::SignedIn;

impl Outcome for ReportJson {
    fn into_plain(self) -> Response {
        Json(self).into_response()
    }
}

pub(crate) async fn check_provider(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names((workspace, name)): Names<(String, String)>,
    headers: HeaderMap,
    OptionalBody(fields): OptionalBody,
) -> Result<Response, Problem> {
    let how = how(fields)?;
    let begun = checks::begin(&app, &actor, &workspace, &name, how).await?;
    told(&headers, |progress| async move {
        let product = &app.commissary;
        let report = checks::run(&app, begun, progress).await?;
        let provider = product.show_provider(&actor, &workspace, &name).await?;
        Ok(ReportJson::of(report, provider.status()))
    })
    .await
}

/// Reads how far the check may go: `rungs`, `probeExisting`, and the keys of an `administrator`,
/// which are used once and not kept.
pub(crate) fn how(mut fields: Fields) -> Result<CheckHow, Problem> {
    let words = Rung::ALL.map(|rung| (rung.id(), rung));
    let rungs = fields.choices("rungs", &words);
    let probe_existing = fields.flag("probeExisting");
    let administrator = fields.optional_object("administrator", keys);
    fields.finish()?;
    let all = CheckOptions::default();
    Ok(CheckHow {
        options: CheckOptions {
            rungs: rungs.map_or(all.rungs, |rungs| rungs.into_iter().collect()),
            probe_existing,
            // Whether an endpoint honours dry runs is the server's business.
            ..CheckOptions::default()
        },
        administrator,
    })
}
