//! Operations that go on when the caller goes away.

use std::future::Future;

use tracing::Instrument as _;

use crate::layers::RequestId;
use crate::problem::Problem;

/// Runs an operation in a task of its own and waits for it. A caller that hangs
/// up only ends the waiting.
pub(crate) async fn to_its_end<T, F>(operation: F) -> Result<T, Problem>
where
    F: Future<Output = Result<T, Problem>> + Send + 'static,
    T: Send + 'static,
{
    tokio::spawn(RequestId::carried(operation).in_current_span())
        .await
        .unwrap_or_else(|error| Err(Problem::internal(&error)))
}
