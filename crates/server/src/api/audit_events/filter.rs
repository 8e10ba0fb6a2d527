//! The parameters that say which entries are wanted.

use commissary_core::domain::AuditFilterInput;

use crate::problem::Problem;
use crate::query::Parameters;

/// The parameters, as a refusal names them.
pub(crate) const FILTERS: &str =
    "`actor`, `action`, `target`, `workspace`, `outcome`, `since`, `until`";

/// Takes the parameters of a filter.
pub(crate) fn take_filter(query: &mut Parameters) -> Result<AuditFilterInput, Problem> {
    Ok(AuditFilterInput {
        actor: query.take("actor")?,
        action: query.take("action")?,
        target: query.take("target")?,
        workspace: query.take("workspace")?,
        outcome: query.take("outcome")?,
        since: query.take("since")?,
        until: query.take("until")?,
        ..AuditFilterInput::default()
    })
}
