//! What would turn the denials into grants.

use commissary_core::domain::{PermissionReport, Remedy};
use commissary_permissions::PolicyDocument;

use crate::console::prose::{Prose, prose};

/// The remedy as the page shows it.
pub(crate) struct RemedyView {
    /// The addition, if one helps.
    pub(crate) policy: Option<String>,
    pub(crate) size: usize,
    pub(crate) elsewhere: Vec<ElsewhereRow>,
    pub(crate) notes: Vec<Prose>,
}

/// What must change where an addition cannot help.
pub(crate) struct ElsewhereRow {
    /// Of the document on the page.
    pub(crate) id: String,
    pub(crate) layer: String,
    pub(crate) change: Prose,
    pub(crate) actions: Vec<String>,
    /// What the layer must allow.
    pub(crate) policy: Option<String>,
}

impl RemedyView {
    /// The remedy for a report; none when nothing is denied.
    pub(crate) fn of(report: &PermissionReport) -> Option<Self> {
        let remedy = Remedy::of(report)?;
        let elsewhere = remedy.elsewhere.into_iter().enumerate();
        let elsewhere = elsewhere.map(|(place, one)| ElsewhereRow {
            id: format!("elsewhere-{}", place + 1),
            change: prose(&one.change),
            policy: one.policy.as_ref().map(PolicyDocument::to_pretty),
            layer: one.by.layer,
            actions: one.actions,
        });
        Some(Self {
            policy: remedy.policy.as_ref().map(PolicyDocument::to_pretty),
            size: remedy.size,
            elsewhere: elsewhere.collect(),
            notes: remedy.notes.iter().map(|note| prose(note)).collect(),
        })
    }
}
