//! Where no parameters are known, any is refused and not ignored.

use axum::extract::{FromRequestParts as _, Request};
use axum::middleware::Next;
use axum::response::Response;

use crate::problem::Problem;
use crate::query::Parameters;

/// Refuses a request that has a query.
pub(crate) async fn refuse_parameters(request: Request, next: Next) -> Result<Response, Problem> {
    let (mut parts, body) = request.into_parts();
    let query = Parameters::from_request_parts(&mut parts, &()).await?;
    query.finish("none")?;
    Ok(next.run(Request::from_parts(parts, body)).await)
}
