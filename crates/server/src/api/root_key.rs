//! `/api/v1/root-key`: which root keys seal the secrets, and replacing them.
//!
//! A rotation is a number of requests, each of them short: whoever asks tells
//! how far it is, and can be killed and go on.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use commissary_core::Action;
use commissary_core::domain::RootKeyState;

use crate::describe::{Operation, Tag};
use crate::options::App;
use crate::problem::Problem;
use crate::running;
use crate::session::SignedIn;

/// How `GET /api/v1/root-key` is described.
pub(crate) fn about_show() -> Operation {
    about(
        "showRootKeys",
        "Which root keys seal the secrets",
        Action::ReadRootKey,
    )
}

/// How `POST /api/v1/root-key/rotation` is described.
pub(crate) fn about_begin() -> Operation {
    about(
        "beginKeyRotation",
        "Begin to replace the root key",
        Action::RotateRootKey,
    )
    .about("Nothing is begun where a rotation is under way.")
}

/// How `POST /api/v1/root-key/rotation/step` is described.
pub(crate) fn about_continue() -> Operation {
    let summary = "Wrap some of the secrets anew, until `older` is empty";
    about("continueKeyRotation", summary, Action::RotateRootKey)
}

fn about(id: &'static str, summary: &'static str, action: Action) -> Operation {
    Operation::new(id, Tag::Server, summary)
        .takes(action)
        .answers::<RootKeyState>(StatusCode::OK, "The root keys. No key itself is in it.")
}

/// `GET /api/v1/root-key`.
pub(crate) async fn show_root_keys(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
) -> Result<Json<RootKeyState>, Problem> {
    Ok(Json(app.commissary.show_root_keys(&actor).await?))
}

/// `POST /api/v1/root-key/rotation`: begins, unless one is begun and not finished.
pub(crate) async fn begin_key_rotation(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
) -> Result<Json<RootKeyState>, Problem> {
    running::to_its_end(async move { Ok(Json(app.commissary.begin_key_rotation(&actor).await?)) })
        .await
}

/// `POST /api/v1/root-key/rotation/step`: wraps some of the secrets anew.
pub(crate) async fn continue_key_rotation(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
) -> Result<Json<RootKeyState>, Problem> {
    running::to_its_end(
        async move { Ok(Json(app.commissary.continue_key_rotation(&actor).await?)) },
    )
    .await
}
