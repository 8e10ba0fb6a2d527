//! The parameters that say which providers are wanted, and in which order.

use commissary_core::domain::ProviderQueryInput;

use crate::problem::Problem;
use crate::query::Parameters;

/// The parameters, as a refusal names them.
pub(crate) const PROVIDER_QUERY: &str = "`search`, `status`, `sort`, `limit`, `cursor`";

/// Takes the parameters of a query.
pub(crate) fn take_provider_query(query: &mut Parameters) -> Result<ProviderQueryInput, Problem> {
    Ok(ProviderQueryInput {
        search: query.take("search")?,
        status: query.take("status")?,
        sort: query.take("sort")?,
    })
}
