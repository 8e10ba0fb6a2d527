//! Whether the process lives, and whether it can serve.

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use crate::options::App;
use crate::problem::{Code, Problem};

/// `GET /healthz`: the process answers.
pub(crate) async fn healthz() -> Json<Value> {
    Json(json!({"status": "ok"}))
}

/// `GET /readyz`: the data can be read.
pub(crate) async fn readyz(State(app): State<App>) -> Result<Json<Value>, Problem> {
    match app.commissary.ready().await {
        Ok(()) => Ok(Json(json!({"status": "ready"}))),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            let detail = "the data cannot be read just now; the server's log tells why";
            Err(Problem::new(Code::NotReady, detail))
        }
    }
}
