//! What the credential may do beyond what its clusters need.

use commissary_core::domain::{Excess, Severity};

use crate::console::prose::{Prose, prose};

/// The excess as the page shows it.
pub(super) struct ExcessView {
    /// Whether nothing is beyond.
    pub(super) is_nothing: bool,
    pub(super) line: Prose,
    pub(super) risks: Vec<RiskRow>,
    pub(super) wider: Vec<String>,
    pub(super) services: Vec<ServiceRow>,
    pub(super) more_services: usize,
    pub(super) caveat: Option<Prose>,
}

/// Something dangerous.
pub(super) struct RiskRow {
    pub(super) class: &'static str,
    pub(super) severity: &'static str,
    pub(super) what: Prose,
    pub(super) actions: Vec<String>,
}

/// What is beyond in one service.
pub(super) struct ServiceRow {
    pub(super) title: String,
    pub(super) actions: usize,
    pub(super) levels: String,
    pub(super) examples: Vec<String>,
}

impl ExcessView {
    pub(super) fn of(excess: &Excess) -> Self {
        let line = excess.line();
        let risks = excess.risks.iter().map(|risk| RiskRow {
            class: match risk.severity {
                Severity::Critical => "denied",
                Severity::High | Severity::Medium => "conditional",
            },
            severity: risk.severity.title(),
            what: prose(&risk.what),
            actions: risk.actions.clone(),
        });
        let services = excess.services.iter().map(|service| ServiceRow {
            title: service.title.clone(),
            actions: service.actions,
            levels: service.levels(),
            examples: service.examples.clone(),
        });
        let caveat = excess.caveat.as_ref();
        Self {
            is_nothing: line.is_none(),
            line: prose(line.as_deref().unwrap_or_default()),
            risks: risks.collect(),
            wider: excess.wider.clone(),
            services: services.collect(),
            more_services: excess.more_services,
            caveat: caveat
                .map(|caveat| prose(&format!("by the policies that were read; {caveat}"))),
        }
    }
}
