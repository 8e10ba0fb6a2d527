//! `/api/v1/root-key`: which root keys seal the secrets, and replacing them.
//!
//! A rotation is a number of requests, each of them short: whoever asks tells
//! how far it is, and can be killed and go on.

use axum::Json;
use axum::extract::State;
use commissary_core::domain::RootKeyState;

use crate::options::App;
use crate::problem::Problem;
use crate::running;
use crate::session::SignedIn;

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
