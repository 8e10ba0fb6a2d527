//! A report for tickets (CommonMark with the tables of GitHub).

use std::fmt::Write as _;

use commissary_core::domain::{Excess, Finding, PermissionReport, Remedy};

use super::words::{self, by_reason};

/// The report; `all` shows the allowed actions as well.
pub(super) fn report(report: &PermissionReport, all: bool) -> String {
    let (_, title, why) = words::verdict(report);
    let identity = &report.identity;
    let mut text = String::new();
    // Writing to a string does not fail.
    let _ = writeln!(text, "## {}: {why}\n", capital(title));
    let features: Vec<String> = report.features.iter().map(|id| code(id)).collect();
    let _ = writeln!(
        text,
        "- account: {} ({})",
        code(&identity.account_id),
        identity.partition
    );
    let _ = writeln!(text, "- principal: {}", code(&identity.principal_arn));
    let _ = writeln!(
        text,
        "- needs: {}: {}",
        code(&report.release),
        features.join(", ")
    );
    let _ = writeln!(text, "- region: {}", code(&report.region));
    let _ = writeln!(
        text,
        "- checked: {}",
        report.at.strftime("%Y-%m-%d %H:%M:%S UTC")
    );
    for warning in &report.warnings {
        let _ = writeln!(text, "- **warning**: {}", prose(warning));
    }
    let _ = writeln!(
        text,
        "\n| resource kind | allowed | denied | conditional | unverifiable |\n|---|--:|--:|--:|--:|"
    );
    for kind in report.by_kind() {
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} |",
            kind.kind.title(),
            kind.allowed,
            kind.denied,
            kind.conditional,
            kind.unverifiable
        );
    }
    for (title, wanted) in words::VERDICTS {
        if all || *title != "allowed" {
            let findings = report.findings.iter();
            let findings = findings.filter(|one| wanted(&one.verdict));
            section(&mut text, &capital(title), findings);
        }
    }
    if let Some(remedy) = Remedy::of(report) {
        mended(&mut text, &remedy);
    }
    account(&mut text, report);
    if let Some(excess) = &report.excess {
        too_much(&mut text, excess);
    }
    let _ = writeln!(text, "\n### How this is known\n");
    for rung in &report.rungs {
        let gave = if rung.gave_evidence {
            "evidence"
        } else {
            "no evidence"
        };
        let _ = writeln!(
            text,
            "- {} ({gave}): {}",
            rung.rung.title(),
            prose(&rung.said)
        );
    }
    text
}

fn section<'a>(text: &mut String, title: &str, findings: impl Iterator<Item = &'a Finding>) {
    let reasons = by_reason(findings);
    if reasons.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n### {title}");
    for (reason, findings) in reasons {
        let _ = writeln!(text, "\n{}\n", prose(&capital(&reason)));
        for finding in findings {
            let on = match finding.resource.as_str() {
                "*" => String::new(),
                resource => format!(" on {}", code(resource)),
            };
            let _ = writeln!(
                text,
                "- {}{on} ({})",
                code(&finding.action),
                finding.kind.title()
            );
        }
    }
}

fn mended(text: &mut String, remedy: &Remedy) {
    let _ = writeln!(text, "\n### What would mend it");
    if let Some(policy) = &remedy.policy {
        let _ = writeln!(
            text,
            "\nAdd this to the policies of the user or role ({} characters):\n\n```json\n{}\n```",
            remedy.size,
            policy.to_pretty()
        );
    }
    for elsewhere in &remedy.elsewhere {
        let actions: Vec<String> = elsewhere
            .actions
            .iter()
            .map(|action| code(action))
            .collect();
        let _ = writeln!(
            text,
            "\nAn addition does not help with {}: {}.",
            actions.join(", "),
            prose(&elsewhere.change)
        );
        if let Some(policy) = &elsewhere.policy {
            let _ = writeln!(text, "\n```json\n{}\n```", policy.to_pretty());
        }
    }
    for note in &remedy.notes {
        let _ = writeln!(text, "\n{}.", prose(&capital(note)));
    }
}

fn account(text: &mut String, report: &PermissionReport) {
    if report.account.is_empty() {
        return;
    }
    let _ = writeln!(
        text,
        "\n### The account\n\n| name | kind | is | |\n|---|---|---|---|"
    );
    for need in &report.account {
        let (word, sentence) = words::presence(need);
        let _ = writeln!(
            text,
            "| {} | {} | {word} | {} |",
            code(&need.name),
            need.kind.title(),
            prose(sentence)
        );
    }
}

fn too_much(text: &mut String, excess: &Excess) {
    let _ = writeln!(text, "\n### Too much\n");
    let Some(line) = excess.line() else {
        let _ = writeln!(
            text,
            "Nothing: the policies allow no more than is required."
        );
        return;
    };
    let _ = writeln!(text, "{}.\n", prose(&capital(&line)));
    for risk in &excess.risks {
        let actions: Vec<String> = risk.actions.iter().map(|action| code(action)).collect();
        let by = match actions.is_empty() {
            true => String::new(),
            false => format!(": {}", actions.join(", ")),
        };
        let _ = writeln!(
            text,
            "- **{}**: {}{by}",
            risk.severity.title(),
            prose(&risk.what)
        );
    }
    if !excess.wider.is_empty() {
        let wider: Vec<String> = excess.wider.iter().map(|action| code(action)).collect();
        let _ = writeln!(
            text,
            "- on more resources than are required: {}",
            wider.join(", ")
        );
    }
    if !excess.services.is_empty() {
        let _ = writeln!(
            text,
            "\n| service | actions | that | such as |\n|---|--:|---|---|"
        );
    }
    for service in &excess.services {
        let examples: Vec<String> = service.examples.iter().map(|action| code(action)).collect();
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} |",
            code(&service.service),
            service.actions,
            service.levels(),
            examples.join(", ")
        );
    }
    if excess.more_services > 0 {
        let more = words::counted(excess.more_services, "more service");
        let _ = writeln!(text, "\nAnd {more}.");
    }
    if let Some(caveat) = &excess.caveat {
        let _ = writeln!(text, "\nBy the policies that were read; {}.", prose(caveat));
    }
}

/// Text in which nothing is markup but the backticks that it has.
fn prose(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut is_code = false;
    for c in text.chars() {
        match c {
            '`' => {
                is_code = !is_code;
                out.push(c);
            }
            '\n' | '\r' => out.push(' '),
            '|' => out.push_str("\\|"),
            '<' if !is_code => out.push_str("&lt;"),
            '*' | '_' | '[' | ']' | '#' | '\\' if !is_code => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

/// Text as it stands, in a table as well.
fn code(text: &str) -> String {
    format!(
        "`{}`",
        text.replace(['`', '\n', '\r'], "'").replace('|', "\\|")
    )
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters
        .next()
        .map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + characters.as_str()
}
