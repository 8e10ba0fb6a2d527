//! `GET /api/v1/whoami`: whose token or session this is.

use axum::Json;
use serde::Serialize;

use crate::session::SignedIn;

/// Who is signed in.
#[derive(Serialize)]
pub(crate) struct WhoAmI {
    name: String,
}

pub(crate) async fn whoami(SignedIn(actor): SignedIn) -> Json<WhoAmI> {
    Json(WhoAmI {
        name: actor.name().to_owned(),
    })
}
