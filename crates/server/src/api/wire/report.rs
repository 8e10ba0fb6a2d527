//! A permission report in JSON: as the domain writes it, with the counts.

use commissary_core::domain::{
    CheckSummary, KindSummary, PermissionReport, ProviderStatus, Remedy,
};
use schemars::JsonSchema;
use serde::Serialize;

/// A report as it is written.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Report")]
#[serde(rename_all = "camelCase")]
pub(crate) struct ReportJson {
    status: ProviderStatus,
    summary: CheckSummary,
    by_kind: Vec<KindSummary>,
    /// What would mend the denials; null where nothing is denied.
    fix: Option<Remedy>,
    #[serde(flatten)]
    report: PermissionReport,
}

impl ReportJson {
    /// A report of the history: it says how the provider stood then.
    pub(crate) fn of_history(report: PermissionReport) -> Self {
        let status = ProviderStatus::of(Some(&report.summary()));
        Self::of(report, status)
    }

    /// The report of a provider that stands as `status` says.
    pub(crate) fn of(report: PermissionReport, status: ProviderStatus) -> Self {
        Self {
            status,
            summary: report.summary(),
            by_kind: report.by_kind(),
            fix: Remedy::of(&report),
            report,
        }
    }
}
