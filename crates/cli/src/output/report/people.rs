//! A report for people: the verdict first, then by resource kind.

use std::fmt::Write as _;

use commissary_core::domain::{Excess, Finding, KindSummary, PermissionReport, Remedy, Severity};
use commissary_permissions::ResourceKind;

use super::super::table;
use super::flow::flow;
use super::words::{self, Standing, action_on, by_reason};

const RED: &str = "\u{1b}[31m";
const GREEN: &str = "\u{1b}[32m";
const YELLOW: &str = "\u{1b}[33m";
const DIM: &str = "\u{1b}[2m";
const BOLD: &str = "\u{1b}[1m";
const PLAIN: &str = "\u{1b}[0m";

/// The report; `all` shows the allowed actions as well.
pub(super) fn report(report: &PermissionReport, all: bool) -> String {
    let mut text = head(report);
    let rows = report.by_kind().iter().map(kind_row).collect();
    let header = [
        "resource kind",
        "verdict",
        "allowed",
        "denied",
        "conditional",
        "unverifiable",
    ];
    // Writing to a string does not fail.
    let _ = writeln!(text, "\n{}", table(&header, rows, "nothing is required"));
    for (title, wanted) in words::VERDICTS {
        if all || *title != "allowed" {
            let findings = report.findings.iter();
            let findings = findings.filter(|finding| wanted(&finding.verdict));
            section(&mut text, title, findings);
        }
    }
    if let Some(remedy) = Remedy::of(report) {
        text.push_str(&mended(&remedy));
    }
    text.push_str(&account(report, all));
    if let Some(excess) = &report.excess {
        text.push_str(&too_much(excess));
    }
    text
}

fn head(report: &PermissionReport) -> String {
    let mut text = String::new();
    let identity = &report.identity;
    let (standing, title, why) = words::verdict(report);
    let colour = match standing {
        Standing::Ready => GREEN,
        Standing::Open => YELLOW,
        Standing::NotReady => RED,
    };
    let _ = writeln!(text, "{BOLD}{colour}{title}{PLAIN}: {why}\n");
    let features = report.features.join(", ");
    let _ = writeln!(
        text,
        "account    {} ({})",
        identity.account_id, identity.partition
    );
    let _ = writeln!(text, "principal  {}", identity.principal_arn);
    let _ = writeln!(text, "needs      {}: {features}", report.release);
    let _ = writeln!(text, "region     {}", report.region);
    for rung in &report.rungs {
        let label = if rung.gave_evidence {
            "evidence"
        } else {
            "tried"
        };
        let _ = writeln!(text, "{label:<10} {}", rung.said);
    }
    for warning in &report.warnings {
        let _ = writeln!(text, "{YELLOW}warning{PLAIN}    {warning}");
    }
    text
}

fn kind_row(kind: &KindSummary) -> Vec<String> {
    let verdict = if kind.denied > 0 {
        format!("{RED}missing{PLAIN}")
    } else if kind.allowed == kind.total() {
        format!("{GREEN}allowed{PLAIN}")
    } else {
        format!("{YELLOW}not certain{PLAIN}")
    };
    let mut row = vec![kind.kind.title().to_owned(), verdict];
    let counts = [
        kind.allowed,
        kind.denied,
        kind.conditional,
        kind.unverifiable,
    ];
    row.extend(counts.map(|count| match count {
        0 => "·".to_owned(),
        count => count.to_string(),
    }));
    row
}

/// The findings of a verdict by reason, each by the kind that it serves first.
fn section<'a>(text: &mut String, title: &str, findings: impl Iterator<Item = &'a Finding>) {
    for (reason, findings) in by_reason(findings) {
        let _ = writeln!(text, "\n{BOLD}{title}{PLAIN}: {reason}");
        let by_kind: Vec<(ResourceKind, Vec<String>)> = ResourceKind::ALL
            .into_iter()
            .map(|kind| {
                let of_kind = findings.iter().filter(|finding| finding.kind == kind);
                (kind, of_kind.map(|finding| action_on(finding)).collect())
            })
            .filter(|(_, actions): &(_, Vec<String>)| !actions.is_empty())
            .collect();
        let widths = by_kind.iter().map(|(kind, _)| kind.title().len());
        let width = widths.max().unwrap_or_default();
        for (kind, actions) in by_kind {
            let title = kind.title();
            let _ = writeln!(text, "  {title:<width$}  {}", flow(&actions, width + 4));
        }
    }
}

