//! `POST …/infrastructure-providers/{name}/check`: runs a check.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};

use crate::api::Names;
use crate::api::events::{Outcome, told};
use crate::api::wire::ReportJson;
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
) -> Result<Response, Problem> {
    told(&headers, |progress| async move {
        let product = &app.commissary;
        let report = product
            .check_provider(&actor, &workspace, &name, progress.as_ref())
            .await?;
        let provider = product.show_provider(&actor, &workspace, &name).await?;
        Ok(ReportJson::of(report, provider.status()))
    })
    .await
}
