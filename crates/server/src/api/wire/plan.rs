//! What would be done in an account, in JSON: the words of `commissary aws bootstrap --plan`.

use commissary_core::domain::{KnownKey, PlanLine, Planned};
use commissary_core::{FieldError, UserPlanned};
use schemars::JsonSchema;
use serde::Serialize;

/// A plan as it is written.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Plan")]
#[serde(rename_all = "camelCase")]
pub(crate) struct PlanJson {
    account_id: String,
    /// Who would do it.
    by: String,
    changes: bool,
    lines: Vec<PlanLine>,
    known_access_keys: Vec<KnownKey>,
    /// The name of the provider that the key becomes.
    #[serde(skip_serializing_if = "Option::is_none")]
    provider: Option<String>,
    /// What keeps it from being done as it is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    in_the_way: Option<FieldError>,
}

impl PlanJson {
    pub(crate) fn of(planned: Planned) -> Self {
        Self {
            changes: planned.changes(),
            account_id: planned.administrator.account_id,
            by: planned.administrator.principal_arn,
            lines: planned.lines,
            known_access_keys: planned.known_keys,
            provider: None,
            in_the_way: None,
        }
    }

    pub(crate) fn of_user(planned: UserPlanned) -> Self {
        Self {
            provider: Some(planned.provider),
            in_the_way: planned.in_the_way,
            ..Self::of(planned.planned)
        }
    }
}
