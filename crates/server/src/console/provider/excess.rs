//! What the credential may do beyond what its clusters need.

use commissary_core::domain::{Excess, Severity};

use crate::console::prose::{Prose, prose};

/// How many services are shown, the most dangerous first; a user that may do everything has hundreds.
const SERVICES: usize = 12;

/// The excess as the page shows it.
pub(crate) struct ExcessView {
    /// How bad it is.
    pub(crate) class: &'static str,
    pub(crate) line: Prose,
    pub(crate) risks: Vec<RiskRow>,
    pub(crate) wider: Vec<String>,
    pub(crate) services: Vec<ServiceRow>,
    pub(crate) more_services: usize,
    pub(crate) caveat: Option<Prose>,
}

/// Something dangerous.
pub(crate) struct RiskRow {
    pub(crate) class: &'static str,
    pub(crate) severity: &'static str,
    pub(crate) what: Prose,
    pub(crate) actions: Vec<String>,
}

/// What is beyond in one service.
pub(crate) struct ServiceRow {
    pub(crate) title: String,
    pub(crate) actions: usize,
    pub(crate) levels: String,
    pub(crate) examples: Vec<String>,
}

impl ExcessView {
    pub(crate) fn of(excess: &Excess) -> Self {
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
        let services = excess.services.iter().take(SERVICES);
        let hidden = excess.services.len() - services.len();
        let services = services.map(|service| ServiceRow {
            title: service.title.clone(),
            actions: service.actions,
            levels: service.levels(),
            examples: service.examples.clone(),
        });
        let caveat = excess.caveat.as_ref();
        let class = match (&line, excess.is_critical()) {
            (None, _) => "good",
            (Some(_), true) => "bad",
            (Some(_), false) => "open",
        };
        let nothing = "nothing: the policies allow no more than clusters need";
        Self {
            class,
            line: prose(line.as_deref().unwrap_or(nothing)),
            risks: risks.collect(),
            wider: excess.wider.clone(),
            services: services.collect(),
            more_services: excess.more_services + hidden,
            caveat: caveat
                .map(|caveat| prose(&format!("by the policies that were read; {caveat}"))),
        }
    }
}
