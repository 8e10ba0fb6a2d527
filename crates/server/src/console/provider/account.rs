//! What else the account must have.

use commissary_core::domain::{AccountNeed, PermissionReport, Presence};

use crate::console::prose::{Prose, prose};

/// The needs as the page shows them.
pub(crate) struct AccountView {
    pub(crate) there: usize,
    pub(crate) needs: Vec<NeedRow>,
}

/// Something that must be there.
pub(crate) struct NeedRow {
    pub(crate) name: String,
    pub(crate) kind: &'static str,
    pub(crate) class: &'static str,
    pub(crate) word: &'static str,
    pub(crate) purpose: Prose,
    pub(crate) so: Option<Prose>,
}

impl AccountView {
    /// The needs of a report; none where nobody asked.
    pub(crate) fn of(report: &PermissionReport) -> Option<Self> {
        if report.account.is_empty() {
            return None;
        }
        let is_there = |need: &&AccountNeed| need.presence == Presence::Present;
        Some(Self {
            there: report.account.iter().filter(is_there).count(),
            needs: report.account.iter().map(row).collect(),
        })
    }
}

fn row(need: &AccountNeed) -> NeedRow {
    let (class, word, so) = match &need.presence {
        Presence::Present => ("good", "present", None),
        Presence::Missing { so, .. } if need.is_in_the_way() => ("bad", "missing", Some(so)),
        Presence::Missing { so, .. } => ("open", "not there", Some(so)),
        Presence::Unknown { because } => ("unknown", "not known", Some(because)),
    };
    NeedRow {
        name: need.name.clone(),
        kind: need.kind.title(),
        class,
        word,
        purpose: prose(&need.purpose),
        so: so.map(|text| prose(text)),
    }
}
