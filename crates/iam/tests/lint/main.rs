//! What linting finds, and what it does not.
#![expect(clippy::unwrap_used, reason = "tests")]

mod documents;
mod page;
mod shapes;
mod table;

use commissary_iam::lint::{Options, Report, lint};
use commissary_iam::reference::Reference;

fn check(policy: &str) -> Report {
    lint(policy, Reference::bundled().unwrap(), &Options::default()).unwrap()
}

/// The findings as `code pointer`, for comparison.
fn found(report: &Report) -> Vec<String> {
    let lines = report.findings.iter();
    lines
        .map(|finding| format!("{} {}", finding.code, finding.place.pointer))
        .collect()
}
