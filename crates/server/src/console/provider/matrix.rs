//! The report by resource kind, down to the actions.

use commissary_core::domain::{Finding, PermissionReport, Verdict};
use commissary_permissions::ResourceKind;

use crate::console::prose::{Prose, prose};

/// How many requirements have each verdict.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) allowed: usize,
    pub(crate) denied: usize,
    pub(crate) conditional: usize,
    pub(crate) unverifiable: usize,
}

impl Counts {
    pub(crate) fn of<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Self {
        let mut counts = Self::default();
        for finding in findings {
            match finding.verdict {
                Verdict::Allowed => counts.allowed += 1,
                Verdict::Denied { .. } => counts.denied += 1,
                Verdict::Conditional { .. } => counts.conditional += 1,
                Verdict::Unverifiable { .. } => counts.unverifiable += 1,
            }
        }
        counts
    }

    pub(crate) fn total(self) -> usize {
        self.allowed + self.denied + self.conditional + self.unverifiable
    }

    /// The parts of the bar: class, where it begins, how long it is; no empty part.
    pub(crate) fn parts(self) -> Vec<(&'static str, usize, usize)> {
        let mut begin = 0;
        let parts = [
            ("allowed", self.allowed),
            ("conditional", self.conditional),
            ("unverifiable", self.unverifiable),
            ("denied", self.denied),
        ]
        .map(|(class, length)| {
            let part = (class, begin, length);
            begin += length;
            part
        });
        parts
            .into_iter()
            .filter(|(_, _, length)| *length > 0)
            .collect()
    }

    /// How the whole stands: class and words.
    pub(crate) fn words(self) -> (&'static str, String) {
        let open = self.conditional + self.unverifiable;
        match (self.denied, open) {
            (0, 0) => ("good", "allowed".to_owned()),
            (0, open) if open == self.total() => ("unknown", "not verified".to_owned()),
            (0, _) => (
                "open",
                format!("{} of {} verified", self.allowed, self.total()),
            ),
            (denied, _) => ("bad", format!("{denied} missing")),
        }
    }
}

/// One action, and what it is needed on unless that is everything.
pub(crate) struct Line {
    pub(crate) action: String,
    pub(crate) resource: Option<String>,
}

/// Actions with the same verdict for the same reason on the same evidence.
pub(crate) struct Findings {
    pub(crate) class: &'static str,
    pub(crate) lines: Vec<Line>,
    pub(crate) reason: Option<Prose>,
    pub(crate) evidence: Option<Prose>,
}

impl Findings {
    /// What stands in the way first, what is in order last.
    pub(crate) fn grouped<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Vec<Self> {
        Self::alike(findings, |one, other| {
            one.verdict == other.verdict && one.evidence == other.evidence
        })
    }

    /// The same in short: by verdict and reason alone.
    pub(crate) fn in_short<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Vec<Self> {
        let mut groups = Self::alike(findings, |one, other| one.verdict == other.verdict);
        groups.iter_mut().for_each(|group| group.evidence = None);
        groups
    }

    fn alike<'a>(
        findings: impl IntoIterator<Item = &'a Finding>,
        is_like: impl Fn(&Finding, &Finding) -> bool,
    ) -> Vec<Self> {
        let mut groups: Vec<(&Finding, Vec<Line>)> = Vec::new();
        for finding in findings {
            let line = Line {
                action: finding.action.clone(),
                resource: (finding.resource != "*").then(|| finding.resource.clone()),
            };
            let same = groups.iter_mut().find(|(first, _)| is_like(first, finding));
            match same {
                Some((_, lines)) => lines.push(line),
                None => groups.push((finding, vec![line])),
            }
        }
        groups.sort_by_key(|(first, _)| urgency(&first.verdict).0);
        let shown = |(first, lines): (&Finding, Vec<Line>)| Self {
            class: urgency(&first.verdict).1,
            lines,
            reason: reason(&first.verdict).map(|text| prose(&text)),
            evidence: first
                .evidence
                .as_ref()
                .map(|seen| prose(&format!("by {}: {}", seen.rung.title(), seen.detail))),
        };
        groups.into_iter().map(shown).collect()
    }
}

/// The order of a verdict, and its word, which is its class as well.
fn urgency(verdict: &Verdict) -> (u8, &'static str) {
    match verdict {
        Verdict::Denied { .. } => (0, "denied"),
        Verdict::Conditional { .. } => (1, "conditional"),
        Verdict::Unverifiable { .. } => (2, "unverifiable"),
        Verdict::Allowed => (3, "allowed"),
    }
}

/// Why a verdict is not "allowed".
fn reason(verdict: &Verdict) -> Option<String> {
    match verdict {
        Verdict::Allowed => None,
        Verdict::Denied { by } => Some(by.clause()),
        Verdict::Conditional { keys } => Some(format!(
            "it depends on the value of `{}`",
            keys.join("`, `")
        )),
        Verdict::Unverifiable { because } => Some(because.clone()),
    }
}

/// A resource kind with everything that it needs.
pub(crate) struct KindRow {
    pub(crate) id: &'static str,
    pub(crate) title: &'static str,
    pub(crate) on_page: bool,
    pub(crate) counts: Counts,
    pub(crate) class: &'static str,
    pub(crate) words: String,
    pub(crate) findings: Vec<Findings>,
}

impl KindRow {
    /// The kinds in the page's order; kinds that need nothing are left out.
    pub(crate) fn all(report: &PermissionReport) -> Vec<Self> {
        let rows = ResourceKind::ALL
            .into_iter()
            .map(|kind| Self::of(kind, report));
        rows.filter(|row| row.counts.total() > 0).collect()
    }

    fn of(kind: ResourceKind, report: &PermissionReport) -> Self {
        let serving = || {
            report
                .findings
                .iter()
                .filter(|finding| finding.serves(kind))
        };
        let counts = Counts::of(serving());
        let (class, words) = counts.words();
        Self {
            id: kind.id(),
            title: kind.title(),
            on_page: kind.is_on_page(),
            counts,
            class,
            words,
            findings: Findings::grouped(serving()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_have_no_gaps_and_no_empty_parts() {
        let counts = Counts {
            allowed: 3,
            denied: 1,
            conditional: 0,
            unverifiable: 2,
        };
        assert_eq!(
            counts.parts(),
            [("allowed", 0, 3), ("unverifiable", 3, 2), ("denied", 5, 1)]
        );
        assert_eq!(counts.words(), ("bad", "1 missing".to_owned()));
    }

    #[test]
    fn what_is_not_known_is_never_called_missing_or_allowed() {
        let unknown = Counts {
            unverifiable: 4,
            ..Counts::default()
        };
        assert_eq!(unknown.words(), ("unknown", "not verified".to_owned()));
        let partly = Counts {
            allowed: 1,
            conditional: 1,
            ..Counts::default()
        };
        assert_eq!(partly.words(), ("open", "1 of 2 verified".to_owned()));
    }
}
