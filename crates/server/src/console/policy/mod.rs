//! The policy of a choice of release and features, as pages show it.

mod takes;
mod tools;

use commissary_permissions::{
    MANAGED_POLICY_LIMIT, Part as PolicyPart, PolicyDocument, PolicyOptions, Selection,
};

pub(crate) use takes::{Takes, takes};
pub(crate) use tools::{Printed, printed};

use crate::urls;

/// A policy with where it comes from and how large it is.
pub(crate) struct PolicyView {
    pub(crate) release: &'static str,
    pub(crate) title: &'static str,
    pub(crate) consumer: &'static str,
    pub(crate) source: &'static str,
    pub(crate) size: Size,
    /// The policies that it is split into; empty where one holds it.
    pub(crate) parts: Vec<Part>,
    pub(crate) text: String,
    pub(crate) download: String,
}

/// How large a policy is, next to what IAM takes.
pub(crate) struct Size {
    pub(crate) characters: usize,
    pub(crate) limit: usize,
    pub(crate) statements: usize,
    pub(crate) entries: usize,
    pub(crate) actions: usize,
}

/// One of several policies that together hold what one cannot.
pub(crate) struct Part {
    pub(crate) features: String,
    pub(crate) characters: usize,
}

impl PolicyView {
    pub(crate) fn of(selection: &Selection<'static>) -> Self {
        let release = selection.release();
        let policy = selection.policy();
        let features: Vec<String> = selection
            .features()
            .map(|feature| feature.id().to_owned())
            .collect();
        Self {
            release: release.id(),
            title: release.title(),
            consumer: release.consumer(),
            source: release.source(),
            size: Size::of(&policy),
            parts: parts(selection, &policy),
            text: policy.to_pretty(),
            download: urls::api_policy(release.id(), &features),
        }
    }
}

impl Size {
    fn of(policy: &PolicyDocument) -> Self {
        Self {
            characters: policy.size(),
            limit: MANAGED_POLICY_LIMIT,
            statements: policy.statements(),
            entries: policy.entries(),
            actions: policy.unique_actions(),
        }
    }
}

fn parts(selection: &Selection<'_>, whole: &PolicyDocument) -> Vec<Part> {
    if whole.size() <= MANAGED_POLICY_LIMIT {
        return Vec::new();
    }
    let options = PolicyOptions {
        form: selection.release().form(),
        narrowing: None,
    };
    let part = |part: &PolicyPart| Part {
        features: part.features.join(", "),
        characters: part.policy.size(),
    };
    selection
        .policies(&options)
        .parts
        .iter()
        .map(part)
        .collect()
}
