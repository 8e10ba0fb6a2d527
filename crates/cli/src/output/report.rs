//! A permission report for people: the verdict first, then by resource kind.

use std::fmt::Write as _;

use commissary_core::domain::{Finding, KindSummary, PermissionReport, Verdict};

use super::{Format, print_text, table};
use crate::failure::Failure;

/// Prints a report; `all` shows the allowed actions as well.
pub(crate) fn print_report(
    report: &PermissionReport,
    format: Format,
    all: bool,
) -> Result<(), Failure> {
    if format == Format::Table {
        return print_text(&for_people(report, all));
    }
    let mut value = serde_json::to_value(report)
        .map_err(|error| Failure::failed(format!("no JSON can be made of the report: {error}")))?;
    if let Some(object) = value.as_object_mut() {
        object.insert("summary".to_owned(), serde_json::json!(report.summary()));
        object.insert("byKind".to_owned(), serde_json::json!(report.by_kind()));
    }
    format.print(&value, |_| String::new())
}

fn for_people(report: &PermissionReport, all: bool) -> String {
    let mut text = String::new();
    let identity = &report.identity;
    // Writing to a string does not fail.
    let _ = writeln!(text, "{}\n", one_line(report));
    let _ = writeln!(
        text,
        "account    {} ({})",
        identity.account_id, identity.partition
    );
    let _ = writeln!(text, "principal  {}", identity.principal_arn);
    let _ = writeln!(
        text,
        "needs      {}: {}",
        report.release,
        report.features.join(", ")
    );
    let _ = writeln!(text, "region     {}", report.region);
    for rung in &report.rungs {
        let _ = writeln!(text, "{:<10} {}", rung_label(rung.gave_evidence), rung.said);
    }
    for warning in &report.warnings {
        let _ = writeln!(text, "\u{1b}[33mwarning\u{1b}[0m    {warning}");
    }
    let rows = report.by_kind().iter().map(kind_row).collect();
    let header = [
        "resource kind",
        "verdict",
        "allowed",
        "denied",
        "conditional",
        "unverifiable",
    ];
    let _ = writeln!(text, "\n{}", table(&header, rows, "nothing is required"));
    for (title, wanted) in SECTIONS {
        if all || *title != "allowed" {
            section(
                &mut text,
                title,
                report
                    .findings
                    .iter()
                    .filter(|finding| wanted(&finding.verdict)),
            );
        }
    }
    text
}

type Wanted = fn(&Verdict) -> bool;

const SECTIONS: &[(&str, Wanted)] = &[
    ("denied", |verdict| {
        matches!(verdict, Verdict::Denied { .. })
    }),
    ("conditional", |verdict| {
        matches!(verdict, Verdict::Conditional { .. })
    }),
    ("unverifiable", |verdict| {
        matches!(verdict, Verdict::Unverifiable { .. })
    }),
    ("allowed", |verdict| matches!(verdict, Verdict::Allowed)),
];

/// The verdict in one line.
fn one_line(report: &PermissionReport) -> String {
    let summary = report.summary();
    let total = report.findings.len();
    if summary.denied > 0 {
        return format!(
            "\u{1b}[1;31mnot ready\u{1b}[0m: {} of {total} requirements are denied",
            summary.denied
        );
    }
    if summary.allowed == total {
        return format!("\u{1b}[1;32mready\u{1b}[0m: all {total} requirements are allowed");
    }
    let open = summary.conditional + summary.unverifiable;
    format!(
        "\u{1b}[1;33mnothing is known to be denied\u{1b}[0m: {} of {total} requirements are allowed, {open} could not be decided",
        summary.allowed
    )
}

fn rung_label(gave_evidence: bool) -> &'static str {
    if gave_evidence { "evidence" } else { "tried" }
}

fn kind_row(kind: &KindSummary) -> Vec<String> {
    let verdict = if kind.denied > 0 {
        "\u{1b}[31mmissing\u{1b}[0m"
    } else if kind.allowed == kind.total() {
        "\u{1b}[32mallowed\u{1b}[0m"
    } else {
        "\u{1b}[33mnot certain\u{1b}[0m"
    };
    let mut row = vec![kind.kind.title().to_owned(), verdict.to_owned()];
    let counts = [
        kind.allowed,
        kind.denied,
        kind.conditional,
        kind.unverifiable,
    ];
    row.extend(counts.map(|count| {
        if count == 0 {
            "·".to_owned()
        } else {
            count.to_string()
        }
    }));
    row
}

fn section<'a>(text: &mut String, title: &str, findings: impl Iterator<Item = &'a Finding>) {
    let mut reasons: Vec<(String, Vec<&Finding>)> = Vec::new();
    for finding in findings {
        let reason = reason(finding);
        match reasons.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, same)) => same.push(finding),
            None => reasons.push((reason, vec![finding])),
        }
    }
    for (reason, findings) in reasons {
        let _ = writeln!(text, "\n{title}: {reason}");
        for finding in findings {
            let on = if finding.resource == "*" {
                String::new()
            } else {
                format!("  on {}", finding.resource)
            };
            let _ = writeln!(text, "  {}{on}", finding.action);
        }
    }
}

fn reason(finding: &Finding) -> String {
    match &finding.verdict {
        Verdict::Allowed => finding
            .evidence
            .as_ref()
            .map_or_else(String::new, |evidence| {
                format!("by {}", evidence.rung.title())
            }),
        Verdict::Denied { by } if by.statements.is_empty() => format!("by the {}", by.layer),
        Verdict::Denied { by } => format!("by the {}: {}", by.layer, by.statements.join(", ")),
        Verdict::Conditional { keys } => format!("it hangs on {}", keys.join(", ")),
        Verdict::Unverifiable { because } => because.clone(),
    }
}
