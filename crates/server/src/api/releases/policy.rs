//! `GET /api/v1/releases/{id}/policy`: the smallest policy that works.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use commissary_core::FieldError;
use commissary_permissions::release;

use crate::api::Names;
use crate::problem::{Code, Problem};
use crate::query::Parameters;
use crate::session::SignedIn;

pub(crate) async fn release_policy(
    _: SignedIn,
    Names(id): Names<String>,
    mut query: Parameters,
) -> Result<Response, Problem> {
    let features = query.take_all("feature");
    let format = query.take("format")?;
    query.finish("`feature`, `format`")?;
    let release = release(&id).map_err(|error| Problem::new(Code::NotFound, error.to_string()))?;
    let selection = release
        .select(&features)
        .map_err(|error| fault("feature", error.to_string()))?;
    let policy = selection.policy();
    let text = match format.as_deref() {
        None | Some("pretty") => policy.to_pretty(),
        Some("compact") => policy.to_compact(),
        Some(_) => {
            return Err(fault(
                "format",
                "choose `format=pretty` or `format=compact`",
            ));
        }
    };
    Ok(([(header::CONTENT_TYPE, "application/json")], text).into_response())
}

fn fault(field: &str, message: impl Into<String>) -> Problem {
    Problem::invalid(vec![FieldError::new(field, message)])
}
