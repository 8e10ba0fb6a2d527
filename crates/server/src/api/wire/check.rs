//! A check in JSON.

use commissary_core::domain::{
    Check, CheckFailure, CheckOptions, CheckState, CheckSummary, ReportChanges,
};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

/// A check as it is written.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Check")]
#[serde(rename_all = "camelCase")]
pub(crate) struct CheckJson {
    id: String,
    state: CheckState,
    /// Whether it was asked to end and has not yet.
    cancelling: bool,
    started_at: Timestamp,
    started_by: String,
    request_id: Option<String>,
    ended_at: Option<Timestamp>,
    rungs: Vec<&'static str>,
    probe_existing: bool,
    /// Whether an administrator's keys were lent.
    administrator: bool,
    /// The counts of its report.
    summary: Option<CheckSummary>,
    /// What its report has otherwise than the one before.
    changes: Option<ReportChanges>,
    /// Why it failed.
    failure: Option<CheckFailure>,
}

impl CheckJson {
    pub(crate) fn of(check: &Check) -> Self {
        let CheckOptions {
            rungs,
            probe_existing,
            ..
        } = &check.options;
        Self {
            id: check.id.to_string(),
            state: check.state,
            cancelling: check.cancelling && check.state == CheckState::Running,
            started_at: check.started_at,
            started_by: check.started_by.clone(),
            request_id: check.request_id.clone(),
            ended_at: check.ended_at,
            rungs: rungs.iter().map(|rung| rung.id()).collect(),
            probe_existing: *probe_existing,
            administrator: check.administrator,
            summary: check.summary,
            changes: check.changes.clone(),
            failure: check.failure.clone(),
        }
    }
}
