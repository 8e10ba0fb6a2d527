//! The sentences that all forms of a report share.

use commissary_core::domain::{AccountNeed, Finding, PermissionReport, Presence, Verdict};

/// How things stand, in the fewest words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    Ready,
    Open,
    NotReady,
}

/// The verdict in one line: how it stands, and why.
pub(super) fn verdict(report: &PermissionReport) -> (Standing, &'static str, String) {
    let summary = report.summary();
    let total = report.findings.len();
    if summary.denied > 0 {
        let why = format!("{} of {total} requirements are denied", summary.denied);
        return (Standing::NotReady, "not ready", why);
    }
    if summary.allowed == total {
        let why = format!("all {total} requirements are allowed");
        return (Standing::Ready, "ready", why);
    }
    let open = summary.conditional + summary.unverifiable;
    let why = format!(
        "{} of {total} requirements are allowed, {open} could not be decided",
        summary.allowed
    );
    (Standing::Open, "nothing is known to be denied", why)
}

/// Whether a finding is of a section.
pub(super) type Wanted = fn(&Verdict) -> bool;

/// The verdicts in the order in which people want them.
pub(super) const VERDICTS: &[(&str, Wanted)] = &[
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

/// Why a finding has its verdict.
pub(super) fn reason(finding: &Finding) -> String {
    match &finding.verdict {
        Verdict::Allowed => finding
            .evidence
            .as_ref()
            .map_or_else(String::new, |evidence| {
                format!("by {}", evidence.rung.title())
            }),
        Verdict::Denied { by } => by.clause(),
        Verdict::Conditional { keys } => format!("it hangs on {}", keys.join(", ")),
        Verdict::Unverifiable { because } => because.clone(),
    }
}

/// The action, and what it is needed on unless that is everything.
pub(super) fn action_on(finding: &Finding) -> String {
    match finding.resource.as_str() {
        "*" => finding.action.clone(),
        resource => format!("{} on {resource}", finding.action),
    }
}

/// Findings with the same reason, in the report's order.
pub(super) fn by_reason<'a>(
    findings: impl Iterator<Item = &'a Finding>,
) -> Vec<(String, Vec<&'a Finding>)> {
    let mut reasons: Vec<(String, Vec<&Finding>)> = Vec::new();
    for finding in findings {
        let reason = reason(finding);
        match reasons.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, same)) => same.push(finding),
            None => reasons.push((reason, vec![finding])),
        }
    }
    reasons
}

/// Whether something is there, for people: a word, and a sentence where there is more to say.
pub(super) fn presence(need: &AccountNeed) -> (&'static str, &str) {
    match &need.presence {
        Presence::Present => ("present", ""),
        Presence::Missing { so, .. } => ("missing", so),
        Presence::Unknown { because } => ("unknown", because),
    }
}

/// `1 action`, `2 actions`.
pub(super) fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}
