//! `POST …/checks/{check}/cancel`: asks a check to end.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use commissary_core::Action;

use crate::api::Names;
use crate::api::wire::CheckJson;
use crate::describe::{Operation, Tag};
use crate::options::App;
use crate::problem::{Code, Problem};
use crate::session::SignedIn;

/// How it is described.
pub(crate) fn about() -> Operation {
    Operation::new("cancelCheck", Tag::Checks, "Ask a check to end")
        .takes(Action::CheckProvider)
        .answers::<CheckJson>(
            StatusCode::ACCEPTED,
            "The check, which ends within seconds.",
        )
        .refuses(&[Code::Conflict])
}

pub(crate) async fn cancel_check(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Names((workspace, name, id)): Names<(String, String, String)>,
) -> Result<(StatusCode, Json<CheckJson>), Problem> {
    let check = app
        .commissary
        .cancel_check(&actor, &workspace, &name, &id)
        .await?;
    // It ends within seconds, wherever it runs.
    Ok((StatusCode::ACCEPTED, Json(CheckJson::of(&check))))
}
