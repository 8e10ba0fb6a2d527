//! The verdict in one line, for whoever asks "can we build clusters with it?".

use commissary_core::domain::{CheckSummary, Excess, PermissionReport, Provider, ProviderStatus};

use crate::console::prose::{Prose, prose};
use crate::console::status::total;

/// What is told of keys that are a danger by what they may do beside.
const TOO_MUCH: &str =
    "these keys may do far more than that, which puts the account at risk: see What is too much";

/// The verdict, what it means, and its colour.
pub(super) struct Headline {
    pub(super) class: &'static str,
    pub(super) verdict: String,
    pub(super) meaning: Prose,
}

impl Headline {
    pub(super) fn of(
        provider: &Provider,
        report: Option<&PermissionReport>,
        running: bool,
    ) -> Self {
        let (class, verdict, meaning) = match (provider.status(), provider.last_check) {
            (ProviderStatus::Invalid, _) => (
                "bad",
                "AWS refuses these keys: no cluster can be built with them.".to_owned(),
                provider.refusal.clone().unwrap_or_default(),
            ),
            (status, Some(check)) => standing(status, &check, report),
            (_, None) if running => (
                "unknown",
                "Being checked: what these keys may do is known in a moment.".to_owned(),
                "AWS knows whose keys these are, and is asked what they may do".to_owned(),
            ),
            (_, None) => (
                "unknown",
                "Not verified: what these keys may do is not known yet.".to_owned(),
                "choose Check now to ask AWS".to_owned(),
            ),
        };
        let excess = report.and_then(|report| report.excess.as_ref());
        let meaning = match excess.is_some_and(Excess::is_critical) {
            true => format!("{meaning}; {TOO_MUCH}"),
            false => meaning,
        };
        Self {
            class,
            verdict,
            meaning: prose(&meaning),
        }
    }
}

/// How keys stand by a check: the colour, the verdict, what it means.
pub(crate) fn standing(
    status: ProviderStatus,
    check: &CheckSummary,
    report: Option<&PermissionReport>,
) -> (&'static str, String, String) {
    match status {
        ProviderStatus::Ready => (
            "good",
            "Ready: clusters can be built with this provider.".to_owned(),
            format!("AWS allows all {} permissions that they need", total(check)),
        ),
        ProviderStatus::Missing => missing(check, report),
        ProviderStatus::PartlyVerified => (
            "open",
            "Nothing is known to be missing, but not everything could be verified.".to_owned(),
            partly(check),
        ),
        ProviderStatus::Invalid | ProviderStatus::NotVerified => (
            "unknown",
            "AWS knows these keys, but what they may do could not be verified.".to_owned(),
            "nothing is known to be missing; below it says what would settle it".to_owned(),
        ),
    }
}

fn missing(
    check: &CheckSummary,
    report: Option<&PermissionReport>,
) -> (&'static str, String, String) {
    let permissions = match check.denied {
        1 => "a permission is missing".to_owned(),
        denied => format!("{denied} permissions are missing"),
    };
    let verdict = format!("Not ready: {permissions}, so building clusters will fail.");
    let kinds = report.into_iter().flat_map(PermissionReport::by_kind);
    let affected: Vec<&str> = kinds
        .filter(|kind| kind.denied > 0)
        .map(|kind| kind.kind.title())
        .collect();
    ("bad", verdict, format!("affected: {}", affected.join(", ")))
}

fn partly(check: &CheckSummary) -> String {
    let mut parts = vec![format!(
        "AWS allows {} of the {} permissions that clusters need",
        check.allowed,
        total(check)
    )];
    if check.conditional > 0 {
        parts.push(format!("{} depend on circumstances", check.conditional));
    }
    if check.unverifiable > 0 {
        parts.push(format!("{} could not be verified", check.unverifiable));
    }
    parts.join("; ")
}
