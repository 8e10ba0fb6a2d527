//! Whether the process lives, and whether it can serve.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use schemars::JsonSchema;
use serde::Serialize;

use crate::describe::{Operation, Tag};
use crate::options::App;
use crate::problem::{Code, Problem};

/// How the server is.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Health {
    /// `ok`, or `ready`.
    status: &'static str,
}

/// How `GET /healthz` is described.
pub(crate) fn about_healthz() -> Operation {
    Operation::new("healthz", Tag::Server, "Whether the process answers")
        .answers::<Health>(StatusCode::OK, "It does.")
}

/// How `GET /readyz` is described.
pub(crate) fn about_readyz() -> Operation {
    Operation::new("readyz", Tag::Server, "Whether the data can be read")
        .answers::<Health>(StatusCode::OK, "It can.")
        .refuses(&[Code::NotReady])
}

/// `GET /healthz`: the process answers.
pub(crate) async fn healthz() -> Json<Health> {
    Json(Health { status: "ok" })
}

/// `GET /readyz`: the data can be read.
pub(crate) async fn readyz(State(app): State<App>) -> Result<Json<Health>, Problem> {
    match app.commissary.ready().await {
        Ok(()) => Ok(Json(Health { status: "ready" })),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            let detail = "the data cannot be read just now; the server's log tells why";
            Err(Problem::new(Code::NotReady, detail))
        }
    }
}
