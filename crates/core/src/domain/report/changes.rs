//! What a report has otherwise than the one before.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{PermissionReport, Verdict};

/// The actions whose verdicts are others than in the report before, each once,
/// in the order of their names. An action that is needed on several resources
/// counts by the worst of its verdicts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct ReportChanges {
    /// Allowed now, and were not.
    pub newly_allowed: Vec<String>,
    /// Denied now, and were not.
    pub newly_denied: Vec<String>,
    /// Hang on context keys now, and did not.
    pub newly_conditional: Vec<String>,
    /// Cannot be decided now, and could.
    pub newly_unverifiable: Vec<String>,
    /// Needed now, and were not: another release or other features.
    pub newly_required: Vec<String>,
    /// Were needed, and are not any more.
    pub no_longer_required: Vec<String>,
}

impl ReportChanges {
    /// Compares a report with the one before.
    pub fn between(before: &PermissionReport, after: &PermissionReport) -> Self {
        let (before, after) = (by_action(before), by_action(after));
        let mut changes = Self::default();
        for (action, rank) in &after {
            let list = match (before.get(action), rank) {
                (None, _) => &mut changes.newly_required,
                (Some(same), _) if same == rank => continue,
                (Some(_), Rank::Allowed) => &mut changes.newly_allowed,
                (Some(_), Rank::Conditional) => &mut changes.newly_conditional,
                (Some(_), Rank::Unverifiable) => &mut changes.newly_unverifiable,
                (Some(_), Rank::Denied) => &mut changes.newly_denied,
            };
            list.push((*action).to_owned());
        }
        let gone = before.keys().filter(|action| !after.contains_key(*action));
        changes.no_longer_required = gone.map(|action| (*action).to_owned()).collect();
        changes
    }
}

/// Verdicts from the best to the worst.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Allowed,
    Conditional,
    Unverifiable,
    Denied,
}

fn by_action(report: &PermissionReport) -> BTreeMap<&str, Rank> {
    let mut ranks = BTreeMap::new();
    for finding in &report.findings {
        let rank = match finding.verdict {
            Verdict::Allowed => Rank::Allowed,
            Verdict::Conditional { .. } => Rank::Conditional,
            Verdict::Unverifiable { .. } => Rank::Unverifiable,
            Verdict::Denied { .. } => Rank::Denied,
        };
        let kept = ranks.entry(finding.action.as_str()).or_insert(rank);
        *kept = rank.max(*kept);
    }
    ranks
}