/// What would mend the denials, in short.
fn mended(remedy: &Remedy) -> String {
    let mut text = String::new();
    if !remedy.actions.is_empty() {
        let _ = writeln!(
            text,
            "\n{BOLD}to mend it{PLAIN}: add {} to the policies of the user or role; --fix prints the smallest addition ({} characters)",
            words::counted(remedy.actions.len(), "action"),
            remedy.size
        );
    }
    for elsewhere in &remedy.elsewhere {
        let _ = writeln!(text, "\n{BOLD}to mend it{PLAIN}: {}", elsewhere.change);
        let _ = writeln!(text, "  {}", flow(&elsewhere.actions, 2));
    }
    for note in &remedy.notes {
        let _ = writeln!(text, "  {note}");
    }
    text
}

/// What else the account must have; what is there is only counted, unless all is to be shown.
fn account(report: &PermissionReport, all: bool) -> String {
    let mut text = String::new();
    if report.account.is_empty() {
        return text;
    }
    let is_there =
        |need: &&commissary_core::domain::AccountNeed| words::presence(need).0 == "present";
    let there = report.account.iter().filter(is_there).count();
    let _ = writeln!(
        text,
        "\n{BOLD}the account{PLAIN}: {there} of {} roles and instance profiles that clusters run with are known to be there",
        report.account.len()
    );
    let rows: Vec<Vec<String>> = report
        .account
        .iter()
        .filter(|need| all || !is_there(need))
        .map(|need| {
            let (word, sentence) = words::presence(need);
            let colour = match word {
                "present" => GREEN,
                "missing" if need.is_in_the_way() => RED,
                "missing" => PLAIN,
                _ => YELLOW,
            };
            vec![
                format!("  {}", need.name),
                need.kind.title().to_owned(),
                format!("{colour}{word}{PLAIN}"),
                sentence.to_owned(),
            ]
        })
        .collect();
    if !rows.is_empty() {
        let _ = writeln!(text, "{}", table(&["  name", "kind", "is", "so"], rows, ""));
    }
    text
}

/// What the credential may do beyond what is required.
fn too_much(excess: &Excess) -> String {
    let mut text = String::new();
    let Some(line) = excess.line() else {
        let _ = writeln!(
            text,
            "\n{BOLD}too much{PLAIN}: nothing; the policies allow no more than is required"
        );
        return text;
    };
    let _ = writeln!(text, "\n{BOLD}too much{PLAIN}: {line}");
    for risk in &excess.risks {
        let colour = match risk.severity {
            Severity::Critical => RED,
            Severity::High | Severity::Medium => YELLOW,
        };
        let severity = risk.severity.title();
        let _ = writeln!(text, "  {colour}{severity:<9}{PLAIN} {}", risk.what);
        if !risk.actions.is_empty() {
            let _ = writeln!(text, "            {DIM}{}{PLAIN}", flow(&risk.actions, 12));
        }
    }
    if !excess.wider.is_empty() {
        let _ = writeln!(
            text,
            "  on more than is required: {}",
            flow(&excess.wider, 2)
        );
    }
    let rows: Vec<Vec<String>> = excess
        .services
        .iter()
        .take(SERVICES)
        .map(|service| {
            vec![
                format!("  {}", service.service),
                service.actions.to_string(),
                service.levels(),
                service.examples.join(", "),
            ]
        })
        .collect();
    if !rows.is_empty() {
        let header = ["  service", "actions", "that", "such as"];
        let _ = writeln!(text, "{}", table(&header, rows, ""));
    }
    let left = excess.services.len().saturating_sub(SERVICES) + excess.more_services;
    if left > 0 {
        let _ = writeln!(text, "  and {}", words::counted(left, "more service"));
    }
    if let Some(caveat) = &excess.caveat {
        let _ = writeln!(
            text,
            "  {DIM}by the policies that were read; {caveat}{PLAIN}"
        );
    }
    text
}

/// The services that a terminal shows.
const SERVICES: usize = 12;
