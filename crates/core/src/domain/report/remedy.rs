//! What would turn the denials of a report into grants.

use commissary_permissions::{
    Form, MANAGED_POLICY_LIMIT, PolicyDocument, Requirement, Selection, release,
};
use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use super::denial::{DeniedBy, DenyingLayer};
use super::{Finding, PermissionReport, Verdict};

/// The smallest change that lets everything through that a report finds denied.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Remedy {
    /// What to add to the policies of the user or role; none where an addition cannot help.
    #[serde(serialize_with = "as_json")]
    pub policy: Option<PolicyDocument>,
    /// Its size in characters as IAM counts them.
    pub size: usize,
    /// The actions that it grants.
    pub actions: Vec<String>,
    /// What must change elsewhere.
    pub elsewhere: Vec<Elsewhere>,
    /// What a person should know before the addition is made: one sentence each.
    pub notes: Vec<String>,
}

/// A layer in which no addition to the principal's own policies helps.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Elsewhere {
    /// What denies.
    #[serde(flatten)]
    pub by: DeniedBy,
    /// The actions.
    pub actions: Vec<String>,
    /// What must change, in one sentence.
    pub change: String,
    /// What the layer must allow, where it is one that allows.
    #[serde(serialize_with = "as_json")]
    pub policy: Option<PolicyDocument>,
}

impl Remedy {
    /// The remedy for a report; none when nothing is denied.
    pub fn of(report: &PermissionReport) -> Option<Self> {
        let denied: Vec<(&Finding, &DeniedBy)> = report
            .findings
            .iter()
            .filter_map(|finding| match &finding.verdict {
                Verdict::Denied { by } => Some((finding, by)),
                _ => None,
            })
            .collect();
        if denied.is_empty() {
            return None;
        }
        let requirements = Requirements::of(report);
        let (here, there): (Vec<_>, Vec<_>) =
            denied.iter().copied().partition(|(_, by)| helps_to_add(by));
        let findings = || here.iter().map(|(finding, _)| *finding);
        let policy = requirements.granting(findings());
        Some(Self {
            size: policy.as_ref().map_or(0, PolicyDocument::size),
            notes: notes(policy.as_ref(), &here, &requirements, &denied),
            policy,
            actions: actions(findings()),
            elsewhere: elsewhere(&there, &requirements),
        })
    }
}

/// Whether the principal's own policies can turn the denial: nothing elsewhere stands against it, as
/// far as is known.
fn helps_to_add(by: &DeniedBy) -> bool {
    let own = matches!(
        by.kind,
        DenyingLayer::Identity | DenyingLayer::Group | DenyingLayer::Unknown
    );
    own && !by.explicit
}

fn notes(
    policy: Option<&PolicyDocument>,
    here: &[(&Finding, &DeniedBy)],
    requirements: &Requirements,
    denied: &[(&Finding, &DeniedBy)],
) -> Vec<String> {
    let mut notes = Vec::new();
    let size = policy.map_or(0, PolicyDocument::size);
    if size > MANAGED_POLICY_LIMIT {
        notes.push(format!(
            "the addition has {size} characters and a managed policy at most {MANAGED_POLICY_LIMIT}: attach its statements as several policies"
        ));
    }
    if here.iter().any(|(_, by)| by.kind == DenyingLayer::Unknown) {
        notes.push(
            "for some actions AWS does not say which policies deny them: the addition may not be enough, so check again".to_owned(),
        );
    }
    let unknown = denied
        .iter()
        .filter(|(finding, _)| requirements.find(finding).is_none());
    let unknown = actions(unknown.map(|(finding, _)| *finding));
    if !unknown.is_empty() {
        notes.push(format!(
            "this version does not know what the release needs of these, so check again: {}",
            unknown.join(", ")
        ));
    }
    notes
}

/// By what denies, in the order of the report.
fn elsewhere(there: &[(&Finding, &DeniedBy)], requirements: &Requirements) -> Vec<Elsewhere> {
    let mut groups: Vec<(&DeniedBy, Vec<&Finding>)> = Vec::new();
    for (finding, by) in there {
        match groups.iter_mut().find(|(known, _)| known == by) {
            Some((_, findings)) => findings.push(finding),
            None => groups.push((by, vec![finding])),
        }
    }
    let told = groups.into_iter().map(|(by, findings)| Elsewhere {
        change: change(by),
        policy: match by.explicit {
            true => None,
            false => requirements.granting(findings.iter().copied()),
        },
        actions: actions(findings.into_iter()),
        by: by.clone(),
    });
    told.collect()
}

/// What must change, and why an addition to the principal's policies does not help.
fn change(by: &DeniedBy) -> String {
    let layer = &by.layer;
    if by.explicit {
        let what = match by.statements.is_empty() {
            true => format!("the statement of the {layer} that denies"),
            false => format!("{}, in the {layer},", by.statements.join(" and ")),
        };
        return format!(
            "{what} must be taken away or narrowed: an explicit deny overrides whatever is allowed"
        );
    }
    match by.kind {
        DenyingLayer::Boundary => "the permissions boundary must allow them too, besides the policies of the user or role: a boundary limits and does not grant".to_owned(),
        DenyingLayer::ServiceControl => "the service control policies must allow them at every level of the organisation: only an administrator of the organisation can change them".to_owned(),
        DenyingLayer::ResourceControl => "the resource control policies of the organisation must allow them: only an administrator of the organisation can change them".to_owned(),
        DenyingLayer::Session => "the session policy must allow them: it is given where the session is made".to_owned(),
        DenyingLayer::Resource => "the policy of the resource must allow them".to_owned(),
        DenyingLayer::VpcEndpoint => "the policy of the VPC endpoint must allow them, or the call must go another way".to_owned(),
        DenyingLayer::Identity | DenyingLayer::Group | DenyingLayer::Unknown => {
            format!("the {layer} must allow them")
        }
    }
}

/// The different actions, in the report's order.
fn actions<'a>(findings: impl Iterator<Item = &'a Finding>) -> Vec<String> {
    let mut actions: Vec<String> = Vec::new();
    for finding in findings {
        if !actions.contains(&finding.action) {
            actions.push(finding.action.clone());
        }
    }
    actions
}

/// The requirements of the report's release, in the form that works everywhere.
struct Requirements {
    /// Mended, the release's own behind.
    known: Vec<Requirement>,
}

impl Requirements {
    fn of(report: &PermissionReport) -> Self {
        let selection = release(&report.release)
            .ok()
            .and_then(|release| release.select(&report.features).ok());
        let in_form = |selection: &Selection<'_>| {
            let mut known = selection.requirements_in(Form::Fixed);
            known.extend(selection.requirements_in(Form::Verbatim));
            known
        };
        Self {
            known: selection.as_ref().map(in_form).unwrap_or_default(),
        }
    }

    /// What a finding is about; none where the release has changed since.
    fn find(&self, finding: &Finding) -> Option<&Requirement> {
        self.known.iter().find(|one| one.id == finding.requirement)
    }

    fn granting<'a>(&self, findings: impl Iterator<Item = &'a Finding>) -> Option<PolicyDocument> {
        PolicyDocument::granting(findings.filter_map(|finding| self.find(finding)))
    }
}

fn as_json<S: Serializer>(
    document: &Option<PolicyDocument>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let json = document.as_ref().map(PolicyDocument::as_json);
    json.serialize(serializer)
}

#[cfg(test)]
mod tests;
